package dev.muster.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The PostgreSQL cluster in Muster's data directory and the programs that make, start and stop a server on it. {@code pg_ctl} starts the server
 * in a session of its own: Ctrl-C in a terminal reaches Muster, which then stops its database last, and not both at once.
 */
final class PostgresCluster {
    private static final Logger LOG = Logger.getLogger(PostgresCluster.class);

    /** Replaying the write-ahead log after a crash takes its time; giving up earlier would only start it over. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(10);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int START_ATTEMPTS = 5;

    private final Path dataDirectory;
    private final Path directory;
    private final PostgresPrograms programs;

    PostgresCluster(Path dataDirectory, PostgresPrograms programs) {
        this.dataDirectory = dataDirectory;
        this.directory = dataDirectory.resolve("postgres");
        this.programs = programs;
    }

    /** Makes the data directory at the first start; a start that was interrupted half-way leaves nothing behind. */
    void initialiseOnce(String superuserPassword) throws IOException {
        if (Files.exists(directory.resolve("PG_VERSION"))) {
            return;
        }
        Path unfinished = dataDirectory.resolve("postgres.new");
        PrivateFiles.deleteRecursively(unfinished);
        Path passwordFile = PrivateFiles.createTemporary(dataDirectory);
        try {
            Files.writeString(passwordFile, superuserPassword);
            programs.run(
                    "initdb",
                    List.of(
                            "--pgdata=" + unfinished,
                            "--username=" + PostgresCredentials.SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C"));
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends the server that a killed Muster left behind, if there is one. */
    void stopOrphan() throws IOException {
        if (Postmaster.recordedIn(directory).isPresent()) {
            LOG.info("The last Muster on this data directory was killed: taking over");
            stop();
            Postmaster.forget(directory);
        }
    }

    /**
     * Starts a server on a free port of the loopback interface and waits until it accepts connections.
     *
     * @return the port
     */
    int start() throws IOException {
        Files.deleteIfExists(startLogFile());
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            try {
                programs.run("pg_ctl", startArguments(port));
                return port;
            } catch (EmbeddedPostgresException failure) {
                // The port was taken since we looked, or back ends of a killed server have not all ended yet.
                if (attempt == START_ATTEMPTS) {
                    throw new EmbeddedPostgresException(failure.getMessage() + "\n" + startLog(), failure);
                }
                pause(Duration.ofSeconds(1));
            }
        }
    }

    /** Starts a server that has crashed again, where its clients look for it; PostgreSQL recovers what was committed. */
    void restart(int port) throws IOException {
        Files.deleteIfExists(startLogFile());
        // Where nobody reaps it, as in a container without an init, the dead server keeps its number and would bar the
        // new one.
        Postmaster.forget(directory);
        try {
            programs.run("pg_ctl", startArguments(port));
        } catch (EmbeddedPostgresException failure) {
            throw new EmbeddedPostgresException(failure.getMessage() + "\n" + startLog(), failure);
        }
    }

    /** The server's main process, if one is at work. */
    Optional<Postmaster> running() throws IOException {
        Optional<Postmaster> recorded = Postmaster.recordedIn(directory);
        return recorded.isPresent() && recorded.get().servesCluster(directory) ? recorded : Optional.empty();
    }

    /** Stops the server: sessions are ended, what they committed is kept. */
    void stop() throws IOException {
        Optional<Postmaster> running = running();
        if (running.isEmpty()) {
            return;
        }
        try {
            programs.run("pg_ctl", stopArguments("fast"));
        } catch (EmbeddedPostgresException tooSlow) {
            LOG.warnf(
                    "PostgreSQL did not stop in %d s, ending it at once: the next start recovers",
                    STOP_TIMEOUT.toSeconds());
            programs.run("pg_ctl", stopArguments("immediate"));
        }
        awaitEnd(running.get());
    }

    /** {@code pg_ctl} returns when the server has removed its pid file; its process ends a moment later. */
    private void awaitEnd(Postmaster postmaster) throws IOException {
        Instant deadline = Instant.now().plus(STOP_TIMEOUT);
        while (postmaster.servesCluster(directory) && Instant.now().isBefore(deadline)) {
            pause(Duration.ofMillis(5));
        }
    }

    private List<String> startArguments(int port) {
        String options = PostgresSettings.forPort(port).entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "='" + setting.getValue() + "'")
                .collect(Collectors.joining(" "));
        return List.of(
                "start",
                "--pgdata=" + directory,
                "--log=" + startLogFile(),
                "--options=" + options,
                "--wait",
                "--timeout=" + START_TIMEOUT.toSeconds(),
                "--silent");
    }

    private List<String> stopArguments(String mode) {
        return List.of(
                "stop",
                "--pgdata=" + directory,
                "--mode=" + mode,
                "--wait",
                "--timeout=" + STOP_TIMEOUT.toSeconds(),
                "--silent");
    }

    private Path startLogFile() {
        return directory.resolve("start.log");
    }

    private String startLog() throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.exists(startLogFile())) {
            lines = Files.readAllLines(startLogFile());
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(EmbeddedPostgresServer.HOST))) {
            return socket.getLocalPort();
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while waiting for PostgreSQL", interrupted);
        }
    }
}
