package dev.muster.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that disconnects at any moment costs no pooled connection. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class DisconnectTest {

    private static final int DISCONNECTS = 500;
    private static final int AT_ONCE = 16;

    /** Twice as many as the pool has connections. */
    private static final int PROOF = 64;

    @Test
    void costsNoPooledConnection() throws Exception {
        Api api = Api.newTenant();
        String group = LargeGroup.of(api, 5_000);
        String user = api.newUser("patched");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < DISCONNECTS; i++) {
                byte[] request = request(api, i, group, user);
                int sent = random.nextInt(4) == 0 ? random.nextInt(request.length) : request.length;
                long nanos = random.nextInt(20_000_000);
                int read = random.nextInt(3) * random.nextInt(50_000);
                running.add(clients.submit(() -> disconnect(request, sent, nanos, read)));
            }
            for (Future<?> client : running) {
                client.get(60, TimeUnit.SECONDS);
            }
            assertWhole(api, group, clients, "seed " + seed);
        }
    }

    private void assertWhole(Api api, String group, ExecutorService clients, String seed) throws Exception {
        Thread.sleep(Duration.ofSeconds(1));
        List<Future<Integer>> proof = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(PROOF)) {
            for (int i = 0; i < PROOF; i++) {
                String path = i % 2 == 0 ? "/Users?count=1" : "/Groups/" + group + "?excludedAttributes=members";
                proof.add(many.submit(() -> RawHttp.exchange(RestAssured.port, head(api, "GET", path, 0))
                        .status()));
            }
            for (Future<Integer> answer : proof) {
                // Where connections were lost others wait for one, ten seconds at most, and get 503.
                assertEquals(200, answer.get(60, TimeUnit.SECONDS), seed);
            }
        }
        // Work behind the requests, such as the log's, has transactions of its own, which end.
        Await.count(
                0,
                "select count(*) from pg_stat_activity where state like 'idle in transaction%'"
                        + " and state_change < now() - interval '1 second'");
    }

    private static byte[] head(Api api, String method, String path, int length) {
        return RawHttp.head(
                method, api.base() + path, "Authorization: Bearer " + api.token(), "Content-Length: " + length);
    }

    private static byte[] request(Api api, int i, String group, String user) {
        return switch (i % 5) {
            case 0 -> head(api, "GET", "/Users", 0);
            case 1 -> head(api, "GET", "/Groups/" + group, 0);
            case 2 -> withBody(api, "POST", "/Users", "{\"userName\":\"gone" + i + "\"}");
            case 3 -> withBody(api, "PATCH", "/Users/" + user, replace("title", i));
            default -> withBody(api, "PATCH", "/Groups/" + group, replace("displayName", i));
        };
    }

    private static String replace(String attribute, int i) {
        return "{\"Operations\":[{\"op\":\"replace\",\"path\":\"" + attribute + "\",\"value\":\"v" + i + "\"}]}";
    }

    private static byte[] withBody(Api api, String method, String path, String body) {
        byte[] head = head(api, method, path, body.length());
        byte[] request = java.util.Arrays.copyOf(head, head.length + body.length());
        System.arraycopy(body.getBytes(UTF_8), 0, request, head.length, body.length());
        return request;
    }

    /** Sends the first bytes of a request, waits, reads at most so many bytes, and resets the connection. */
    private static Void disconnect(byte[] request, int sent, long nanos, int read) throws Exception {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send(java.util.Arrays.copyOf(request, sent));
            TimeUnit.NANOSECONDS.sleep(nanos);
            if (sent == request.length && read > 0) {
                connection.socket().getInputStream().read(new byte[read]);
            }
            connection.reset();
        }
        return null;
    }
}
