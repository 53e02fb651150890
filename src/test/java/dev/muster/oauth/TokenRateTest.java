package dev.muster.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import dev.muster.endpoint.LoweredLimits;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 25 requests a second and 50 at once for each client, and one failure a second and ten at once. */
@QuarkusTest
@TestProfile(LoweredLimits.class)
@WithTestResource(PostgresTestResource.class)
class TokenRateTest {

    private static final String WRONG = "muster_" + "a".repeat(16) + "_" + "b".repeat(64);

    @Test
    void allTokensOfAClientShareItsRate() {
        Api api = Api.newTenant();
        OAuthClient client = OAuthClient.made(api, "{}");
        String base = Http.of(api).base();
        List<Http> tokens = IntStream.range(0, 5)
                .mapToObj(i -> new Http(base, client.token()))
                .toList();
        long begin = System.nanoTime();
        List<Integer> answers = Together.run(IntStream.range(0, 200)
                .<Callable<Integer>>mapToObj(i -> i % 4 == 0
                        ? () -> client.byHeader(client.secret()).extract().statusCode()
                        : () -> tokens.get(i % 5).send("GET", "/Users?count=1").status())
                .toList());
        double seconds = (System.nanoTime() - begin) / 1e9;
        long passed = answers.stream().filter(status -> status == 200).count();
        assertTrue(passed >= 40 && passed <= 50 + 25 * seconds + 1, passed + " in " + seconds + " s");
        assertEquals(
                200, passed + answers.stream().filter(status -> status == 429).count());
        OAuthClient other = OAuthClient.made(api, "{}");
        assertEquals(200, other.scim(other.token()));
    }

    @Test
    void guessingASecretIsLimitedAndOtherTenantsAreNot() {
        OAuthClient client = OAuthClient.made(Api.newTenant(), "{}");
        List<ExtractableResponse<Response>> answers = Together.run(IntStream.range(0, 60)
                .<Callable<ExtractableResponse<Response>>>mapToObj(
                        i -> () -> client.byHeader(WRONG).extract())
                .toList());
        assertTrue(answers.stream().filter(answer -> answer.statusCode() == 401).count() >= 10);
        ExtractableResponse<Response> limited = answers.stream()
                .filter(answer -> answer.statusCode() != 401)
                .findFirst()
                .orElseThrow();
        assertEquals(429, limited.statusCode());
        assertEquals("temporarily_unavailable", limited.path("error"));
        assertTrue(Integer.parseInt(limited.header("Retry-After")) >= 1);
        OAuthClient other = OAuthClient.made(Api.newTenant(), "{}");
        assertEquals(200, other.scim(other.token()));
    }
}
