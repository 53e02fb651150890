package dev.muster.endpoint;

import static dev.muster.endpoint.ScimErrors.assertScimError;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 25 requests a second and 50 at once for each token: the lowest that can be configured. */
@QuarkusTest
@TestProfile(LoweredLimits.class)
@WithTestResource(PostgresTestResource.class)
class RateLimitTest {

    private static final int RATE = 25;
    private static final int BURST = 50;

    private static final String WRONG = "muster_" + "a".repeat(16) + "_" + "b".repeat(64);
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private Api api;
    private String address;

    @BeforeEach
    void newTenantAndAddress() {
        api = Api.newTenant();
        address = "198.51.100." + ADDRESSES.incrementAndGet();
    }

    private record Flood(List<Http.Answer> answers, double seconds) {

        static Flood of(int requests, Callable<Http.Answer> request) {
            long begin = System.nanoTime();
            List<Http.Answer> answers = Together.run(Collections.nCopies(requests, request));
            return new Flood(answers, (System.nanoTime() - begin) / 1e9);
        }

        long with(int status) {
            return answers.stream().filter(answer -> answer.status() == status).count();
        }

        Http.Answer first(int status) {
            return answers.stream()
                    .filter(answer -> answer.status() == status)
                    .findFirst()
                    .orElseThrow();
        }

        /** The whole burst, what has come in meanwhile, and nothing more. */
        void assertLetThrough(int status) {
            long passed = with(status);
            assertTrue(passed >= BURST && passed <= BURST + seconds * RATE + 1, passed + " in " + seconds + " s");
            assertEquals(answers.size(), passed + with(429));
        }
    }

    /** A request from the address of this test, which a trusted proxy reports. */
    private Http.Answer get(Http client, String path) {
        return client.send("GET", path, "", "X-Forwarded-For", address);
    }

    private Http.Answer users(Http client) {
        return get(client, "/Users?count=1");
    }

    private Http.Answer anonymous(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("X-Forwarded-For", address)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new Http.Answer(response.statusCode(), response.body(), response);
    }

    private static Http http(Api api, String token) {
        return new Http(Http.of(api).base(), token);
    }

    @Test
    void ofManyRequestsAtOnceTheBurstPasses() {
        Flood.of(90, () -> users(Http.of(api))).assertLetThrough(200);
    }

    @Test
    void whatWouldBeAnsweredFromAHeaderAloneCountsToo() {
        String user = "/Users/" + api.newUser("cached");
        String tag = api.scim().get(user).header("ETag");
        Http fresh = http(api, Api.newToken(api.tenant()));
        Flood.of(90, () -> fresh.send("GET", user, "", "If-None-Match", tag)).assertLetThrough(304);
    }

    @Test
    void theRefusalIsAScimErrorThatSaysWhenToComeBack() {
        Flood flood = Flood.of(150, () -> Http.of(api).send("POST", "/Users", "{\"userName\":\"once\"}"));
        Http.Answer refused = flood.first(429);
        assertEquals("application/scim+json;charset=UTF-8", refused.header("Content-Type"));
        assertEquals("429", refused.json().getString("status"));
        assertTrue(refused.json().getString("detail").contains("25 requests a second"), refused.body());
        int seconds = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(seconds >= 1 && seconds <= 5, refused.header("Retry-After"));
        pause(seconds);
        assertEquals(1, api.scim().get("/Users").<Integer>path("totalResults"));
    }

    @Test
    void twoTokensOfOneTenantHaveABucketEach() {
        Http second = http(api, Api.newToken(api.tenant()));
        assertTrue(Flood.of(150, () -> users(Http.of(api))).with(429) > 0);
        assertEquals(40, Flood.of(40, () -> users(second)).with(200));
    }

    @Test
    void aFloodOnOneTenantLeavesAnotherAlone() {
        Api other = Api.newTenant();
        List<Flood> floods = Together.run(List.of(
                () -> Flood.of(300, () -> users(Http.of(api))), () -> Flood.of(40, () -> users(Http.of(other)))));
        assertTrue(floods.getFirst().with(429) > 0);
        assertEquals(40, floods.getLast().with(200));
    }

