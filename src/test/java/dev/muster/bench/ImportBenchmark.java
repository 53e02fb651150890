package dev.muster.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Enumeration;
import java.util.NoSuchElementException;

/**
 * Measures the import of accounts into the packaged server: all of {@code bench.users}, the same lines again, and once more with
 * all of them changed. {@link BenchSettings} says what can be set.
 */
public final class ImportBenchmark {

    private static final int LINES_AT_ONCE = 500;

    private ImportBenchmark() {}

    /** Runs the whole of it in a new temporary directory, which is removed at the end. */
    public static void main(String... arguments) throws Exception {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        Path directory = Files.createTempDirectory("muster-import");
        try (MusterProcess muster = MusterProcess.start(settings, directory.resolve("data"))) {
            muster.untilAnswered("/admin/api/tenants", MusterProcess.ADMIN_TOKEN);
            Benchmark.newTenant(muster.port(), Population.TENANT);
            Report.importHead(settings.users());
            measure(muster, settings, "new accounts", "IT");
            measure(muster, settings, "the same lines again", "IT");
            measure(muster, settings, "each account changed", "Sales");
            Report.memory(muster.residentMebibytes());
        } finally {
            Benchmark.delete(directory);
        }
    }

    private static void measure(MusterProcess muster, BenchSettings settings, String what, String department)
            throws Exception {
        URI address = URI.create(
                "http://127.0.0.1:" + muster.port() + "/admin/api/tenants/" + Population.TENANT + "/accounts/import");
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofHours(1))
                .header("Authorization", "Bearer " + MusterProcess.ADMIN_TOKEN)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new SequenceInputStream(new Lines(settings.users(), department))))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            CpuTimes before = muster.cpu();
            long begin = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            Duration duration = Duration.ofNanos(System.nanoTime() - begin);
            if (answer.statusCode() != 200 || !answer.body().contains("\"failed\":0")) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            Report.imported(what, settings.users(), duration, muster.cpu().since(before));
        }
    }

    private static String line(int number, String department) {
        return """
                {"productId":"p-%1$d","externalId":"ext-%1$d","userName":"%2$s","email":"%3$s","employeeNumber":"%4$s",\
                "department":"%5$s","status":"active","fields":{"displayName":"First%1$d Last%1$d","plan":"pro"}}
                """.formatted(
                        number,
                        Population.userName(number),
                        Population.workEmail(number),
                        Population.employeeNumber(number),
                        department);
    }

    /** The file, made while it is sent. */
    private static final class Lines implements Enumeration<InputStream> {

        private final int count;
        private final String department;
        private int next;

        Lines(int count, String department) {
            this.count = count;
            this.department = department;
        }

        @Override
        public boolean hasMoreElements() {
            return next < count;
        }

        @Override
        public InputStream nextElement() {
            if (!hasMoreElements()) {
                throw new NoSuchElementException();
            }
            StringBuilder lines = new StringBuilder();
            for (int end = Math.min(count, next + LINES_AT_ONCE); next < end; next++) {
                lines.append(line(next, department));
            }
            return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
