package dev.muster.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Sends requests over several connections, on each the next one when the last was answered. */
final class ClosedLoop {

    private final int port;
    private final int connections;

    ClosedLoop(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** The latencies of all requests, in nanoseconds, ascending. */
    long[] run(Operation operation, Duration duration) throws Exception {
        long deadline = System.nanoTime() + duration.toNanos();
        List<Callable<long[]>> work = new ArrayList<>();
        for (int number = 0; number < connections; number++) {
            Supplier<byte[]> requests = operation.requests().apply(number);
            work.add(() -> connection(operation, requests, deadline));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<long[]> parts = new ArrayList<>();
            for (Future<long[]> part : threads.invokeAll(work)) {
                parts.add(part.get());
            }
            long[] all = parts.stream().flatMapToLong(Arrays::stream).toArray();
            Arrays.sort(all);
            return all;
        }
    }

    private long[] connection(Operation operation, Supplier<byte[]> requests, long deadline) throws IOException {
        long[] latencies = new long[1 << 12];
        int count = 0;
        try (HttpConnection connection = new HttpConnection(port)) {
            for (long begin = System.nanoTime(); begin < deadline; ) {
                int status = connection.exchange(requests.get());
                if (status != operation.expected()) {
                    throw new IllegalStateException(operation.name() + ": " + status + " " + connection.body());
                }
                long end = System.nanoTime();
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * count);
                }
                latencies[count++] = end - begin;
                begin = end;
            }
        }
        return Arrays.copyOf(latencies, count);
    }
}
