package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Measures the road from a SCIM write to the product: how soon an account is what its user is, with nothing else to do and beside
 * 100 writes a second, how many accounts a second are projected anew after a change of the rules, and how many get a role by their
 * group. {@link BenchSettings} says
 * what can be set.
 */
public final class AccountBenchmark {

    private static final int PROBES = 300;
    private static final int WRITE_RATE = 100;
    private static final int MEMBERS_AT_ONCE = 10_000;
    private static final String TENANT = Population.TENANT;
    private static final String ADMIN = "/admin/api/tenants/" + TENANT;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final int port;
    private final RequestText scim;
    private final RequestText product;
    private final RequestText admin;

    private AccountBenchmark(int port, String scim, String product) {
        this.port = port;
        this.scim = new RequestText(port, scim);
        this.product = new RequestText(port, product);
        this.admin = new RequestText(port, MusterProcess.ADMIN_TOKEN);
    }

    /** Runs the whole of it in a new temporary directory, which is removed at the end. */
    public static void main(String... arguments) throws Exception {
        BenchSettings settings = BenchSettings.fromSystemProperties();
        Path directory = Files.createTempDirectory("muster-accounts");
        try (MusterProcess muster = MusterProcess.start(settings, directory.resolve("data"))) {
            muster.untilAnswered("/admin/api/tenants", MusterProcess.ADMIN_TOKEN);
            int port = muster.port();
            call(
                    port,
                    new RequestText(port, MusterProcess.ADMIN_TOKEN)
                            .post("/admin/api/tenants", "{\"id\":\"" + TENANT + "\"}"));
            new AccountBenchmark(port, token(port, "scim"), token(port, "app")).run(settings);
        } finally {
            Benchmark.delete(directory);
        }
    }

    private static String token(int port, String scope) throws IOException {
        return call(
                        port,
                        new RequestText(port, MusterProcess.ADMIN_TOKEN)
                                .post(ADMIN + "/tokens", "{\"scope\":\"" + scope + "\"}"))
                .path("token")
                .asText();
    }

    private void run(BenchSettings settings) throws Exception {
        long begun = System.nanoTime();
        Population population = Population.load(settings, scim, 1);
        untilProjected();
        Report.rate("users created one by one, accounts made", settings.users(), System.nanoTime() - begun);
        probe("warm-up", 1, PROBES);
        probe("idle", 2, PROBES);
        FixedRate writes = new FixedRate(port, 8, WRITE_RATE);
        CompletableFuture<FixedRate.Answers> running = CompletableFuture.supplyAsync(() -> {
            try {
                return writes.run(titles(population.users()), settings.duration());
            } catch (Exception failure) {
                throw new IllegalStateException("the writes have failed", failure);
            }
        });
        probe("beside 100 writes a second", 3, (int) settings.duration().toSeconds() * 10);
        running.get();
        untilProjected();
        begun = System.nanoTime();
        call(
                port,
                admin.patch(
                        ADMIN + "/settings",
                        "{\"accountFields\":{\"source\":{\"constant\":\"scim\"},\"city\":{\"from\":"
                                + "\"addresses[type eq \\\"work\\\"].locality\"}}}"));
        untilProjected();
        Report.rate("accounts projected anew and changed", settings.users(), System.nanoTime() - begun);
        everybody(population.users());
    }

    /** All users become members of a group that gives a role; single users are created meanwhile. */
    private void everybody(List<String> users) throws Exception {
        call(
                port,
                admin.patch(ADMIN + "/settings", "{\"roles\":[{\"displayName\":\"Everybody\",\"role\":\"reader\"}]}"));
        String group = call(port, scim.post(Population.BASE + "/Groups", "{\"displayName\":\"Everybody\"}"))
                .path("id")
                .asText();
        untilProjected();
        long begun = System.nanoTime();
        for (int i = 0; i < users.size(); i += MEMBERS_AT_ONCE) {
            String members = users.subList(i, Math.min(users.size(), i + MEMBERS_AT_ONCE)).stream()
                    .map(id -> "{\"value\":\"" + id + "\"}")
                    .collect(Collectors.joining(","));
            exchange(scim.patch(
                    Population.BASE + "/Groups/" + group,
                    "{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[" + members + "]}]}"));
        }
        probe("beside a role for all of them", 4, PROBES / 10);
        untilProjected();
        Report.rate("members who have their group's role", users.size(), System.nanoTime() - begun);
    }

    private void exchange(byte[] request) throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            int status = connection.exchange(request);
            if (status >= 300) {
                throw new IllegalStateException(status + " " + connection.body());
            }
        }
    }

    /** Each probe creates a user and asks for its account until it is there; so many at most in a second. */
    private void probe(String name, int series, int count) throws Exception {
        long[] latencies = new long[count];
        try (HttpConnection connection = new HttpConnection(port)) {
            for (int i = 0; i < count; i++) {
                int number = series * 100_000 + 500_000 + i;
                byte[] question = product.get("/t/" + TENANT + "/api/accounts?externalId=ext-" + number);
                long begun = System.nanoTime();
                int status = connection.exchange(scim.post(Population.BASE + "/Users", Population.user(number)));
                if (status != 201) {
                    throw new IllegalStateException("no user: " + status + " " + connection.body());
                }
                do {
                    connection.exchange(question);
                } while (!connection.body().contains("\"ext-" + number + '"'));
                latencies[i] = System.nanoTime() - begun;
                Thread.sleep(20);
            }
        }
        Arrays.sort(latencies);
        FixedRate.Answers answers = new FixedRate.Answers(latencies, count, 0);
        Report.visible(name, count, answers.percentile(0.5), answers.percentile(0.99));
    }

    private Supplier<byte[]> titles(List<String> users) {
        Random random = new Random(1);
        return () -> scim.patch(
                Population.BASE + "/Users/" + users.get(random.nextInt(users.size())),
                "{\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"T" + random.nextInt() + "\"}]}");
    }

    private void untilProjected() throws Exception {
        long begun = System.nanoTime();
        while (true) {
            JsonNode progress = call(port, admin.get(ADMIN + "/projection"));
            if (progress.path("state").asText().equals("idle")
                    && progress.path("changesWaiting").asLong() == 0) {
                return;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("the accounts do not follow: " + progress);
            }
            Thread.sleep(50);
        }
    }

    private static JsonNode call(int port, byte[] request) throws IOException {
        try (HttpConnection connection = new HttpConnection(port)) {
            int status = connection.exchange(request);
            if (status >= 300) {
                throw new IllegalStateException(status + " " + connection.body());
            }
            return JSON.readTree(connection.body());
        }
    }
}
