package dev.muster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The main process of a PostgreSQL server.
 *
 * @param pid its process id
 */
record Postmaster(long pid) {
    private static final String PID_FILE = "postmaster.pid";

    /** What {@code postmaster.pid} in {@code cluster} names, whether it lives or not. */
    static Optional<Postmaster> recordedIn(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve(PID_FILE));
        } catch (NoSuchFileException stoppedCleanly) {
            return Optional.empty();
        }
        return lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")
                ? Optional.empty()
                : Optional.of(new Postmaster(Long.parseLong(lines.getFirst().strip())));
    }

    /**
     * Whether this process lives and is a PostgreSQL at work in {@code cluster}. The number alone says nothing: after a
     * crash, or in a restarted container, it often belongs to another program.
     */
    boolean servesCluster(Path cluster) throws IOException {
        if (!isAlive()) {
            return false;
        }
        try {
            // A postmaster's working directory is its data directory.
            return Files.isSameFile(Path.of("/proc", Long.toString(pid), "cwd"), cluster);
        } catch (NoSuchFileException ended) {
            return false;
        } catch (IOException notOurs) {
            // Another user's process: PostgreSQL only runs as the owner of its data directory.
            return false;
        }
    }

    /** Whether a process with this number lives. */
    boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Forgets a server that is gone, so that a foreign process with its number cannot keep a new one from starting. */
    static void forget(Path cluster) throws IOException {
        Files.deleteIfExists(cluster.resolve(PID_FILE));
    }
}
