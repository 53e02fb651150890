package dev.muster.account;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.HeldRows;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dry-run: what is written waits, is shown as what release would do, and is released all or in part. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class DryRunTest {

    private static final String DRY_RUN = "{\"mode\":\"dry-run\"}";

    @Test
    void showsWhatReleaseWouldCreate() {
        Api api = Api.newTenant(DRY_RUN);
        String ada = api.create(
                        "/Users",
                        Map.of(
                                "userName", "ada",
                                "externalId", "e-1",
                                "displayName", "Ada Lovelace",
                                "emails", List.of(Map.of("type", "work", "value", "ada@example.com"))))
                .path("id");

        JsonNode entry = new Waiting(api).only();
        assertEquals(ada, entry.path("resourceId").asText());
        assertEquals("User", entry.path("type").asText());
        assertEquals("dry-run", entry.path("reason").asText());
        assertTrue(entry.hasNonNull("since"));
        assertEquals("ada", entry.at("/who/userName").asText());
        assertEquals("e-1", entry.at("/who/externalId").asText());
        assertEquals("Ada Lovelace", entry.at("/who/displayName").asText());
        assertEquals("ada@example.com", entry.at("/who/email").asText());
        assertEquals("create", entry.path("action").asText());
        assertEquals("{\"to\":\"active\"}", entry.at("/changes/status").toString());
        assertEquals(
                "{\"to\":\"Ada Lovelace\"}",
                entry.path("changes").path("fields.displayName").toString());
    }

    @Test
    void showsUpdatesDeactivationsAndDeletions() {
        Api api = Api.newTenant();
        String updated = api.newUser("updated");
        String deactivated = api.newUser("deactivated");
        String deleted = api.newUser("deleted");
        new Accounts(api).awaitDrained();
        Waiting waiting = new Waiting(api);
        waiting.settings("{\"mode\":\"dry-run\",\"deprovisioning\":{\"action\":\"delete\"}}");
        patch(api, updated, "{\"op\":\"add\",\"path\":\"title\",\"value\":\"Countess\"}");
        patch(api, deactivated, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}");
        api.scim().delete("/Users/" + deleted).then().statusCode(204);

        assertEquals("update", waiting.of(updated).path("action").asText());
        assertEquals(
                "{\"fields.title\":{\"to\":\"Countess\"}}",
                waiting.of(updated).path("changes").toString());
        assertEquals("deactivate", waiting.of(deactivated).path("action").asText());
        assertEquals(
                "{\"status\":{\"from\":\"active\",\"to\":\"inactive\"}}",
                waiting.of(deactivated).path("changes").toString());
        assertEquals("delete", waiting.of(deleted).path("action").asText());
        assertEquals("deleted", waiting.of(deleted).at("/who/userName").asText());
        waiting.settings("{\"deprovisioning\":{\"action\":\"block\"}}");
        assertEquals("block", waiting.of(deactivated).path("action").asText());
    }

    @Test
    void releasesAllWithMembersAndRoles() {
        Api api = Api.newTenant("{\"mode\":\"dry-run\",\"roles\":[{\"displayName\":\"Admins\",\"role\":\"admin\"}]}");
        String ada = api.newUser("ada");
        String group = api.create("/Groups", Map.of("displayName", "Admins", "members", List.of(Map.of("value", ada))))
                .path("id");
        Waiting waiting = new Waiting(api);
        JsonNode entry = waiting.of(group);
        assertEquals("create", entry.path("action").asText());
        assertEquals("{\"added\":1,\"removed\":0}", entry.path("members").toString());
        assertEquals("Admins", entry.at("/who/displayName").asText());
        JsonNode summary = waiting.summary();
        assertEquals(2, summary.path("total").asInt());
        assertEquals(
                "{\"reason\":\"dry-run\",\"type\":\"User\",\"count\":1}",
                summary.at("/counts/1").toString());

        assertEquals(2, waiting.release());

        Accounts accounts = new Accounts(api);
        assertEquals("[\"admin\"]", accounts.named("ada").path("roles").toString());
        assertEquals(List.of(), waiting.all());
        List<String> events = accounts.events();
        assertEquals(0, waiting.release());
        assertEquals(events, accounts.events());
    }

    @Test
    void releasesChosenOnes() {
        Api api = Api.newTenant(DRY_RUN);
        String ada = api.newUser("ada");
        api.newUser("bob");
        Waiting waiting = new Waiting(api);
        waiting.all();

        waiting.post("release", "{\"ids\":[\"" + ada + "\"]}").statusCode(202).body("released", equalTo(1));

        Accounts accounts = new Accounts(api);
        assertEquals(ada, accounts.named("ada").path("resource_id").asText());
        assertEquals(1, accounts.all().size());
        assertEquals("bob", waiting.only().at("/who/userName").asText());
    }

    @Test
    void releasesWithoutABody() {
        Api api = Api.newTenant(DRY_RUN);
        api.newUser("ada");
        new Accounts(api).awaitDrained();
        Api.admin()
                .post("/admin/api/tenants/{id}/pending/release", api.tenant())
                .then()
                .statusCode(202)
                .body("released", equalTo(1));
        RestAssured.given()
                .noContentType()
                .header("Authorization", "Bearer admin")
                .post("/admin/api/tenants/{id}/pending/release", api.tenant())
                .then()
                .statusCode(202);
    }

    @Test
    void aReleaseThatWasInterruptedGoesOn() {
        Api api = Api.newTenant(DRY_RUN);
        TestDatabase.seedUsers(api.tenant(), "user", 600);
        Waiting waiting = new Waiting(api);
        waiting.settings("{\"signIn\":\"password\"}");
        assertEquals(600, waiting.summary().path("total").asInt());
        try (HeldRows lock =
                new HeldRows("select tenant_id from projection where tenant_id = ? for update", api.tenant())) {
            assertEquals(600, waiting.release());
            // As it stands when a server has died after a turn: some are applied, the others are in the log.
            assertEquals(600, TestDatabase.count("select count(*) from change where tenant_id = ?", api.tenant()));
            assertEquals(600, waiting.release());
        }
        Accounts accounts = new Accounts(api);
        assertEquals(600, accounts.all().size());
        assertEquals(600, accounts.events().size());
        assertEquals(0, waiting.summary().path("total").asInt());
    }

    @Test
    void whatIsTakenBackWaitsNoMore() {
        Api api = Api.newTenant(DRY_RUN);
        Waiting waiting = new Waiting(api);
        String ada = api.newUser("ada");
        String group = api.create("/Groups", Map.of("displayName", "A")).path("id");
        assertEquals(2, waiting.all().size());
        waiting.release();
        assertEquals(List.of(), waiting.all());
        String add = "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"}]}";
        patchGroup(api, group, add);
        assertEquals("update", waiting.only().path("action").asText());
        patchGroup(api, group, "{\"op\":\"remove\",\"path\":\"members\"}");
        assertEquals(List.of(), waiting.all());
        String brief = api.create("/Groups", Map.of("displayName", "Brief")).path("id");
        waiting.all();
        api.scim().delete("/Groups/" + brief).then().statusCode(204);
        String nobody = api.newUser("nobody");
        waiting.all();
        api.scim().delete("/Users/" + nobody).then().statusCode(204);
        assertEquals(List.of(), waiting.all());
    }

    @Test
    void whoComesBackInDryRunIsLinkedToTheirAccount() {
        Api api = Api.newTenant();
        String first = api.newUser("ada");
        Accounts accounts = new Accounts(api);
        JsonNode before = accounts.named("ada");
        Waiting waiting = new Waiting(api);
        waiting.settings(DRY_RUN);
        api.scim().delete("/Users/" + first).then().statusCode(204);
        String second = api.newUser("ada");

        assertEquals("deactivate", waiting.of(first).path("action").asText());
        assertEquals("link", waiting.of(second).path("action").asText());
        assertEquals(before, accounts.named("ada"));

        waiting.post("release", "{\"ids\":[\"" + second + "\"]}").statusCode(202);
        assertEquals(List.of(), waiting.all());
        assertEquals(before.path("id"), accounts.named("ada").path("id"));
        assertEquals(second, accounts.named("ada").path("resource_id").asText());
        assertEquals("active", accounts.named("ada").path("status").asText());
    }

    @Test
    void pagesHaveNoGapAndNoDouble() {
        Api api = Api.newTenant(DRY_RUN);
        Set<String> ids = new HashSet<>(TestDatabase.seedUsers(api.tenant(), "user", 25));
        Waiting waiting = new Waiting(api);
        waiting.settings("{\"signIn\":\"password\"}");
        ids.add(api.create("/Groups", Map.of("displayName", "A")).path("id"));
        waiting.summary();
        Set<String> seen = new HashSet<>();
        JsonNode page = waiting.page("limit", 7);
        int pages = 1;
        while (true) {
            page.path("pending")
                    .forEach(entry ->
                            assertTrue(seen.add(entry.path("resourceId").asText())));
            if (page.path("nextCursor").isNull()) {
                break;
            }
            page = waiting.page("limit", 7, "after", page.path("nextCursor").asText());
            pages++;
        }
        assertEquals(ids, seen);
        assertEquals(4, pages);
        assertEquals(1, waiting.all("type", "Group").size());
        assertEquals(25, waiting.all("type", "User", "reason", "dry-run").size());
        assertEquals(0, waiting.all("reason", "review").size());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Waiting waiting = new Waiting(Api.newTenant());
        waiting.get("typ", "User").statusCode(400).body("field", equalTo("typ"));
        waiting.get("type", "Robot").statusCode(400).body("field", equalTo("type"));
        waiting.get("reason", "laziness").statusCode(400).body("field", equalTo("reason"));
        waiting.get("limit", "0").statusCode(400).body("field", equalTo("limit"));
        waiting.get("after", "!").statusCode(400).body("field", equalTo("after"));
        waiting.get("after", "MTIz").statusCode(400).body("field", equalTo("after"));
        waiting.post("release", "{\"ids\":[\"x\"]}").statusCode(400).body("field", equalTo("ids"));
        waiting.post("release", "{\"ids\":[null]}").statusCode(400).body("field", equalTo("ids"));
        waiting.post("release", "{\"id\":[]}").statusCode(400);
        waiting.post("release", "[]").statusCode(400);
        Api.admin().get("/admin/api/tenants/nobody/pending").then().statusCode(404);
        Api.admin().get("/admin/api/tenants/nobody/pending/summary").then().statusCode(404);
        Api.admin()
                .body("{}")
                .post("/admin/api/tenants/nobody/pending/release")
                .then()
                .statusCode(404);
    }

    private static void patch(Api api, String user, String operation) {
        api.scim()
                .body("{\"Operations\":[" + operation + "]}")
                .patch("/Users/" + user)
                .then()
                .statusCode(200);
    }

    private static void patchGroup(Api api, String group, String operation) {
        api.scim()
                .body("{\"Operations\":[" + operation + "]}")
                .patch("/Groups/" + group)
                .then()
                .statusCode(204);
    }
}
