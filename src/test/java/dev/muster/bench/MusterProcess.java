package dev.muster.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The packaged server as a process of its own, with its own PostgreSQL. */
final class MusterProcess implements AutoCloseable {

    static final String ADMIN_TOKEN = "bench-" + Long.toHexString(System.nanoTime());
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final long started;
    private final int port;
    private final Path dataDirectory;

    private MusterProcess(Process process, long started, int port, Path dataDirectory) {
        this.process = process;
        this.started = started;
        this.port = port;
        this.dataDirectory = dataDirectory;
    }

    /** Starts a server that lets every token send as much as it can, and returns at once. */
    static MusterProcess start(BenchSettings settings, Path dataDirectory) throws IOException {
        return start(settings, dataDirectory, Map.of("MUSTER_LIMITS_REQUESTS_PER_SECOND", "100000"));
    }

    /** Starts a server with {@code environment} besides the token and the data directory, and returns at once. */
    static MusterProcess start(BenchSettings settings, Path dataDirectory, Map<String, String> environment)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx512m");
        command.addAll(settings.javaOptions());
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-jar");
        command.add(settings.application().resolve("quarkus-run.jar").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(log(dataDirectory).toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("MUSTER_ADMIN_TOKEN", ADMIN_TOKEN);
        builder.environment().put("MUSTER_DATA_DIR", dataDirectory.toString());
        long started = System.nanoTime();
        return new MusterProcess(builder.start(), started, port, dataDirectory);
    }

    /** The time from the start of the process until {@code path} was answered with 200 for the first time. */
    Duration untilAnswered(String path, String token) throws IOException, InterruptedException {
        byte[] request = new RequestText(port, token).get(path);
        while (System.nanoTime() - started < START_LIMIT.toNanos()) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server has ended:\n" + Files.readString(log(dataDirectory)));
            }
            try (HttpConnection connection = new HttpConnection(port)) {
                if (connection.exchange(request) == 200) {
                    return Duration.ofNanos(System.nanoTime() - started);
                }
            } catch (IOException notYetListening) {
                Thread.onSpinWait();
            }
            Thread.sleep(5);
        }
        throw new IllegalStateException("no answer within " + START_LIMIT.toSeconds() + " s");
    }

    int port() {
        return port;
    }

    CpuTimes cpu() throws IOException {
        return CpuTimes.of(process.pid(), Long.parseLong(postmaster(0)));
    }

    /** The server's resident memory in MiB, without its PostgreSQL. */
    long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    int postgresPort() throws IOException {
        return Integer.parseInt(postmaster(3));
    }

    String password(String role) throws IOException {
        Properties credentials = new Properties();
        try (InputStream file = Files.newInputStream(dataDirectory.resolve("credentials"))) {
            credentials.load(file);
        }
        return credentials.getProperty(role);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not stop: process " + process.pid());
        }
    }

    private String postmaster(int line) throws IOException {
        return Files.readAllLines(dataDirectory.resolve("postgres/postmaster.pid"))
                .get(line)
                .strip();
    }

    private static Path log(Path dataDirectory) {
        return dataDirectory.resolveSibling("server.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
