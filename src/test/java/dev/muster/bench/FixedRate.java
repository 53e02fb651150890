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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Sends requests at a rate, whether or not the ones before have been answered. A latency counts from the moment at which the
 * request was due, so that a slow answer is not hidden by the requests that it held up.
 */
record FixedRate(int port, int connections, int perSecond) {

    /** The answers of one run. */
    record Answers(long[] latencies, int succeeded, int limited) {

        static Answers of(List<Answers> parts) {
            return new Answers(
                    parts.stream()
                            .flatMapToLong(part -> Arrays.stream(part.latencies))
                            .sorted()
                            .toArray(),
                    parts.stream().mapToInt(Answers::succeeded).sum(),
                    parts.stream().mapToInt(Answers::limited).sum());
        }

        /** In milliseconds. */
        double percentile(double share) {
            return latencies[(int) Math.min(latencies.length - 1L, Math.round(latencies.length * share))] / 1e6;
        }
    }

    Answers run(Supplier<byte[]> requests, Duration duration) throws Exception {
        long begin = System.nanoTime();
        List<Callable<Answers>> work = new ArrayList<>();
        for (int number = 0; number < connections; number++) {
            long first = begin + TimeUnit.SECONDS.toNanos(1) * number / perSecond;
            work.add(() -> connection(requests, first, begin + duration.toNanos()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Answers> parts = new ArrayList<>();
            for (Future<Answers> part : threads.invokeAll(work)) {
                parts.add(part.get());
            }
            return Answers.of(parts);
        }
    }

    private Answers connection(Supplier<byte[]> requests, long first, long end) throws IOException {
        long interval = TimeUnit.SECONDS.toNanos(1) * connections / perSecond;
        List<Long> latencies = new ArrayList<>();
        int succeeded = 0;
        int limited = 0;
        try (HttpConnection connection = new HttpConnection(port)) {
            for (long due = first; due < end; due += interval) {
                LockSupport.parkNanos(due - System.nanoTime());
                int status = connection.exchange(requests.get());
                latencies.add(System.nanoTime() - due);
                succeeded += status < 300 ? 1 : 0;
                limited += status == 429 ? 1 : 0;
            }
        }
        return new Answers(latencies.stream().mapToLong(Long::longValue).toArray(), succeeded, limited);
    }
}
