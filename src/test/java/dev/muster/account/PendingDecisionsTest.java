package dev.muster.account;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.audit.OperatorsView;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What operators decide of what the deletion guard holds, and of users whose accounts are not sure. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class PendingDecisionsTest {

    private static final String NOTHING_PASSES = "{\"deletionGuard\":{\"count\":0,\"windowMinutes\":60}}";
    private static final String REVIEW = "{\"matching\":{\"by\":[\"externalId\",\"email\"],\"review\":[\"email\"]}}";

    @Test
    void theHeldListSaysWhoAndSinceWhen() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        deactivate(api, ada);
        JsonNode held = waiting.only();
        assertEquals("deletion-guard", held.path("reason").asText());
        assertEquals("ada", held.at("/who/userName").asText());
        assertEquals("deactivate", held.path("action").asText());
        assertEquals(
                "{\"from\":\"active\",\"to\":\"inactive\"}",
                held.at("/changes/status").toString());
        assertEquals(status(api, "ada"), "active");
        api.scim().delete("/Users/" + ada).then().statusCode(204);
        assertEquals("ada", waiting.only().at("/who/userName").asText());
        assertEquals(held.path("since"), waiting.only().path("since"));
    }

    @Test
    void holdingAlertsByEventLogAndMetric() {
        Logger log = Logger.getLogger("dev.muster.account.HeldAlert");
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(String.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            Api api = Api.newTenant(NOTHING_PASSES);
            String ada = api.newUser("ada");
            Accounts accounts = new Accounts(api);
            accounts.awaitDrained();
            deactivate(api, ada);
            assertEquals(List.of("account.created", "tenant.deletions-held"), accounts.events());
            // The event is committed with what it tells of; operators are told afterwards.
            Await.until(
                    "a line in the log of the server",
                    () -> lines.stream().anyMatch(line -> line.contains("tenant=" + api.tenant())));
            RestAssured.get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(containsString("muster_deletions_held_total{tenant=\"" + api.tenant() + "\"} 1.0"));
        } finally {
            log.removeHandler(handler);
        }
    }

    @Test
    void approvedItIsCarriedOut() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        deactivate(api, ada);
        waiting.all();
        waiting.post(ada + "/approve", "").statusCode(202);
        assertEquals(List.of(), waiting.all());
        assertEquals("inactive", status(api, "ada"));
        waiting.post(ada + "/approve", "").statusCode(404).body("status", equalTo(404));
    }

    @Test
    void approvedWhatHasBeenUndoneDoesNothing() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        deactivate(api, ada);
        waiting.all();
        waiting.settings("{\"mode\":\"dry-run\"}");
        assertEquals("deletion-guard", waiting.only().path("reason").asText());
        List<String> events = new Accounts(api).events();
        try (HeldRows lock =
                new HeldRows("select tenant_id from projection where tenant_id = ? for update", api.tenant())) {
            patch(
                    api,
                    ada,
                    "{\"op\":\"replace\",\"path\":\"active\",\"value\":true},{\"op\":\"add\",\"path\":\"title\",\"value\":\"T\"}");
            waiting.post(ada + "/approve", "").statusCode(202);
        }
        JsonNode left = waiting.only();
        assertEquals("dry-run", left.path("reason").asText());
        assertEquals("update", left.path("action").asText());
        assertEquals("active", status(api, "ada"));
        assertEquals(events, new Accounts(api).events());
    }

    @Test
    void approvedInDryRunItIsCarriedOut() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        api.scim().delete("/Users/" + ada).then().statusCode(204);
        waiting.all();
        waiting.settings("{\"mode\":\"dry-run\"}");
        assertEquals(0, waiting.release());
        assertEquals("active", status(api, "ada"));
        waiting.post(ada + "/approve", "").statusCode(202);
        assertEquals(List.of(), waiting.all());
        assertEquals("inactive", status(api, "ada"));
    }

    @Test
    void releasedInDryRunDeprovisioningsStillMeetTheGuard() {
        Api api = Api.newTenant();
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        waiting.settings("{\"mode\":\"dry-run\",\"deletionGuard\":{\"count\":0,\"windowMinutes\":60}}");
        deactivate(api, ada);
        assertEquals("dry-run", waiting.only().path("reason").asText());
        assertEquals(1, waiting.release());
        assertEquals("deletion-guard", waiting.only().path("reason").asText());
        assertEquals(0, waiting.release());
        assertEquals("active", status(api, "ada"));
    }

    @Test
    void rejectedTheAccountStaysUntilItsUserIsActiveAgain() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        deactivate(api, ada);
        waiting.all();
        waiting.post(ada + "/reject", "").statusCode(202);
        assertEquals(List.of(), waiting.all());
        assertEquals("active", status(api, "ada"));
        patch(api, ada, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"T\"}");
        waiting.settings("{\"signIn\":\"password\"}");
        assertEquals(List.of(), waiting.all());
        JsonNode kept = new Accounts(api).named("ada");
        assertEquals("active", kept.path("status").asText());
        assertTrue(kept.path("kept").asBoolean());
        assertTrue(kept.at("/fields/title").isMissingNode());

        patch(api, ada, "{\"op\":\"replace\",\"path\":\"active\",\"value\":true}");
        assertEquals("T", new Accounts(api).named("ada").at("/fields/title").asText());
        deactivate(api, ada);
        assertEquals("deletion-guard", waiting.only().path("reason").asText());
    }

    @Test
    void aGoneUsersKeptAccountIsTheirsWhenTheyComeBack() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String first = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        api.scim().delete("/Users/" + first).then().statusCode(204);
        waiting.all();
        waiting.post("reject", "{\"reason\":\"deletion-guard\"}")
                .statusCode(202)
                .body("decided", equalTo(1));
        JsonNode kept = new Accounts(api).named("ada");
        assertTrue(kept.path("resource_id").isNull());
        assertEquals("active", kept.path("status").asText());
        String second = api.newUser("ada");
        JsonNode back = new Accounts(api).named("ada");
        assertEquals(kept.path("id"), back.path("id"));
        assertEquals(second, back.path("resource_id").asText());
    }

    @Test
    void whoComesBackWhileHeldHasTheirAccountAndNothingWaits() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String first = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        try (HeldRows lock =
                new HeldRows("select tenant_id from projection where tenant_id = ? for update", api.tenant())) {
            api.scim().delete("/Users/" + first).then().statusCode(204);
            api.newUser("ada");
        }
        assertEquals(List.of(), waiting.all());
        Accounts accounts = new Accounts(api);
        assertEquals(1, accounts.all().size());
        assertEquals("active", status(api, "ada"));
        // Whether both writes are in one turn or in two, it has been held once.
        assertEquals(
                List.of("account.created", "account.updated", "tenant.deletions-held"),
                accounts.events().stream().sorted().toList());
        assertEquals(1, TestDatabase.count("select accounts_in_use from projection where tenant_id = ?", api.tenant()));
    }

    @Test
    void decidesOfManyAtOnce() {
        Api api = Api.newTenant(NOTHING_PASSES);
        List<String> ids = List.of(api.newUser("a"), api.newUser("b"), api.newUser("c"));
        Waiting waiting = new Waiting(api);
        waiting.all();
        ids.forEach(id -> deactivate(api, id));
        waiting.all();
        waiting.post("approve", "{\"ids\":[\"" + ids.get(0) + "\",\"" + UUID.randomUUID() + "\"]}")
                .statusCode(202)
                .body("decided", equalTo(1));
        assertEquals(2, waiting.all().size());
        waiting.post("approve", "{\"reason\":\"deletion-guard\"}")
                .statusCode(202)
                .body("decided", equalTo(2));
        assertEquals(List.of(), waiting.all());
        waiting.post("approve", "{}").statusCode(400).body("field", equalTo("ids"));
        waiting.post("approve", "{\"reason\":\"dry-run\"}").statusCode(400).body("field", equalTo("reason"));
    }

    @Test
    void aReviewIsLinkedOrCreated() {
        Api api = Api.newTenant(REVIEW);
        UUID[] accounts = freeAccounts(api, "ada@example.com", "bob@example.com");
        String ada = withEmail(api, "ada", "ada@example.com");
        String bob = withEmail(api, "bob", "bob@example.com");
        Waiting waiting = new Waiting(api);
        JsonNode entry = waiting.of(ada);
        assertEquals("review", entry.path("reason").asText());
        assertEquals("link", entry.path("action").asText());
        assertEquals(accounts[0].toString(), entry.at("/candidates/0/id").asText());
        assertEquals("ada@example.com", entry.at("/candidates/0/email").asText());
        waiting.post(ada + "/approve", "").statusCode(409);
        waiting.post(ada + "/link", "{}").statusCode(400).body("field", equalTo("accountId"));
        waiting.post(ada + "/link", "{\"accountId\":\"" + accounts[1] + "\"}")
                .statusCode(400)
                .body("field", equalTo("accountId"));

        waiting.post(ada + "/link", "{\"accountId\":\"" + accounts[0] + "\"}").statusCode(202);
        waiting.post(bob + "/create", "").statusCode(202);

        assertEquals(List.of(), waiting.all());
        assertEquals(
                accounts[0].toString(),
                new Accounts(api).named("ada").path("id").asText());
        assertEquals(3, new Accounts(api).all().size());
    }

    @Test
    void aConflictIsNotLinkedToAnAccountThatIsSomebodyElsesByNow() {
        Api api = Api.newTenant("{\"matching\":{\"by\":[\"email\"]}}");
        UUID[] accounts = freeAccounts(api, "same@example.com", "same@example.com");
        String ada = withEmail(api, "ada", "same@example.com");
        String bob = withEmail(api, "bob", "same@example.com");
        Waiting waiting = new Waiting(api);
        JsonNode entry = waiting.of(ada);
        assertEquals("conflict", entry.path("reason").asText());
        assertEquals("none", entry.path("action").asText());
        assertEquals("ada", entry.at("/who/userName").asText());
        assertEquals(2, entry.path("candidates").size());
        waiting.post(ada + "/link", "{\"accountId\":\"" + accounts[0] + "\"}").statusCode(202);
        new Accounts(api).awaitDrained();
        waiting.post(bob + "/link", "{\"accountId\":\"" + accounts[0] + "\"}").statusCode(409);
        waiting.post(bob + "/link", "{\"accountId\":\"" + accounts[1] + "\"}").statusCode(202);
        assertEquals(List.of(), waiting.all());
        assertEquals(2, new Accounts(api).all().size());
    }

    @Test
    void decisionsStandInTheLog() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        deactivate(api, ada);
        waiting.all();
        String request =
                waiting.post(ada + "/approve", "").statusCode(202).extract().header("X-Request-Id");
        JsonNode entry = OperatorsView.of(api).entry("requestId", request);
        assertEquals("operator", entry.path("actor").asText());
        assertEquals("Pending", entry.path("resourceType").asText());
        assertEquals(ada, entry.path("resourceId").asText());
        assertEquals("[\"approve\"]", entry.at("/changes/changed").toString());
    }

    @Test
    void otherTenantsDecideNothingHere() {
        Api api = Api.newTenant(NOTHING_PASSES);
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        deactivate(api, ada);
        waiting.all();
        Waiting others = new Waiting(Api.newTenant());
        others.post(ada + "/approve", "").statusCode(404);
        others.post("approve", "{\"ids\":[\"" + ada + "\"]}").statusCode(202).body("decided", equalTo(0));
        assertEquals(1, waiting.all().size());
        waiting.post("x/approve", "").statusCode(400).body("field", equalTo("resourceId"));
    }

    /** Accounts as an import leaves them: without a user. */
    private static UUID[] freeAccounts(Api api, String... emails) {
        UUID[] ids = new UUID[emails.length];
        for (int i = 0; i < emails.length; i++) {
            ids[i] = UUID.randomUUID();
            TestDatabase.count(
                    "with added as (insert into account (tenant_id, id, status, activated, kept, email, email_key, roles,"
                            + " sign_in, fields, version, created, last_modified)"
                            + " values (?, ?, 'active', true, false, ?, ?, '{}', 'sso', '{}', 1, now(), now()) returning 1)"
                            + " select count(*) from added",
                    api.tenant(),
                    ids[i],
                    emails[i],
                    emails[i]);
        }
        return ids;
    }

    private static String withEmail(Api api, String userName, String email) {
        return api.create(
                        "/Users",
                        Map.of("userName", userName, "emails", List.of(Map.of("type", "work", "value", email))))
                .path("id");
    }

    private static String status(Api api, String userName) {
        return new Accounts(api).named(userName).path("status").asText();
    }

    private static void deactivate(Api api, String user) {
        patch(api, user, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
    }

    private static void patch(Api api, String user, String operations) {
        api.scim()
                .body("{\"Operations\":[" + operations + "]}")
                .patch("/Users/" + user)
                .then()
                .statusCode(200);
    }
}
