package dev.muster.account;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What settings would do is shown before they are saved, and nothing is written. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class SettingsPreviewTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @Test
    void countsWhatWouldChangeByActionAndField() {
        Api api = Api.newTenant("{\"signIn\":\"password\"}");
        of(api, "ada", "Engineering");
        of(api, "bob", "Sales");
        Accounts accounts = new Accounts(api);
        List<JsonNode> before = accounts.all();

        JsonNode preview = patched(api, "{\"departments\":{\"map\":{\"engineering\":\"R&D\"}}}");

        assertEquals(2, preview.path("examined").asInt());
        assertTrue(preview.path("complete").asBoolean());
        assertEquals(1, preview.path("changed").asInt());
        assertEquals("{\"update\":1}", preview.path("actions").toString());
        assertEquals("{\"department\":1}", preview.path("fields").toString());
        assertEquals("{}", preview.path("waiting").toString());
        assertEquals(1, preview.path("sample").size());
        assertEquals("ada", preview.at("/sample/0/userName").asText());
        assertEquals(
                "{\"department\":{\"from\":\"Engineering\",\"to\":\"R&D\"}}",
                preview.at("/sample/0/changes").toString());
        assertEquals("password", settings(api).path("signIn").asText());
        assertTrue(settings(api).at("/departments/map").isEmpty());
        assertEquals(before, accounts.all());
        assertEquals(2, accounts.events().size());
    }

    @Test
    void countsWhatWouldWait() {
        Api api = Api.newTenant();
        of(api, "ada", "Engineering");
        of(api, "bob", "Sales");
        new Accounts(api).awaitDrained();
        JsonNode held = replaced(
                api,
                "{\"departments\":{\"map\":{\"Sales\":\"Verkauf\"},\"unmapped\":\"hold\"},\"signIn\":\"password\"}");
        assertEquals("{\"department\":1}", held.path("waiting").toString());
        assertEquals("{\"department\":1,\"signIn\":1}", held.path("fields").toString());
        JsonNode dryRun = patched(api, "{\"mode\":\"dry-run\",\"signIn\":\"password\"}");
        assertEquals("{\"dry-run\":2}", dryRun.path("waiting").toString());
        assertEquals(0, dryRun.path("changed").asInt());
        assertEquals("dry-run", dryRun.at("/sample/0/waits").asText());
    }

    @Test
    void showsWhatTheEndOfDryRunWouldDoAlsoToThoseThatAreGone() {
        Api api = Api.newTenant();
        String ada = api.newUser("ada");
        Waiting waiting = new Waiting(api);
        waiting.all();
        waiting.settings("{\"mode\":\"dry-run\"}");
        waiting.all();
        api.scim().delete("/Users/" + ada).then().statusCode(204);
        api.newUser("bob");
        waiting.all();
        assertEquals(
                "{\"create\":1,\"deactivate\":1}",
                patched(api, "{\"mode\":\"sync\"}").path("actions").toString());
        assertEquals(
                "{\"deletion-guard\":1}",
                patched(api, "{\"mode\":\"sync\",\"deletionGuard\":{\"count\":0,\"windowMinutes\":60}}")
                        .path("waiting")
                        .toString());
    }

    @Test
    void goesThroughAllPagesAndShowsTheFirst() {
        Api api = Api.newTenant();
        TestDatabase.seedUsers(api.tenant(), "user", 600);
        JsonNode preview = patched(api, "{}");
        assertEquals(600, preview.path("examined").asInt());
        assertEquals("{\"create\":600}", preview.path("actions").toString());
        assertEquals(20, preview.path("sample").size());
    }

    @Test
    void readsFieldsByTheSchemasThatAreTried() {
        Api api = Api.newTenant();
        of(api, "ada", "Engineering");
        new Accounts(api).awaitDrained();
        String own = "urn:example:own:2.0:User";
        JsonNode preview = patched(
                api,
                "{\"schemas\":[{\"id\":\"" + own
                        + "\",\"resourceType\":\"User\",\"attributes\":[{\"name\":\"badge\"}]}],"
                        + "\"accountFields\":{\"badge\":{\"from\":\"" + own + ":badge\",\"default\":\"none\"}}}");
        assertEquals("{\"fields.badge\":1}", preview.path("fields").toString());
    }

    @Test
    void refusesWhatCouldNotBeSaved() {
        Api api = Api.newTenant();
        post(api, "application/json", "{\"mod\":\"sync\"}").statusCode(400).body("field", equalTo("/mod"));
        post(api, "application/merge-patch+json", "{\"mode\":\"wet-run\"}")
                .statusCode(400)
                .body("field", equalTo("/mode"));
        post(api, "application/json", "[]").statusCode(400);
        post(api, "application/merge-patch+json", "[]").statusCode(400);
        post(api, "application/json", "{").statusCode(400);
        Api.admin()
                .body("{}")
                .post("/admin/api/tenants/nobody/settings/preview")
                .then()
                .statusCode(404);
    }

    private static void of(Api api, String userName, String department) {
        api.create("/Users", Map.of("userName", userName, ENTERPRISE, Map.of("department", department)));
    }

    private static JsonNode settings(Api api) {
        return Json.json(Api.admin()
                .get("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static JsonNode replaced(Api api, String settings) {
        return Json.json(post(api, "application/json", settings)
                .statusCode(200)
                .extract()
                .asString());
    }

    private static JsonNode patched(Api api, String patch) {
        return Json.json(post(api, "application/merge-patch+json", patch)
                .statusCode(200)
                .extract()
                .asString());
    }

    private static ValidatableResponse post(Api api, String type, String body) {
        return Api.admin()
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/admin/api/tenants/{id}/settings/preview", api.tenant())
                .then();
    }
}
