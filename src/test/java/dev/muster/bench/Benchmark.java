package dev.muster.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Measures the packaged server in its production profile: start-up, and the requests of {@link Operations} beside pgbench
 * with the same SQL on the same PostgreSQL. Prints tables in Markdown. {@link BenchSettings} says what can be set.
 */
public final class Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Benchmark() {}

    /** Runs the whole of it in a new temporary directory, which is removed at the end. */
    public static void main(String... arguments) throws Exception {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        PgBench.require();
        Path directory = Files.createTempDirectory("muster-bench");
        try {
            run(settings, directory);
        } finally {
            delete(directory);
        }
    }

    private static void run(BenchSettings settings, Path directory) throws Exception {
        Path data = directory.resolve("data");
        String token;
        Duration first;
        try (MusterProcess muster = MusterProcess.start(settings, data)) {
            first = muster.untilAnswered("/admin/api/tenants", MusterProcess.ADMIN_TOKEN);
            newTenant(muster.port(), Population.TENANT);
            token = newToken(muster.port(), Population.TENANT);
        }
        try (MusterProcess muster = MusterProcess.start(settings, data)) {
            Duration second = muster.untilAnswered(Population.BASE + "/Users?count=0", token);
            Report.starts(first, second, muster.residentMebibytes());
            RequestText request = new RequestText(muster.port(), token);
            // As many groups as connections for Muster, and as many for pgbench.
            Population population = Population.load(settings, request, 2 * settings.connections());
            DatabaseState state = DatabaseState.afterLoading(muster, population, settings);
            PgBench pgbench = new PgBench(muster, settings, state, directory);
            measure(settings, muster, new Operations(request, population, settings.groupSize()), pgbench);
            Report.memory(muster.residentMebibytes());
        }
    }

    private static void measure(BenchSettings settings, MusterProcess muster, Operations operations, PgBench pgbench)
            throws Exception {
        ClosedLoop loop = new ClosedLoop(muster.port(), settings.connections());
        Report.head(settings);
        for (Operation operation : operations.all()) {
            if (settings.measures(operation.name())) {
                loop.run(operation, settings.warmUp());
                CpuTimes before = muster.cpu();
                long begin = System.nanoTime();
                long[] latencies = loop.run(operation, settings.duration());
                Duration duration = Duration.ofNanos(System.nanoTime() - begin);
                Figures figures = Figures.of(latencies, duration, muster.cpu().since(before));
                Report.row(operation, figures, pgbench.run(operation.script(), settings.duration()));
            }
        }
    }

    /** Creates a tenant. */
    static void newTenant(int port, String id) throws IOException {
        created(port, "/admin/api/tenants", "{\"id\":\"" + id + "\"}");
    }

    /** Makes a token of a tenant. */
    static String newToken(int port, String tenant) throws IOException {
        String issued = created(port, "/admin/api/tenants/" + tenant + "/tokens", "{\"description\":\"bench\"}");
        return JSON.readTree(issued).path("token").asText();
    }

    private static String created(int port, String path, String body) throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            int status = connection.exchange(new RequestText(port, MusterProcess.ADMIN_TOKEN).post(path, body));
            if (status != 201) {
                throw new IllegalStateException("POST " + path + ": " + status + " " + connection.body());
            }
            return connection.body();
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
