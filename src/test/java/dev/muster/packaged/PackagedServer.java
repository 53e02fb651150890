package dev.muster.packaged;

import dev.muster.Http;
import dev.muster.PostgresTestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Muster that was started as the README says: {@code java -jar target/quarkus-app/quarkus-run.jar}. */
final class PackagedServer implements AutoCloseable {
    static final String ADMIN_TOKEN = "an-admin-token-for-tests-only";

    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int port;

    private PackagedServer(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** A data directory whose PostgreSQL programs are unpacked already, to save time. */
    static Path newDataDirectory() {
        try {
            Path directory = PostgresTestResource.newDirectory();
            Path binaries = Files.createDirectories(PostgresTestResource.binaries());
            Files.createSymbolicLink(directory.resolve("postgres-binaries"), binaries);
            return directory;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a process; {@code environment} is added to the path, the data directory and a rate that no test meets. */
    static PackagedServer launch(Path dataDirectory, Map<String, String> environment, String... systemProperties) {
        try {
            int port;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            List<String> command = new java.util.ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Dquarkus.http.port=" + port);
            command.addAll(List.of(systemProperties));
            command.addAll(List.of("-jar", JAR.toString()));
            Path log = Files.createTempFile(dataDirectory, "server-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            Map<String, String> whole = new HashMap<>(environment);
            whole.put("PATH", System.getenv("PATH"));
            whole.put("MUSTER_DATA_DIR", dataDirectory.toString());
            whole.putIfAbsent("MUSTER_LIMITS_REQUESTS_PER_SECOND", "100000");
            builder.environment().clear();
            builder.environment().putAll(whole);
            return new PackagedServer(builder.start(), log, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a production server with an admin token, and waits until it is ready. */
    static PackagedServer start(Path dataDirectory, String... systemProperties) {
        return launch(dataDirectory, Map.of("MUSTER_ADMIN_TOKEN", ADMIN_TOKEN), systemProperties)
                .ready();
    }

    /** Waits until the server says that it is ready. */
    PackagedServer ready() {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline) && process.isAlive()) {
            try {
                if (http("", "").trySend("GET", "/q/health/ready", "").status() == 200) {
                    return this;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            pause();
        }
        close();
        throw new AssertionError("the server did not get ready:\n" + log());
    }

    /** Waits for the end of the process; its exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** SIGTERM, as a service manager sends it; the exit code. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    int port() {
        return port;
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** What the process has written so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Requests to {@code path} and below, with a token. */
    Http http(String path, String token) {
        return new Http(address() + path, token);
    }

    Http admin() {
        return http("/admin/api", ADMIN_TOKEN);
    }

    /** Makes a tenant and a token for it. */
    Http newTenant(String id) {
        Http.Answer created = admin().send("POST", "/tenants", "{\"id\":\"" + id + "\"}");
        if (created.status() != 201) {
            throw new AssertionError(created.status() + created.body());
        }
        String token =
                admin().send("POST", "/tenants/" + id + "/tokens", "{}").json().getString("token");
        return http("/t/" + id + "/scim/v2", token);
    }

    /** The process id of the PostgreSQL that serves {@code dataDirectory}; empty where none does. */
    static java.util.Optional<ProcessHandle> postmaster(Path dataDirectory) {
        try {
            Path file = dataDirectory.resolve("postgres/postmaster.pid");
            return Files.exists(file)
                    ? ProcessHandle.of(
                            Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                    : java.util.Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Leaves no process behind. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
