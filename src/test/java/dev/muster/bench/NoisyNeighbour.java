package dev.muster.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Measures what one tenant feels of another that sends ten times as much as it may, without and with expensive queries: the latencies
 * of the quiet one's 25 requests a second with and without the noise, by turns in one run, on a server with the limits of
 * production. {@link BenchSettings} says what can be set.
 */
public final class NoisyNeighbour {

    private static final int ROUNDS = 5;
    private static final int QUIET_USERS = 1_000;
    private static final int QUIET_RATE = 25;
    /** Ten times what a token may send. */
    private static final int NOISE_RATE = 500;
    /** Every so manieth request of the noise is a query that no index answers. */
    private static final int EXPENSIVE = 10;

    private static final String QUIET = "quiet";
    private static final ObjectMapper JSON = new ObjectMapper();

    private NoisyNeighbour() {}

    /** Runs the whole of it in a new temporary directory, which is removed at the end. */
    public static void main(String... arguments) throws Exception {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        Path directory = Files.createTempDirectory("muster-noise");
        try {
            run(settings, directory.resolve("data"));
        } finally {
            Benchmark.delete(directory);
        }
    }

    private static void run(BenchSettings settings, Path data) throws Exception {
        String noisy;
        String quiet;
        Population population;
        List<String> users;
        try (MusterProcess muster = MusterProcess.start(settings, data)) {
            muster.untilAnswered("/admin/api/tenants", MusterProcess.ADMIN_TOKEN);
            noisy = newTenant(muster.port(), Population.TENANT);
            quiet = newTenant(muster.port(), QUIET);
            population = Population.load(settings, new RequestText(muster.port(), noisy), 1);
            users = quietUsers(new RequestText(muster.port(), quiet));
        }
        try (MusterProcess muster = MusterProcess.start(settings, data, Map.of())) {
            muster.untilAnswered(base(QUIET) + "/Users?count=0", quiet);
            int port = muster.port();
            for (boolean searching : List.of(false, true)) {
                Report.noise(searching ? "reads, and one in ten an unindexed search" : "reads");
                measure(
                        settings,
                        new FixedRate(port, 4, QUIET_RATE),
                        quiet(new RequestText(port, quiet), users),
                        new FixedRate(port, 32, NOISE_RATE),
                        noise(new RequestText(port, noisy), population, searching));
            }
        }
    }

    private static void measure(
            BenchSettings settings, FixedRate rate, Supplier<byte[]> quiet, FixedRate noiseRate, Supplier<byte[]> noise)
            throws Exception {
        Duration duration = settings.duration();
        rate.run(quiet, settings.warmUp());
        noiseRate.run(noise, settings.warmUp());
        List<FixedRate.Answers> alone = new ArrayList<>();
        List<FixedRate.Answers> disturbed = new ArrayList<>();
        List<FixedRate.Answers> noises = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            alone.add(rate.run(quiet, duration));
            CompletableFuture<FixedRate.Answers> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return noiseRate.run(noise, duration);
                } catch (Exception failure) {
                    throw new IllegalStateException("the noise has failed", failure);
                }
            });
            disturbed.add(rate.run(quiet, duration));
            noises.add(running.get());
        }
        Report.neighbours(
                FixedRate.Answers.of(alone),
                FixedRate.Answers.of(disturbed),
                FixedRate.Answers.of(noises),
                duration.multipliedBy(ROUNDS));
    }

    /** As an identity provider works: it looks for a user, reads and changes it. */
    private static Supplier<byte[]> quiet(RequestText request, List<String> users) {
        Random random = new Random(1);
        return () -> {
            int number = random.nextInt(users.size());
            String user = base(QUIET) + "/Users/" + users.get(number);
            return switch (random.nextInt(3)) {
                case 0 -> request.get(filter(QUIET, "userName eq \"" + Population.userName(number) + '"'));
                case 1 -> request.get(user);
                default ->
                    request.patch(
                            user,
                            "{\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"T" + random.nextInt()
                                    + "\"}]}");
            };
        };
    }

    private static Supplier<byte[]> noise(RequestText request, Population population, boolean searching) {
        Random random = new Random(2);
        return () -> searching && random.nextInt(EXPENSIVE) == 0
                ? request.get(filter(Population.TENANT, "emails.value co \"@nowhere" + random.nextInt() + '"'))
                : request.get(base(Population.TENANT) + "/Users/"
                        + population
                                .users()
                                .get(random.nextInt(population.users().size())));
    }

    private static String filter(String tenant, String filter) {
        return base(tenant) + "/Users?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }

    private static String base(String tenant) {
        return "/t/" + tenant + "/scim/v2";
    }

    private static List<String> quietUsers(RequestText request) throws IOException {
        List<String> ids = new ArrayList<>();
        try (HttpConnection connection = new HttpConnection(request.port())) {
            for (int number = 0; number < QUIET_USERS; number++) {
                int status = connection.exchange(request.post(base(QUIET) + "/Users", Population.user(number)));
                if (status != 201) {
                    throw new IllegalStateException("no user: " + status + " " + connection.body());
                }
                ids.add(JSON.readTree(connection.body()).path("id").asText());
            }
        }
        return ids;
    }

    /** Creates a tenant; its token. */
    private static String newTenant(int port, String id) throws IOException {
        RequestText admin = new RequestText(port, MusterProcess.ADMIN_TOKEN);
        try (HttpConnection connection = new HttpConnection(port)) {
            connection.exchange(admin.post("/admin/api/tenants", "{\"id\":\"" + id + "\"}"));
            int issued = connection.exchange(admin.post("/admin/api/tenants/" + id + "/tokens", "{}"));
            if (issued != 201) {
                throw new IllegalStateException("no token: " + issued + " " + connection.body());
            }
            return JSON.readTree(connection.body()).path("token").asText();
        }
    }
}
