package dev.muster.account;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product's own accounts are taken over, and find their users in the first synchronisation. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class AccountImportTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final String ADA = """
            {"productId":"p-1","externalId":"e-1","userName":"Ada","email":"ada@example.com","employeeNumber":"n-1",\
            "department":"IT","status":"active","fields":{"plan":"pro","seats":2,"rate":1.50,"big":1e2,"vip":true}}""";

    private static final String NDJSON = "application/x-ndjson";
    private static final EncoderConfig AS_TEXT =
            new EncoderConfig().defaultContentCharset("UTF-8").encodeContentTypeAs(NDJSON, ContentType.TEXT);

    private static ValidatableResponse load(Api api, String... lines) {
        return Api.admin()
                .config(RestAssured.config().encoderConfig(AS_TEXT))
                .contentType(NDJSON)
                .body(String.join("\n", lines))
                .post("/admin/api/tenants/{id}/accounts/import", api.tenant())
                .then();
    }

    private static void counts(ValidatableResponse answer, int imported, int updated, int unchanged, int failed) {
        answer.statusCode(200)
                .body("lines", equalTo(imported + updated + unchanged + failed))
                .body("imported", equalTo(imported))
                .body("updated", equalTo(updated))
                .body("unchanged", equalTo(unchanged))
                .body("failed", equalTo(failed));
    }

    private static long inUse(Api api) {
        return TestDatabase.count("select accounts_in_use from projection where tenant_id = ?", api.tenant());
    }

    private static String matching(String... keys) {
        return "{\"matching\":{\"by\":[\"" + String.join("\",\"", keys) + "\"]}}";
    }

    @Test
    void theSameFileTwiceChangesNothing() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        counts(load(api, ADA, "", "{\"productId\":\"p-2\",\"userName\":\"Bob\",\"status\":\"blocked\"}\r"), 2, 0, 0, 0);
        JsonNode ada = accounts.named("Ada");
        assertEquals("p-1", ada.path("product_id").asText());
        assertEquals("active", ada.path("status").asText());
        assertEquals("pro", ada.path("fields").path("plan").asText());
        assertTrue(ada.path("resource_id").isNull());
        assertEquals("blocked", accounts.named("Bob").path("status").asText());
        assertEquals(1, inUse(api));

        counts(load(api, ADA, "{\"productId\":\"p-2\",\"userName\":\"Bob\",\"status\":\"blocked\"}"), 0, 0, 2, 0);
        assertEquals(ada, accounts.named("Ada"));

        counts(load(api, ADA.replace("\"active\"", "\"inactive\"")), 0, 1, 0, 0);
        assertEquals("inactive", accounts.named("Ada").path("status").asText());
        assertEquals(ada.path("id"), accounts.named("Ada").path("id"));
        assertEquals(0, inUse(api));
        assertEquals(List.of(), accounts.events());
    }

    @Test
    void theLastOfSeveralLinesOfOneAccountCounts() {
        Api api = Api.newTenant();
        counts(load(api, ADA, ADA, ADA.replace("\"Ada\"", "\"Ida\"")), 1, 1, 1, 0);
        assertEquals("p-1", new Accounts(api).named("Ida").path("product_id").asText());
        assertEquals(1, new Accounts(api).all().size());
    }

    @ParameterizedTest
    @CsvSource({"externalId", "userName", "email", "employeeNumber"})
    void theFirstSynchronisationFindsTheAccount(String key) {
        Api api = Api.newTenant(matching(key));
        Accounts accounts = new Accounts(api);
        load(api, ADA, "{\"productId\":\"p-2\",\"userName\":\"Bob\"}").statusCode(200);
        String account = accounts.named("Ada").path("id").asText();

        Map<String, Object> user = new LinkedHashMap<>();
        user.put("userName", key.equals("userName") ? "ADA" : "other");
        switch (key) {
            case "externalId" -> user.put("externalId", "e-1");
            case "email" -> user.put("emails", List.of(Map.of("value", "ADA@example.com")));
            case "employeeNumber" -> user.put(ENTERPRISE, Map.of("employeeNumber", "n-1"));
            default -> user.put("title", "x");
        }
        String resource = api.create("/Users", user).path("id");

        JsonNode linked = accounts.named(user.get("userName").toString());
        assertEquals(account, linked.path("id").asText());
        assertEquals(resource, linked.path("resource_id").asText());
        assertEquals("p-1", linked.path("product_id").asText());
        assertEquals("active", linked.path("status").asText());
        assertEquals(2, accounts.all().size());
        assertEquals(2, inUse(api));
    }

    @Test
    void whatIsNotAmongTheMatchingAttributesLinksNothing() {
        Api api = Api.newTenant(matching("externalId"));
        load(api, ADA).statusCode(200);
        api.newUser("ada");
        assertEquals(2, new Accounts(api).all().size());
    }

    @Test
    void aUserThatNobodyKnowsGetsANewAccount() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        load(api, ADA).statusCode(200);
        api.newUser("eve");
        assertTrue(accounts.named("eve").path("product_id").isNull());
        assertEquals(List.of("account.created"), accounts.events());
    }

    @Test
    void whatWasRecognisedByEmailWaitsForReviewWhereTheSettingAsks() {
        Api api = Api.newTenant("{\"matching\":{\"by\":[\"externalId\",\"email\"],\"review\":[\"email\"]}}");
        Accounts accounts = new Accounts(api);
        load(api, ADA).statusCode(200);
        String account = accounts.named("Ada").path("id").asText();
        api.create("/Users", Map.of("userName", "lovelace", "emails", List.of(Map.of("value", "ada@example.com"))));

        JsonNode waiting = accounts.pending().getFirst();
        assertEquals("review", waiting.path("reason").asText());
        assertEquals(account, waiting.path("candidates").path(0).asText());
        assertEquals(1, accounts.all().size());
        assertTrue(accounts.named("Ada").path("resource_id").isNull());
    }

    @Test
    void twoCandidatesAreAConflictAndNobodyGuesses() {
        Api api = Api.newTenant(matching("userName", "email"));
        Accounts accounts = new Accounts(api);
        load(api, ADA, "{\"productId\":\"p-2\",\"userName\":\"lovelace\"}").statusCode(200);
        api.create("/Users", Map.of("userName", "lovelace", "emails", List.of(Map.of("value", "ada@example.com"))));

        JsonNode waiting = accounts.pending().getFirst();
        assertEquals("conflict", waiting.path("reason").asText());
        assertEquals(
                accounts.all().stream().map(one -> one.path("id").asText()).collect(Collectors.toSet()),
                StreamSupport.stream(waiting.path("candidates").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet()));
        accounts.all().forEach(account -> assertTrue(account.path("resource_id").isNull()));
    }

    @Test
    void theActiveAccountOfADisabledUserBecomesInactive() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        load(api, ADA).statusCode(200);
        api.create("/Users", Map.of("userName", "Ada", "active", false));
        assertEquals("inactive", accounts.named("Ada").path("status").asText());
        assertEquals(List.of("account.deactivated"), accounts.events());
        assertEquals(0, inUse(api));
    }

    @Test
    void anImportDoesNotChangeWhatAUserIsLinkedTo() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        load(api, ADA).statusCode(200);
        String user = api.create("/Users", Map.of("userName", "Ada", "title", "Countess"))
                .path("id");
        JsonNode linked = accounts.named("Ada");
        assertNotEquals("ada@example.com", linked.path("email").asText());

        counts(load(api, ADA), 0, 0, 1, 0);
        assertEquals(linked, accounts.named("Ada"));

        api.scim().delete("/Users/" + user).then().statusCode(204);
        JsonNode left = accounts.named("Ada");
        assertEquals("inactive", left.path("status").asText());
        counts(load(api, ADA), 0, 0, 1, 0);
        assertEquals(
                left, accounts.named("Ada"), "an import does not let back in whom the identity provider has let go");
    }

    @Test
    void whatTheDeletionGuardHoldsIsNotTheImportsEither() {
        Api api = Api.newTenant("{\"deletionGuard\":{\"count\":0,\"windowMinutes\":60}}");
        Accounts accounts = new Accounts(api);
        load(api, ADA).statusCode(200);
        String user = api.newUser("Ada");
        accounts.awaitDrained();
        api.scim().delete("/Users/" + user).then().statusCode(204);
        assertEquals(
                "deletion-guard", accounts.pending().getFirst().path("reason").asText());
        JsonNode held = accounts.named("Ada");
        counts(load(api, ADA), 0, 0, 1, 0);
        assertEquals(held, accounts.named("Ada"));
    }

    @Test
    void whoWasProvisionedBeforeIsListedAndGetsNoDouble() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        api.newUser("ada");
        String account = accounts.named("ada").path("id").asText();

        ValidatableResponse answer = load(api, "{\"productId\":\"p-2\",\"userName\":\"Bob\"}", ADA);

        counts(answer, 1, 0, 0, 1);
        answer.body("errors[0].line", equalTo(2))
                .body("errors[0].field", equalTo("userName"))
                .body("errors[0].reason", containsString(account));
        assertEquals(2, accounts.all().size());
        assertTrue(accounts.named("ada").path("product_id").isNull());
    }

    @Test
    void whoHasBeenErasedIsNotImportedAgain() {
        Api api = Api.newTenant("{\"deprovisioning\":{\"action\":\"delete\"}}");
        Accounts accounts = new Accounts(api);
        load(api, ADA).statusCode(200);
        String user = api.newUser("Ada");
        accounts.awaitDrained();
        api.scim().delete("/Users/" + user).then().statusCode(204);
        accounts.awaitDrained();

        ValidatableResponse answer = load(api, ADA);

        counts(answer, 0, 0, 0, 1);
        answer.body("errors[0].field", equalTo("productId"));
        assertEquals("deleted", accounts.all().getFirst().path("status").asText());
        assertTrue(accounts.all().getFirst().path("user_name").isNull());
    }

    @Test
    void whatTheProductHasBlockedIsErasedWhenTheRetentionEnds() {
        Api api = Api.newTenant("{\"deprovisioning\":{\"action\":\"block\",\"retentionDays\":30}}");
        String blocked = ADA.replace("\"active\"", "\"blocked\"");
        load(api, blocked).statusCode(200);
        JsonNode account = new Accounts(api).named("Ada");
        assertTrue(account.path("erase_at").isTextual());
        counts(load(api, blocked), 0, 0, 1, 0);
        load(api, ADA).statusCode(200);
        assertTrue(new Accounts(api).named("Ada").path("erase_at").isNull());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            [1]|/
            {"productId":"p"|/
            {"productId":"p"} {"productId":"q"}|/
            {"productId":"p","productId":"q"}|/
            {"userName":"x"}|productId
            {"productId":""}|productId
            {"productId":7}|productId
            {"productId":"p","status":"deleted"}|status
            {"productId":"p","status":"Active"}|status
            {"productId":"p","mail":"x"}|mail
            {"productId":"p","userName":["x"]}|userName
            {"productId":"p","userName":"a\\u0000b"}|userName
            {"productId":"p","userName":"\\ud800"}|userName
            {"productId":"p","fields":"x"}|fields
            {"productId":"p","fields":{"a":{"b":1}}}|fields.a
            {"productId":"p","fields":{"a":1e999999999}}|fields.a
            {"productId":"p","fields":{"a":"\\u0000"}}|fields.a
            """)
    void aLineThatIsWrongIsNamedAndDoesNotStopTheOthers(String line, String field) {
        Api api = Api.newTenant();
        ValidatableResponse answer = load(api, "{\"productId\":\"p-2\"}", line, ADA);
        counts(answer, 2, 0, 0, 1);
        answer.body("errors[0].line", equalTo(2)).body("errors[0].field", equalTo(field));
        assertEquals(2, new Accounts(api).all().size());
    }

    @Test
    void aLineThatIsTooLongIsSkipped() {
        Api api = Api.newTenant();
        ValidatableResponse answer =
                load(api, "{\"productId\":\"p-2\",\"fields\":{\"a\":\"" + "x".repeat(200_000) + "\"}}", ADA);
        counts(answer, 1, 0, 0, 1);
        answer.body("errors[0].line", equalTo(1));
    }

    @Test
    void onlyTheFirstHundredErrorsAreShown() {
        Api api = Api.newTenant();
        ValidatableResponse answer =
                load(api, IntStream.range(0, 2_500).mapToObj(i -> "x").toArray(String[]::new));
        counts(answer, 0, 0, 0, 2_500);
        answer.body("errors.size()", equalTo(100)).body("errors[99].line", equalTo(100));
    }

    @Test
    void noBodyIsTooLarge() {
        Api api = Api.newTenant();
        String filling = "x".repeat(6_000);
        String[] lines = IntStream.range(0, 2_500)
                .mapToObj(i -> "{\"productId\":\"p-" + i + "\",\"userName\":\"user-" + i + "\",\"fields\":{\"note\":\""
                        + filling + "\"}}")
                .toArray(String[]::new);
        assertTrue((long) lines.length * filling.length() > 10 << 20, "more than a request may have elsewhere");
        counts(load(api, lines), 2_500, 0, 0, 0);
        assertEquals(2_500, inUse(api));
        assertEquals(2_500, imported(api));
    }

    @Test
    void aClientThatGoesAwayLeavesWholeBatches() throws IOException {
        Api api = Api.newTenant();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 2_500; i++) {
            body.append("{\"productId\":\"p-").append(i).append("\"}\n");
        }
        try (Socket client = new Socket("127.0.0.1", RestAssured.port)) {
            String head = "POST /admin/api/tenants/" + api.tenant() + "/accounts/import HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Bearer admin\r\nContent-Type: " + NDJSON
                    + "\r\nContent-Length: 100000000\r\n\r\n";
            client.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            Await.until("two batches are imported", () -> imported(api) == 2_000);
        }
        load(api, "{\"productId\":\"later\"}").statusCode(200);
        assertEquals(2_001, imported(api));
        assertEquals(2_001, inUse(api));
    }

    private static long imported(Api api) {
        return TestDatabase.count("select count(*) from account where tenant_id = ?", api.tenant());
    }

    @Test
    void onlyNdjsonOfAnOperatorForATenantThatIsThereIsTaken() {
        Api api = Api.newTenant();
        Api.admin()
                .body(ADA)
                .post("/admin/api/tenants/{id}/accounts/import", api.tenant())
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .header("Connection", "close");
        load(new Api("nobody", ""), ADA)
                .statusCode(404)
                .contentType("application/problem+json")
                .header("Connection", "close");
        load(api, "").statusCode(200).header("Connection", nullValue());
        Api.admin()
                .auth()
                .preemptive()
                .oauth2(api.token())
                .config(RestAssured.config().encoderConfig(AS_TEXT))
                .contentType(NDJSON)
                .body(ADA)
                .post("/admin/api/tenants/{id}/accounts/import", api.tenant())
                .then()
                .statusCode(401);
        assertEquals(List.of(), new Accounts(api).all());
    }

    @Test
    void anImportOfOneTenantIsNotSeenByAnother() {
        Api ours = Api.newTenant();
        Api theirs = Api.newTenant();
        counts(load(ours, ADA), 1, 0, 0, 0);
        counts(load(theirs, ADA), 1, 0, 0, 0);
        theirs.newUser("Ada");
        new Accounts(theirs).awaitDrained();
        assertTrue(new Accounts(ours).named("Ada").path("resource_id").isNull());
    }
}
