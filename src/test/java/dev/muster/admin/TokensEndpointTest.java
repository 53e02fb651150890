package dev.muster.admin;

import static dev.muster.admin.Operator.delete;
import static dev.muster.admin.Operator.get;
import static dev.muster.admin.Operator.invalid;
import static dev.muster.admin.Operator.post;
import static dev.muster.admin.Operator.problem;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.BriefToken;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class TokensEndpointTest {
    private Api api;
    private String tokens;

    @BeforeEach
    void newTenant() {
        api = Api.newTenant();
        tokens = "/" + api.tenant() + "/tokens";
    }

    @Test
    void showsATokenOnceAndKeepsItsHashOnly() throws Exception {
        Response made = post(tokens, "{\"description\":\"Entra\"}")
                .statusCode(201)
                .header("Cache-Control", containsString("no-store"))
                .body("description", equalTo("Entra"))
                .body("scope", equalTo("scim"))
                .extract()
                .response();
        String id = made.path("id");
        String token = made.path("token");
        String secret = token.substring(token.lastIndexOf('_') + 1);
        assertTrue(token.startsWith("muster_" + id + "_"));
        assertFalse(get(tokens).statusCode(200).extract().asString().contains(secret));
        try (Connection connection = TestDatabase.superuser()) {
            String row = TestDatabase.query(
                            connection, "select t::text from token t where tenant_id = ? and id = ?", api.tenant(), id)
                    .getFirst();
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
            assertTrue(row.contains(hash), row);
            assertFalse(row.contains(secret) || row.contains(token), row);
        }
    }

    @Test
    void expiresInAYearUnlessToldAndInTwoAtMost() {
        Instant now = Instant.now();
        assertNear(
                now.plus(Duration.ofDays(365)),
                post(tokens, "{}").statusCode(201).extract().path("expiresAt"));
        Instant almostTwo = now.plus(Duration.ofDays(729));
        assertNear(
                almostTwo,
                post(tokens, "{\"expiresAt\":\"" + almostTwo + "\"}")
                        .statusCode(201)
                        .extract()
                        .path("expiresAt"));
        for (String expiry : List.of(
                now.plus(Duration.ofDays(732)).toString(),
                now.minusSeconds(1).toString(),
                "2020-01-01T00:00:00Z",
                "tomorrow",
                "2027-01-31",
                "+999999999-12-31T23:59:59Z")) {
            invalid(post(tokens, "{\"expiresAt\":\"" + expiry + "\"}"), "expiresAt");
        }
    }

    @Test
    void refusesAnExpiredToken() {
        assertEquals(401, status(BriefToken.expired(api.tenant(), this::status)));
    }

    @Test
    void takesSeveralTokensAndRevokesOneAtOnce() {
        Response second = post(tokens, "{}").statusCode(201).extract().response();
        String token = second.path("token");
        String id = second.path("id");
        assertEquals(200, status(api.token()));
        assertEquals(200, status(token));
        delete(tokens + "/" + id).statusCode(204);
        assertEquals(401, status(token));
        assertEquals(200, status(api.token()));
        problem(delete(tokens + "/" + id), 404);
        List<String> left = get(tokens).extract().path("tokens.id");
        assertEquals(1, left.size());
        assertFalse(left.contains(id));
    }

    @Test
    void notesWhenATokenWasUsed() {
        get(tokens).body("tokens[0].lastUsedAt", nullValue());
        assertEquals(200, status(api.token()));
        Await.until("its use is noted", () -> get(tokens).extract().path("tokens[0].lastUsedAt") != null);
        assertNear(Instant.now(), get(tokens).extract().path("tokens[0].lastUsedAt"));
    }

    @Test
    void keepsScopesApart() {
        String app = post(tokens, "{\"scope\":\"app\"}")
                .statusCode(201)
                .body("scope", equalTo("app"))
                .extract()
                .path("token");
        assertEquals(403, status(app));
        invalid(post(tokens, "{\"scope\":\"root\"}"), "scope");
        invalid(post(tokens, "{\"description\":\"" + "x".repeat(201) + "\"}"), "description");
        problem(post(tokens, "{\"secret\":\"mine\"}"), 400).body("field", equalTo("secret"));
    }

    @Test
    void listsOldestFirst() {
        post(tokens, "{\"description\":\"second\"}").statusCode(201);
        post(tokens, "{\"description\":\"third\"}").statusCode(201);
        get(tokens).body("tokens.description", contains("", "second", "third"));
    }

    @Test
    void refusesAWrongSecretWithTheRightId() {
        String token = api.token();
        char last = token.charAt(token.length() - 1);
        assertEquals(401, status(token.substring(0, token.length() - 1) + (last == '0' ? '1' : '0')));
        assertEquals(200, status(token));
    }

    private int status(String token) {
        return new Api(api.tenant(), token).scim().get("/Users?count=0").statusCode();
    }

    private static void assertNear(Instant expected, String actual) {
        Duration apart = Duration.between(expected, Instant.parse(actual)).abs();
        assertTrue(apart.compareTo(Duration.ofMinutes(1)) < 0, () -> actual + " is not near " + expected);
    }

    @Test
    void aPersonsTokenNamesItsUser() {
        String user = "01890000-0000-7000-8000-00000000000a";
        String tenant = Api.newTenant().tenant();
        Api.admin()
                .body(Map.of("userId", user))
                .post("/admin/api/tenants/{id}/tokens", tenant)
                .then()
                .statusCode(201)
                .body("userId", equalTo(user));
        Api.admin()
                .get("/admin/api/tenants/{id}/tokens", tenant)
                .then()
                .body("tokens.userId", hasItem(user))
                .body("tokens.findAll { it.userId == null }.size()", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "userId,x,scim",
        "userId,'',scim",
        "userId,01890000-0000-7000-8000-00000000000A,scim",
        "userId,01890000-0000-7000-8000-00000000000a,app"
    })
    void aPersonsTokenIsForAUserOfTheScimEndpoint(String field, String userId, String scope) {
        Api.admin()
                .body(Map.of("userId", userId, "scope", scope))
                .post("/admin/api/tenants/{id}/tokens", Api.newTenant().tenant())
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
    }
}
