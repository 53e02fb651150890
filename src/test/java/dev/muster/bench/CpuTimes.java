package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The CPU time, user and system, that the server and all processes of its PostgreSQL have used, in microseconds with the
 * kernel's resolution of 10 ms.
 */
record CpuTimes(long server, long postgres) {

    private static final long MICROS_PER_TICK = 10_000;
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;

    /** The times until now. */
    static CpuTimes of(long serverPid, long postmasterPid) throws IOException {
        List<String> server = stat(serverPid);
        List<String> postmaster = stat(postmasterPid);
        long postgres = ticks(postmaster, USER, SYSTEM, ENDED_CHILDREN_USER, ENDED_CHILDREN_SYSTEM);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                String name = process.getFileName().toString();
                if (Character.isDigit(name.charAt(0))) {
                    List<String> stat = stat(Long.parseLong(name));
                    if (!stat.isEmpty() && Long.parseLong(stat.get(PARENT)) == postmasterPid) {
                        postgres += ticks(stat, USER, SYSTEM);
                    }
                }
            }
        }
        return new CpuTimes(ticks(server, USER, SYSTEM) * MICROS_PER_TICK, postgres * MICROS_PER_TICK);
    }

    CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(server - earlier.server, postgres - earlier.postgres);
    }

    /** The fields after the process's name; empty for a process that has ended. */
    private static List<String> stat(long pid) throws IOException {
        try {
            String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        } catch (NoSuchFileException ended) {
            return List.of();
        } catch (IOException ended) {
            // A process that ends between open and read.
            if (!Files.exists(Path.of("/proc", Long.toString(pid)))) {
                return List.of();
            }
            throw ended;
        }
    }

    private static long ticks(List<String> stat, int... fields) {
        long sum = 0;
        for (int field : fields) {
            sum += Long.parseLong(stat.get(field));
        }
        return sum;
    }
}