    @Test
    void whoKnowsTheIdOfATokenAndNotItsSecretUsesUpNothing() {
        Http stranger = http(api, api.token().substring(0, api.token().length() - 64) + "0".repeat(64));
        Flood flood = Flood.of(100, () -> users(stranger));
        assertEquals(100, flood.with(401) + flood.with(429));
        assertEquals(45, Flood.of(45, () -> users(Http.of(api))).with(200));
    }

    @Test
    void aFloodWithAWrongTokenIsLimitedAndOtherTenantsFromTheSameAddressAreNot() {
        Api other = Api.newTenant();
        Http wrong = http(api, WRONG);
        Flood flood = Flood.of(60, () -> users(wrong));
        assertTrue(flood.with(401) >= 10 && flood.with(401) <= 11 + flood.seconds(), flood.with(401) + " with 401");
        assertEquals(60, flood.with(401) + flood.with(429));
        Http.Answer refused = flood.first(429);
        assertEquals("429", refused.json().getString("status"));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1);
        assertEquals(200, users(Http.of(other)).status(), "another tenant's token, never seen before");
        address = "203.0.113.99";
        assertEquals(200, users(Http.of(api)).status(), "this tenant's token from elsewhere");
    }

    @Test
    void aTokenThatWasRightBeforeIsTakenFromAnAddressThatFailsEverywhere() {
        assertEquals(200, users(Http.of(api)).status());
        AtomicInteger failed = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(4).toNanos();
        Callable<Integer> guessing = () -> {
            for (int n = 0; System.nanoTime() < end; n++) {
                Http guess = new Http(Http.of(api).base().replace(api.tenant(), "none" + n % 30), WRONG);
                failed.addAndGet(users(guess).status() == 401 ? 1 : 0);
            }
            return 200;
        };
        Callable<Integer> right = () -> {
            int status = 200;
            while (System.nanoTime() < end && status == 200) {
                Thread.sleep(100);
                status = users(Http.of(api)).status();
            }
            return status;
        };
        assertEquals(List.of(200, 200, 200, 200), Together.run(List.of(guessing, guessing, guessing, right)));
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertTrue(failed.get() <= 101 + 10 * seconds, failed + " looked up in " + seconds + " s");
    }

    @Test
    void whatIsNoTokenAtAllIsLimitedToo() {
        Http nonsense = http(api, "nonsense");
        assertTrue(Flood.of(40, () -> users(nonsense)).with(429) > 0);
        assertEquals(200, users(Http.of(api)).status());
    }

    @Test
    void namesOfTenantsCanNotBeTriedOut() {
        String nobody = Http.of(api).base().replace(api.tenant(), "nobody") + "/Schemas";
        Flood flood = Flood.of(40, () -> anonymous(nobody));
        assertEquals(40, flood.with(404) + flood.with(429));
        assertTrue(flood.with(429) > 0);
    }

    @Test
    void theAdminTokenIsTakenFromAnAddressThatGuessesAtIt() {
        String admin = Http.of(api).base().replaceAll("/t/.*", "/admin/api");
        Http guess = new Http(admin, "a-wrong-guess");
        Flood flood = Flood.of(40, () -> get(guess, "/tenants"));
        assertTrue(flood.with(401) >= 10, flood.with(401) + " with 401");
        Http.Answer refused = flood.first(429);
        assertEquals("application/problem+json", refused.header("Content-Type"));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) >= 1);
        assertEquals(200, get(new Http(admin, "admin"), "/tenants").status());
        assertEquals(200, users(Http.of(api)).status());
    }

    @Test
    void aRequestWithoutACredentialIsAnsweredAsEver() {
        for (int i = 0; i < 30; i++) {
            assertScimError(401, RestAssured.given().get(api.base() + "/Users"));
        }
    }

    private static void pause(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
