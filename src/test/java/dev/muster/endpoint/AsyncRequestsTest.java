package dev.muster.endpoint;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.AsyncCalls;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Prefer: respond-async} on a deletion, and what holds for every request that is accepted for later (RFC 9967). */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class AsyncRequestsTest {

    private static final String UNFINISHED =
            "select count(*) from async_request where tenant_id = ? and finished is null";

    private Api api;
    private Http http;
    private AsyncCalls async;

    @BeforeEach
    void createTenant() {
        api = Api.newTenant();
        http = Http.of(api);
        async = new AsyncCalls(http);
    }

    /** RFC 9967 §2.5.1.1: no body, Set-Txn, Preference-Applied, and a Location where the outcome can be got. */
    @Test
    void aDeletionIsAcceptedAndItsOutcomeIsAtTheLocation() {
        String user = api.newUser("ada");
        Answer accepted = async.accept("DELETE", "/Users/" + user, "", "Accept", "text/plain");
        assertEquals("", accepted.body());
        assertEquals("respond-async", accepted.header("Preference-Applied"));
        String txn = accepted.header("Set-Txn");
        assertEquals(7, UUID.fromString(txn).version());
        assertEquals(base() + "/.async/" + txn, accepted.header("Location"));

        Answer outcome = async.finished(txn);
        assertEquals(new JsonObject("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],"Operations":[
                            {"method":"DELETE","location":"%s/Users/%s","status":"204"}]}""".formatted(base(), user)), outcome.json());
        assertEquals(404, http.send("GET", "/Users/" + user).status());
    }

    @Test
    void isDurableBeforeItIsAnsweredAndSaysHowFarItHasCome() {
        String user = api.newUser("ada");
        try (HeldRows held = HeldRows.resource(user)) {
            String txn = async.txn("DELETE", "/Users/" + user, "");
            assertEquals(1, TestDatabase.count(UNFINISHED + " and txn = ?::uuid", api.tenant(), txn));
            Answer running = async.status(txn);
            assertEquals(202, running.status());
            assertEquals("2", running.header("Retry-After"));
            assertEquals(txn, running.json().getString("txn"));
            assertEquals(
                    new JsonObject("{\"total\":1,\"done\":0}"), running.json().getJsonObject("operations"));
            assertEquals(200, http.send("GET", "/Users/" + user).status());
        }
        Await.count(0, UNFINISHED, api.tenant());
        assertEquals(404, http.send("GET", "/Users/" + user).status());
    }

    @Test
    void whatWouldHaveBeenTheErrorIsTheOutcome() {
        String user = api.newUser("ada");
        assertOutcome("412", async.txn("DELETE", "/Users/" + user, "", "If-Match", "W/\"7\""));
        assertOutcome("404", async.txn("DELETE", "/Groups/" + user, ""));
        assertEquals(200, http.send("GET", "/Users/" + user).status());
        assertOutcome("204", async.txn("DELETE", "/Users/" + user, "", "If-Match", "W/\"1\""));
    }

    private void assertOutcome(String status, String txn) {
        JsonObject outcome =
                async.finished(txn).json().getJsonArray("Operations").getJsonObject(0);
        assertEquals(status, outcome.getString("status"));
        if (!status.equals("204")) {
            assertEquals(status, outcome.getJsonObject("response").getString("status"));
        }
    }

    /** RFC 7240 §4.3; RFC 9967 §2.5.1.1: "the "wait" preference SHOULD be supported". */
    @Test
    void isAnsweredAsEverWhenDoneWithinTheTimeThatTheClientWaits() {
        String user = api.newUser("ada");
        Answer refused = http.send(
                "DELETE",
                "/Users/" + user,
                "",
                "Prefer",
                "wait=15; x=\"y\"",
                "Prefer",
                "Respond-Async",
                "If-Match",
                "W/\"7\"");
        assertEquals(412, refused.status());
        assertEquals("412", refused.json().getString("status"));
        Answer deleted = http.send("DELETE", "/Users/" + user, "", "Prefer", "respond-async, wait=15");
        assertEquals(204, deleted.status());
        assertEquals("", deleted.body());

        String held = api.newUser("bob");
        try (HeldRows rows = HeldRows.resource(held)) {
            Instant start = Instant.now();
            Answer later = http.send("DELETE", "/Users/" + held, "", "Prefer", "respond-async, wait=1");
            assertEquals(202, later.status());
            assertTrue(Duration.between(start, Instant.now()).toMillis() >= 500, "waited");
        }
        Await.count(0, UNFINISHED, api.tenant());
    }

    /** RFC 7240 §2: a preference may be ignored. */
    @Test
    void otherRequestsAreAnsweredAtOnce() {
        Answer created = http.send("POST", "/Users", "{\"userName\":\"ada\"}", "Prefer", "respond-async");
        assertEquals(201, created.status());
        assertEquals("", created.header("Preference-Applied"));
        assertEquals(
                404,
                http.send("DELETE", "/Users/none", "", "Prefer", "respond-async")
                        .status());
        assertEquals(
                404,
                http.send("DELETE", "/None/1", "", "Prefer", "respond-async").status());
    }

    /** RFC 9967 §5: "the returned URI endpoint MUST be protected". */
    @Test
    void nobodyElseSeesTheOutcome() {
        String txn = async.txn("DELETE", "/Users/" + api.newUser("ada"), "");
        async.finished(txn);
        assertEquals(404, new AsyncCalls(Http.of(Api.newTenant())).status(txn).status());
        assertEquals(
                401, new Http(http.base(), "").send("GET", "/.async/" + txn).status());
        assertEquals(404, async.status(UUID.randomUUID().toString()).status());
        assertEquals(404, async.status("none").status());
        assertEquals(405, http.send("DELETE", "/.async/" + txn).status());
        String app = Api.admin()
                .body("{\"scope\":\"app\"}")
                .post("/admin/api/tenants/{id}/tokens", api.tenant())
                .path("token");
        assertEquals(
                403, new Http(http.base(), app).send("GET", "/.async/" + txn).status());
    }

    @Test
    void tenRequestsCanBeUnfinished() {
        String user = api.newUser("ada");
        try (HeldRows held = HeldRows.resource(user)) {
            for (int i = 0; i < 10; i++) {
                async.accept("DELETE", "/Users/" + user, "");
            }
            Answer refused = http.send("DELETE", "/Users/" + user, "", "Prefer", "respond-async");
            assertEquals(429, refused.status());
            assertEquals("5", refused.header("Retry-After"));
            assertEquals("429", refused.json().getString("status"));
            new AsyncCalls(Http.of(Api.newTenant())).accept("DELETE", "/Users/" + user, "");
        }
        Await.count(0, UNFINISHED, api.tenant());
        async.accept("DELETE", "/Users/" + user, "");
    }

    @Test
    void aRevokedTokenDoesNotStopWhatWasAcceptedWithIt() {
        String user = api.newUser("ada");
        Http other = new Http(http.base(), Api.newToken(api.tenant()));
        String txn;
        try (HeldRows held = HeldRows.resource(user)) {
            txn = async.txn("DELETE", "/Users/" + user, "");
            Api.admin()
                    .delete(
                            "/admin/api/tenants/{id}/tokens/{token}",
                            api.tenant(),
                            api.token().split("_")[1])
                    .then()
                    .statusCode(204);
            assertEquals(401, async.status(txn).status());
        }
        new AsyncCalls(other).finished(txn);
        assertEquals(404, other.send("GET", "/Users/" + user).status());
    }

    @Test
    void aDisabledTenantsRequestsWait() throws InterruptedException {
        String first = api.newUser("ada");
        String second = api.newUser("bob");
        try (HeldRows held = HeldRows.resource(first)) {
            async.accept("DELETE", "/Users/" + first, "");
            held.awaitWaiting(1);
            async.accept("DELETE", "/Users/" + second, "");
            enable(false);
        }
        Await.count(1, UNFINISHED, api.tenant());
        Thread.sleep(Duration.ofSeconds(4));
        assertEquals(1, TestDatabase.count(UNFINISHED, api.tenant()));
        assertEquals(1, TestDatabase.count("select count(*) from resource where tenant_id = ?", api.tenant()));
        enable(true);
        Await.count(0, "select count(*) from resource where tenant_id = ?", api.tenant());
    }

    private void enable(boolean enabled) {
        Api.admin()
                .body("{\"enabled\":" + enabled + "}")
                .patch("/admin/api/tenants/{id}", api.tenant())
                .then()
                .statusCode(200);
    }

    @Test
    void outcomesAreKeptForADay() throws SQLException {
        String kept = async.txn("DELETE", "/Users/" + api.newUser("ada"), "");
        String old = async.txn("DELETE", "/Users/" + api.newUser("bob"), "");
        async.finished(kept);
        async.finished(old);
        String due = "select count(*) from tenant where id = ? and async_due > now() + interval '23 hours'";
        Await.count(1, due, api.tenant());
        try (Connection connection = TestDatabase.superuser()) {
            TestDatabase.query(
                    connection,
                    "update async_request set finished = now() - interval '25 hours' where txn = ?::uuid returning txn",
                    old);
            TestDatabase.query(
                    connection, "update tenant set async_due = now() where id = ? returning id", api.tenant());
        }
        Await.count(1, "select count(*) from async_result where tenant_id = ?", api.tenant());
        assertEquals(404, async.status(old).status());
        assertEquals(200, async.status(kept).status());
        Await.count(1, due, api.tenant());
    }

    @Test
    void areErasedWithTheTenant() {
        String user = api.newUser("ada");
        async.finished(async.txn("DELETE", "/Users/" + api.newUser("bob"), ""));
        try (HeldRows held = HeldRows.resource(user)) {
            async.accept("DELETE", "/Users/" + user, "");
            held.awaitWaiting(1);
            async.accept("DELETE", "/Users/" + user, "");
            enable(false);
        }
        Await.count(1, UNFINISHED, api.tenant());
        Api.admin().delete("/admin/api/tenants/{id}", api.tenant()).then().statusCode(anyOf(is(202), is(204)));
        Await.count(0, "select count(*) from async_request where tenant_id = ?", api.tenant());
        Await.count(0, "select count(*) from async_result where tenant_id = ?", api.tenant());
    }

    private String base() {
        return "http://127.0.0.1:" + RestAssured.port + api.base();
    }
}
