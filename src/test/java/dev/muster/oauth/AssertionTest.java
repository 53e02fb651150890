package dev.muster.oauth;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import dev.muster.audit.OperatorsView;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 7523 §2.2 and §3: a client shows itself by a token that it has signed. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class AssertionTest {

    private static final PublicJsonWebKey KEY = OAuthClient.newKey("one");

    private Api api;
    private OAuthClient client;

    @BeforeEach
    void newClient() {
        api = Api.newTenant();
        client = OAuthClient.withKey(api, KEY);
    }

    private int status(String assertion) {
        return client.byAssertion(assertion).extract().statusCode();
    }

    @Test
    void givesATokenForASignedAssertion() {
        String token = client.byAssertion(OAuthClient.signed(client.claims(), KEY))
                .statusCode(200)
                .body("expires_in", equalTo(3600))
                .extract()
                .path("access_token");
        assertEquals(200, client.scim(token));
        JwtClaims forTheEndpoint = client.claims();
        forTheEndpoint.setAudience(client.issuer() + "/oauth2/token");
        assertEquals(200, status(OAuthClient.signed(forTheEndpoint, KEY)));
        client.byForm(Map.of(
                        "client_id",
                        client.id(),
                        "client_assertion_type",
                        OAuthClient.JWT_BEARER,
                        "client_assertion",
                        OAuthClient.signed(client.claims(), KEY)))
                .statusCode(200);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("expired", claims -> claims.setExpirationTimeMinutesInTheFuture(-2)),
                fault("must expire (exp) within 60 minutes", claims -> claims.unsetClaim("exp")),
                fault("must expire (exp) within 60 minutes", claims -> claims.setExpirationTimeMinutesInTheFuture(75)),
                fault("audience (aud)", claims -> claims.setAudience("https://elsewhere.example.com/t/acme")),
                fault("audience (aud)", claims -> claims.unsetClaim("aud")),
                fault("issuer (iss) and subject (sub)", claims -> claims.setIssuer("somebody")),
                fault("issuer (iss) and subject (sub)", claims -> claims.unsetClaim("iss")),
                fault("no id (jti)", claims -> claims.unsetClaim("jti")),
                fault("not valid yet", claims -> claims.setNotBefore(inThreeMinutes())));
    }

    private static NumericDate inThreeMinutes() {
        NumericDate time = NumericDate.now();
        time.addSeconds(180);
        return time;
    }

    private static Arguments fault(String reason, Consumer<JwtClaims> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void claimsThatAreWrongAreRefusedAndTheLogSaysWhy(String reason, Consumer<JwtClaims> change) {
        JwtClaims claims = client.claims();
        change.accept(claims);
        assertEquals(401, status(OAuthClient.signed(claims, KEY)));
        JsonNode entry = OperatorsView.of(api).entry("outcome", "error");
        assertTrue(entry.path("reason").asText().contains(reason), entry::toString);
        assertEquals(client.id(), entry.path("tokenId").asText());
    }

    @Test
    void whatTheClientHasNotSignedIsRefused() {
        String assertion = OAuthClient.signed(client.claims(), KEY);
        String[] parts = assertion.split("\\.");
        PublicJsonWebKey stranger = OAuthClient.newKey("one");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        for (String forged : List.of(
                OAuthClient.signed(client.claims(), stranger),
                none + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "."
                        + parts[2].replace(parts[2].charAt(5), parts[2].charAt(5) == 'A' ? 'B' : 'A'),
                "a.b.c",
                "x".repeat(9_000))) {
            assertEquals(401, status(forged), forged);
        }
        assertEquals(200, status(assertion));
    }

    @Test
    void anAssertionIsUsedOnceWhoeverElseTries() {
        String assertion = OAuthClient.signed(client.claims(), KEY);
        List<Integer> answers = Together.run(Collections.nCopies(8, (Callable<Integer>) () -> status(assertion)));
        assertEquals(1, Collections.frequency(answers, 200), answers::toString);
        assertEquals(7, Collections.frequency(answers, 401), answers::toString);
        assertEquals(200, status(OAuthClient.signed(client.claims(), KEY)));
    }

    @Test
    void ofAnotherTenantsClientItIsWorthNothing() {
        OAuthClient other = OAuthClient.withKey(Api.newTenant(), KEY);
        assertEquals(401, status(OAuthClient.signed(other.claims(), KEY)));
        JwtClaims mixed = client.claims();
        mixed.setAudience(other.issuer());
        assertEquals(401, status(OAuthClient.signed(mixed, KEY)));
        client.byForm(Map.of(
                        "client_id",
                        other.id(),
                        "client_assertion_type",
                        OAuthClient.JWT_BEARER,
                        "client_assertion",
                        OAuthClient.signed(client.claims(), KEY)))
                .statusCode(401);
    }

    @Test
    void keysAreReplacedAndWhatWasGivenOutForTheOldOnesEnds() {
        String token = client.byAssertion(OAuthClient.signed(client.claims(), KEY))
                .statusCode(200)
                .extract()
                .path("access_token");
        assertEquals(200, client.scim(token));
        PublicJsonWebKey next = OAuthClient.newKey("two");
        Api.admin()
                .body(OAuthClient.keySet(next))
                .put(client.adminPath() + "/jwks")
                .then()
                .statusCode(200)
                .body("jwks.keys[0].kid", equalTo("two"));
        assertEquals(401, client.scim(token));
        assertEquals(401, status(OAuthClient.signed(client.claims(), KEY)));
        assertEquals(200, status(OAuthClient.signed(client.claims(), next)));
        Api.admin().delete(client.adminPath() + "/jwks").then().statusCode(204);
        assertEquals(401, status(OAuthClient.signed(client.claims(), next)));
    }
}
