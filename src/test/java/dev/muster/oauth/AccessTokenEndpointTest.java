package dev.muster.oauth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.Together;
import dev.muster.audit.OperatorsView;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6749 §4.4: a client gets access tokens for its id and secret; errors are those of §5.2. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class AccessTokenEndpointTest {

    private Api api;
    private OAuthClient client;

    @BeforeEach
    void newClient() {
        api = Api.newTenant();
        client = OAuthClient.made(api, "{\"description\":\"Entra\"}");
    }

    private static ValidatableResponse refused(ValidatableResponse answer) {
        return answer.statusCode(401)
                .contentType(ContentType.JSON)
                .header("Cache-Control", "no-store")
                .body("error", equalTo("invalid_client"))
                .body("error_description", startsWith("The client must show who it is"));
    }

    private static void invalid(ValidatableResponse answer, String error, String names) {
        answer.statusCode(400)
                .contentType(ContentType.JSON)
                .header("Cache-Control", "no-store")
                .body("error", equalTo(error))
                .body("error_description", containsString(names));
    }

    @Test
    void givesATokenForIdAndSecretInTheHeader() {
        String token = client.byHeader(client.secret())
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(3600))
                .body("scope", equalTo("scim"))
                .body("access_token", matchesPattern("muster_[a-z0-9]{16}_[0-9a-f]{64}"))
                .extract()
                .path("access_token");
        assertEquals(200, client.scim(token));
        assertEquals(200, client.scim(client.token()), "another one beside it");
        assertEquals(200, client.scim(token));
        new Api(api.tenant(), token).newUser("ada");
    }

    @Test
    void givesATokenForIdAndSecretInTheForm() {
        String token = client.byForm(
                        Map.of("client_id", client.id(), "client_secret", client.secret(), "scope", "scim"))
                .statusCode(200)
                .extract()
                .path("access_token");
        assertEquals(200, client.scim(token));
    }

    @Test
    void aTokenHasTheScopeOfItsClient() {
        OAuthClient product = OAuthClient.made(api, "{\"scope\":\"app\"}");
        String token = product.byHeader(product.secret())
                .statusCode(200)
                .body("scope", equalTo("app"))
                .extract()
                .path("access_token");
        assertEquals(403, product.scim(token));
        given().header("Authorization", "Bearer " + token)
                .get("/t/" + api.tenant() + "/api/accounts")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + client.token())
                .get("/t/" + api.tenant() + "/api/accounts")
                .then()
                .statusCode(403);
        invalid(client.byHeader(client.secret(), "scope", "app"), "invalid_scope", "scope scim");
        invalid(client.byHeader(client.secret(), "scope", "admin"), "invalid_scope", "scope scim");
        client.byHeader(client.secret(), "scope", "openid scim").statusCode(200).body("scope", equalTo("scim"));
    }

    @Test
    void whoShowsNothingThatIsRightGetsOneAnswer() {
        String wrong = "muster_" + "a".repeat(16) + "_" + "b".repeat(64);
        Api other = Api.newTenant();
        OAuthClient foreign = OAuthClient.made(other, "{}");
        refused(client.byHeader(wrong)).header("WWW-Authenticate", startsWith("Basic realm="));
        refused(client.byHeader("guess"));
        refused(client.byForm(Map.of("client_id", client.id(), "client_secret", wrong)));
        refused(client.byForm(Map.of("client_id", "nobody", "client_secret", client.secret())));
        refused(client.byForm(Map.of("client_id", foreign.id(), "client_secret", foreign.secret())));
        refused(client.byForm(Map.of("client_id", client.id(), "client_secret", foreign.secret())));
        refused(client.byForm(Map.of()));
        refused(client.byForm(Map.of("client_id", client.id())));
        refused(given().auth()
                .preemptive()
                .oauth2(client.secret())
                .formParam("grant_type", "client_credentials")
                .post(client.tokenPath())
                .then());
        refused(given().header("Authorization", "Basic %%%")
                .formParam("grant_type", "client_credentials")
                .post(client.tokenPath())
                .then());
        refused(new OAuthClient(new Api("no-such-tenant", ""), client.id(), "").byHeader(client.secret()));
        assertEquals(401, client.scim(client.secret()), "a secret is no token");
    }

    @Test
    void requestsThatAreNoneNameTheParameter() {
        String path = client.tokenPath();
        var basic = given().auth().preemptive().basic(client.id(), client.secret());
        invalid(basic.formParam("scope", "scim").post(path).then(), "invalid_request", "grant_type");
        invalid(given().formParam("grant_type", "password").post(path).then(), "unsupported_grant_type", "grant_type");
        invalid(client.byForm(Map.of("client_secret", client.secret())), "invalid_request", "client_id");
        invalid(
                client.byHeader(client.secret(), "client_id", client.id(), "client_secret", client.secret()),
                "invalid_request",
                "one way");
        invalid(
                client.byHeader(client.secret(), "scope", "scim", "scope", "app"),
                "invalid_request",
                "scope must be sent once");
        invalid(
                client.byForm(Map.of("client_assertion", "x.y.z", "client_assertion_type", "saml")),
                "invalid_request",
                "client_assertion_type");
        invalid(
                given().contentType("application/x-www-form-urlencoded")
                        .body("grant_type=%zz")
                        .post(path)
                        .then(),
                "invalid_request",
                "form-urlencoded");
        given().contentType(ContentType.JSON)
                .body("{\"grant_type\":\"client_credentials\"}")
                .post(path)
                .then()
                .statusCode(415)
                .body("error", equalTo("invalid_request"));
        given().get(path)
                .then()
                .statusCode(405)
                .header("Allow", containsString("POST"))
                .body("error", equalTo("invalid_request"));
        given().contentType("application/x-www-form-urlencoded")
                .body("x=" + "y".repeat(65 * 1024))
                .post(path)
                .then()
                .statusCode(413)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void aSecretIsReplacedWithoutAGapAndItsTokensGoWithIt() {
        String old = client.token();
        String second = Api.admin()
                .body("{}")
                .post(client.adminPath() + "/secrets")
                .then()
                .statusCode(201)
                .extract()
                .path("secrets[1].secret");
        String fresh = client.byHeader(second).statusCode(200).extract().path("access_token");
        assertEquals(List.of(200, 200), List.of(client.scim(old), client.scim(fresh)));

        String firstId = client.secret().split("_")[1];
        Api.admin().delete(client.adminPath() + "/secrets/" + firstId).then().statusCode(204);
        refused(client.byHeader(client.secret()));
        assertEquals(List.of(401, 200), List.of(client.scim(old), client.scim(fresh)));
        client.byHeader(second).statusCode(200);
    }

    @Test
    void aRevokedClientIsOutWithAllThatItHasBeenGiven() {
        String first = client.token();
        String second = client.token();
        assertEquals(200, client.scim(first));
        Api.admin().delete(client.adminPath()).then().statusCode(204);
        assertEquals(List.of(401, 401), List.of(client.scim(first), client.scim(second)));
        refused(client.byHeader(client.secret()));
        assertEquals(200, client.scim(api.token()), "others stay");
    }

    @Test
    void noTokenSlipsOutBesideARevocation() {
        for (int round = 0; round < 5; round++) {
            OAuthClient revoked = OAuthClient.made(api, "{}");
            Queue<String> tokens = new ConcurrentLinkedQueue<>();
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(() -> {
                    var answer = revoked.byHeader(revoked.secret()).extract();
                    if (answer.statusCode() == 200) {
                        tokens.add(answer.path("access_token"));
                    }
                    return answer.statusCode();
                });
            }
            calls.add(4, () -> Api.admin().delete(revoked.adminPath()).statusCode());
            List<Integer> statuses = Together.run(calls);
            assertEquals(204, statuses.get(4));
            tokens.forEach(token -> assertEquals(401, revoked.scim(token)));
        }
    }

    @Test
    void theTenantsLogSaysWhoAskedAndWhatWasWrong() throws Exception {
        OperatorsView log = OperatorsView.of(api);
        String requestId =
                client.byHeader(client.secret()).statusCode(200).extract().header("X-Request-Id");
        JsonNode granted = log.entry("requestId", requestId);
        assertEquals("AccessToken", granted.path("resourceType").asText(), granted::toString);
        assertEquals("success", granted.path("outcome").asText(), granted::toString);
        assertEquals(client.id(), granted.path("tokenId").asText(), granted::toString);

        client.byHeader("muster_" + "a".repeat(16) + "_" + "b".repeat(64));
        JsonNode wrong = log.entry("outcome", "error");
        assertTrue(wrong.path("reason").asText().contains("none of this client's"), wrong::toString);
        assertTrue(wrong.path("advice").asText().contains("client secret"), wrong::toString);

        try (Connection owner = TestDatabase.superuser()) {
            owner.createStatement()
                    .executeUpdate(
                            "update oauth_secret set expires_at = now() - interval '1 second' where client_id = '"
                                    + client.id() + "'");
        }
        refused(client.byHeader(client.secret()));
        List<JsonNode> errors = log.entries(2, "outcome", "error");
        assertTrue(errors.getFirst().path("reason").asText().contains("secret expired at"), errors::toString);
        assertTrue(errors.getFirst().path("advice").asText().startsWith("Make another secret"), errors::toString);
        assertFalse(errors.toString().contains(client.secret().substring(24)));
    }

    @Test
    void anAccessTokenExpiresAndIsForgottenADayLater() throws Exception {
        String token = client.token();
        String id = token.split("_")[1];
        try (Connection owner = TestDatabase.superuser()) {
            owner.createStatement()
                    .executeUpdate("update token set expires_at = now() - interval '1 second' where id = '" + id + "'");
        }
        assertEquals(401, client.scim(token));
        JsonNode entry = OperatorsView.of(api).entry("outcome", "error");
        assertEquals(client.id(), entry.path("tokenId").asText(), entry::toString);
        assertTrue(entry.path("advice").asText().contains("token endpoint"), entry::toString);

        client.token();
        assertEquals(1, tokens(id));
        try (Connection owner = TestDatabase.superuser()) {
            owner.createStatement()
                    .executeUpdate("update token set expires_at = now() - interval '25 hours' where id = '" + id + "'");
        }
        client.token();
        assertEquals(0, tokens(id));
    }

    private static long tokens(String id) {
        return TestDatabase.count("select count(*) from token where id = ?", id);
    }

    @Test
    void secretsAndTokensAreStoredAsHashes() throws Exception {
        String token = client.token();
        try (Connection connection = TestDatabase.superuser()) {
            String rows = TestDatabase.query(
                            connection,
                            "select string_agg(r, ' ') from (select t::text r from token t where tenant_id = ? union all"
                                    + " select s::text from oauth_secret s where tenant_id = ?) rows",
                            api.tenant(),
                            api.tenant())
                    .getFirst();
            assertTrue(rows.contains(client.id()), rows);
            assertFalse(rows.contains(client.secret().split("_")[2]), rows);
            assertFalse(rows.contains(token.split("_")[2]), rows);
        }
    }

    @Test
    void operatorsSeeTheTokensThatTheyHaveMadeOnly() {
        client.token();
        List<String> listed = Api.admin()
                .get("/admin/api/tenants/{id}/tokens", api.tenant())
                .then()
                .statusCode(200)
                .extract()
                .path("tokens.id");
        assertEquals(List.of(api.token().split("_")[1]), listed);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost, '', http", "https://scim.example.com, /pre, https"})
    void theMetadataSaysWhereAndHow(String host, String prefix, String scheme) {
        var request = given();
        if (!prefix.isEmpty()) {
            request = request.header("X-Forwarded-Proto", scheme)
                    .header("X-Forwarded-Host", "scim.example.com")
                    .header("X-Forwarded-Prefix", prefix);
        }
        ValidatableResponse metadata = request.get("/.well-known/oauth-authorization-server/t/" + api.tenant())
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("issuer", matchesPattern(host + "(:\\d+)?" + prefix + "/t/" + api.tenant()))
                .body("grant_types_supported", equalTo(List.of("client_credentials")))
                .body("response_types_supported", equalTo(List.of()))
                .body("scopes_supported", equalTo(List.of("scim", "app")))
                .body(
                        "token_endpoint_auth_methods_supported",
                        equalTo(List.of("client_secret_basic", "client_secret_post", "private_key_jwt")));
        String issuer = metadata.extract().path("issuer");
        metadata.body("token_endpoint", equalTo(issuer + "/oauth2/token"));
        given().get("/.well-known/oauth-authorization-server/t/no-such-tenant")
                .then()
                .statusCode(404);
    }
}
