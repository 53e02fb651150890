package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All accounts of a tenant are made anew after a change of the settings that they follow from. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ReprojectionTest {

    private static final int USERS = 1_200;

    @Test
    void tellsHowFarItIs() {
        Api api = Api.newTenant();
        TestDatabase.seedUsers(api.tenant(), "user", USERS);
        api.newUser("first");
        new Accounts(api).awaitDrained();
        assertFalse(progress(api).has("startedAt"));
        try (HeldRows lock = lock(api)) {
            new Waiting(api).settings("{\"signIn\":\"password\"}");
            JsonNode due = progress(api);
            assertEquals("running", due.path("state").asText());
            assertFalse(due.has("startedAt"));
            api.newUser("second");
            assertEquals(1, progress(api).path("changesWaiting").asInt());
        }
        new Accounts(api).awaitDrained();
        JsonNode done = progress(api);
        assertEquals("idle", done.path("state").asText());
        assertEquals(USERS + 2, done.path("total").asInt());
        assertEquals(USERS + 2, done.path("done").asInt());
        assertEquals(USERS + 1, done.path("changed").asInt());
        assertEquals(0, done.path("changesWaiting").asInt());
        assertTrue(done.hasNonNull("startedAt"));
        assertTrue(done.hasNonNull("finishedAt"));
        assertEquals(USERS + 2, new Accounts(api).all().size());
    }

    @Test
    void stoppedInTheMiddleItGoesOnWithTheLatestRules() {
        Api api = Api.newTenant();
        List<String> users = TestDatabase.seedUsers(api.tenant(), "user", USERS).stream()
                .sorted()
                .toList();
        Waiting waiting = new Waiting(api);
        waiting.settings("{\"signIn\":\"password\"}");
        waiting.all();
        try (HeldRows late = new HeldRows(
                "select id from account where tenant_id = ? and resource_id = ?::uuid for update",
                api.tenant(),
                users.get(700))) {
            waiting.settings("{\"signIn\":\"sso\"}");
            Await.until("500 are done", () -> progress(api).path("done").asInt() >= 500);
            assertEquals("running", progress(api).path("state").asText());
            waiting.settings("{\"accountFields\":{\"note\":{\"constant\":\"x\"}}}");
        }
        List<JsonNode> accounts = new Accounts(api).all();
        assertEquals(USERS, accounts.size());
        accounts.forEach(account -> {
            assertEquals("sso", account.path("sign_in").asText());
            assertEquals("x", account.at("/fields/note").asText());
        });
        assertEquals(USERS, progress(api).path("done").asInt());
        assertEquals("idle", progress(api).path("state").asText());
    }

    @Test
    void settingsThatAccountsDoNotFollowFromStartNone() {
        Api api = Api.newTenant();
        api.newUser("ada");
        Waiting waiting = new Waiting(api);
        try (HeldRows lock = lock(api)) {
            waiting.settings("{\"logRetentionDays\":30}");
            waiting.settings("{\"deletionGuard\":{\"count\":5,\"windowMinutes\":60}}");
            waiting.settings("{\"requireOneOf\":[\"emails\"]}");
            waiting.settings("{\"activation\":\"manual\"}");
            assertEquals("idle", progress(api).path("state").asText());
            waiting.settings("{\"roles\":[{\"displayName\":\"A\",\"role\":\"a\"}]}");
            assertEquals("running", progress(api).path("state").asText());
        }
    }

    private static HeldRows lock(Api api) {
        new Accounts(api).awaitDrained();
        return new HeldRows("select tenant_id from projection where tenant_id = ? for update", api.tenant());
    }

    private static JsonNode progress(Api api) {
        return Json.json(Api.admin()
                .get("/admin/api/tenants/{id}/projection", api.tenant())
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }
}
