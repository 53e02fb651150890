package dev.muster.admin;

import static dev.muster.admin.Operator.delete;
import static dev.muster.admin.Operator.get;
import static dev.muster.admin.Operator.invalid;
import static dev.muster.admin.Operator.post;
import static dev.muster.admin.Operator.problem;
import static dev.muster.admin.Operator.put;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.audit.OperatorsView;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class ClientsEndpointTest {

    private Api api;
    private String clients;

    @BeforeEach
    void newTenant() {
        api = Api.newTenant();
        clients = "/" + api.tenant() + "/clients";
    }

    @Test
    void showsASecretOnce() {
        ValidatableResponse made = post(clients, "{\"description\":\"Entra\"}")
                .statusCode(201)
                .header("Cache-Control", containsString("no-store"))
                .body("description", equalTo("Entra"))
                .body("scope", equalTo("scim"))
                .body("tokenUrl", endsWith("/t/" + api.tenant() + "/oauth2/token"))
                .body("secrets[0].secret", startsWith("muster_"))
                .body("jwks", nullValue())
                .body("lastUsedAt", nullValue());
        String id = made.extract().path("id");
        String secret = made.extract().path("secrets[0].secret");
        for (String path : List.of(clients, clients + "/" + id)) {
            String shown = get(path).statusCode(200).extract().asString();
            assertTrue(shown.contains(id) && !shown.contains(secret.split("_")[2]), shown);
        }
        JsonNode entry = OperatorsView.of(api).entry("requestId", made.extract().header("X-Request-Id"));
        assertEquals("Client", entry.path("resourceType").asText(), entry::toString);
        assertEquals(id, entry.path("tokenId").asText(), entry::toString);
        assertFalse(entry.toString().contains(secret.split("_")[2]));
    }

    @Test
    void aSecretExpiresInAYearUnlessToldAndInThreeAtMost() {
        Instant now = Instant.now();
        String year = post(clients, "{}").statusCode(201).extract().path("secrets[0].expiresAt");
        assertTrue(Duration.between(now.plus(Duration.ofDays(365)), Instant.parse(year))
                        .abs()
                        .toMinutes()
                < 5);
        post(clients, "{\"expiresAt\":\"" + now.plus(Duration.ofDays(1095)) + "\"}")
                .statusCode(201);
        for (Object expiry : List.of(now.plus(Duration.ofDays(1097)), now.minusSeconds(1), "tomorrow")) {
            invalid(post(clients, "{\"expiresAt\":\"" + expiry + "\"}"), "expiresAt");
        }
        String id = post(clients, "{}").extract().path("id");
        invalid(post(clients + "/" + id + "/secrets", "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}"), "expiresAt");
        invalid(post(clients, "{\"scope\":\"admin\"}"), "scope");
        invalid(post(clients, "{\"description\":\"" + "x".repeat(201) + "\"}"), "description");
        invalid(post(clients, "{\"grants\":1}"), "grants");
    }

    @Test
    void keysArePublicOnesThatSign() throws JoseException {
        String key =
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";
        post(clients, "{\"jwks\":{\"keys\":[" + key + "]}}")
                .statusCode(201)
                .body("secrets", equalTo(List.of()))
                .body("jwks.keys[0].crv", equalTo("Ed25519"));
        String id = post(clients, "{}").extract().path("id");
        String path = clients + "/" + id + "/jwks";
        for (String none : List.of("{}", "{\"keys\":[]}", "[]", "null")) {
            invalid(put(path, none), "jwks");
        }
        invalid(put(path, "{\"keys\":[" + key + "," + key + "]}"), "jwks/keys/1")
                .body("detail", containsString("kid"));
        invalid(put(path, "{\"keys\":[" + key.replace("\"kid\"", "\"d\":\"c2VjcmV0\",\"kid\"") + "]}"), "jwks/keys/0")
                .body("detail", containsString("private"));
        invalid(put(path, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}"), "jwks/keys/0");
        invalid(put(path, "{\"keys\":[" + key.replace("\"kid\"", "\"use\":\"enc\",\"kid\"") + "]}"), "jwks/keys/0")
                .body("detail", containsString("use"));
        invalid(put(path, "{\"keys\":[" + key.replace("Ed25519", "Ed448") + "]}"), "jwks/keys/0");
        String weak = RsaJwkGenerator.generateJwk(1_024).toJson(OutputControlLevel.PUBLIC_ONLY);
        invalid(put(path, "{\"keys\":[" + weak + "]}"), "jwks/keys/0").body("detail", containsString("2048"));
        invalid(put(path, "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":5}]}"), "jwks/keys/0");
        invalid(put(path, "{\"keys\":[7]}"), "jwks/keys/0");
        get(clients + "/" + id).body("jwks", nullValue());
        invalid(
                post(clients, "{\"expiresAt\":\"2027-01-01T00:00:00Z\",\"jwks\":{\"keys\":[" + key + "]}}"),
                "expiresAt");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String id = post(clients, "{}").extract().path("id");
        Api other = Api.newTenant();
        for (String client : List.of("nobody", "a".repeat(16), "%00")) {
            problem(get(clients + "/" + client), 404);
            problem(delete(clients + "/" + client), 404);
            problem(post(clients + "/" + client + "/secrets", "{}"), 404);
            problem(delete(clients + "/" + client + "/jwks"), 404);
        }
        problem(delete(clients + "/" + id + "/secrets/" + "b".repeat(16)), 404);
        problem(delete(clients + "/" + id + "/secrets/x"), 404);
        problem(get("/" + other.tenant() + "/clients/" + id), 404);
        problem(delete("/" + other.tenant() + "/clients/" + id), 404);
        problem(post("/no-such-tenant/clients", "{}"), 404);
        delete(clients + "/" + id).statusCode(204);
        problem(delete(clients + "/" + id), 404);
        get(clients).statusCode(200).body("clients", equalTo(List.of()));
    }
}
