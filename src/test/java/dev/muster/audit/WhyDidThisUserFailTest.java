package dev.muster.audit;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The question that operators ask, answered from the log alone, one outcome after the other. C37 (docs: what administrators
 * complain of): "admins see nothing: want request log with filters, masked bodies, retention, expired-token attribution".
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class WhyDidThisUserFailTest {

    private Api api;
    private OperatorsView log;

    @BeforeEach
    void tenant() {
        api = Api.newTenant();
        log = OperatorsView.of(api);
    }

    private String tokenId() {
        return api.token().split("_")[1];
    }

    @Test
    void c37ATakenUserNameIsFoundByThePersonAndSaysWhatToDo() {
        String taken = api.newUser("Ada@Example.com");
        Response refused = api.scim()
                .body(Map.of("userName", "ADA@example.com", "externalId", "e-2", "displayName", "Ada Two"))
                .post("/Users");
        assertEquals(409, refused.statusCode());
        JsonNode entry = log.entry("person", "ada@EXAMPLE.com", "outcome", "error");
        assertEquals("POST", entry.path("method").asText());
        assertEquals("User", entry.path("resourceType").asText());
        assertEquals("ADA@example.com", entry.at("/who/userName").asText());
        assertEquals("e-2", entry.at("/who/externalId").asText());
        assertEquals("Ada Two", entry.at("/who/displayName").asText());
        assertEquals(409, entry.path("status").asInt());
        assertEquals("uniqueness", entry.path("scimType").asText());
        assertTrue(entry.path("reason").asText().contains("userName"), entry::toString);
        assertTrue(entry.path("advice").asText().contains("same person"), entry::toString);
        assertEquals(tokenId(), entry.path("tokenId").asText());
        assertEquals("identityProvider", entry.path("actor").asText());
        assertEquals(refused.header("X-Request-Id"), entry.path("requestId").asText());
        assertTrue(entry.path("durationMillis").asDouble() > 0, entry::toString);
        for (String name : List.of("e-2", "ada two")) {
            assertEquals(entry, log.entry("person", name, "outcome", "error"));
        }
        assertEquals(
                List.of("POST"),
                log.entries(1, "person", taken).stream()
                        .map(found -> found.path("method").asText())
                        .toList());
    }

    @Test
    void aFailedChangeIsFoundByTheNameThoughOnlyTheIdWasSent() {
        String id = api.newUser("grace");
        assertEquals(200, api.scim().get("/Users/{id}", id).statusCode());
        Response refused = patch(id, "{\"op\":\"replace\",\"path\":\"nonsense\",\"value\":\"x\"}");
        assertEquals(400, refused.statusCode());
        JsonNode entry = log.entry("person", "GRACE", "outcome", "error");
        assertEquals("PATCH", entry.path("method").asText());
        assertEquals(id, entry.path("resourceId").asText());
        assertEquals("invalidPath", entry.path("scimType").asText());
        assertTrue(entry.path("reason").asText().contains("nonsense"), entry::toString);
        assertTrue(entry.path("advice").asText().contains("attribute mapping"), entry::toString);
        assertEquals(
                List.of("PATCH", "GET", "POST"),
                log.entries(3, "person", "grace").stream()
                        .map(found -> found.path("method").asText())
                        .toList());
    }

    @Test
    void aDeletedPersonIsStillFoundByName() {
        String id = api.newUser("leaver");
        api.scim().delete("/Users/{id}", id).then().statusCode(204);
        api.scim().get("/Users/{id}", id).then().statusCode(404);
        List<JsonNode> entries = log.entries(3, "person", "leaver");
        assertEquals("DELETE", entries.get(1).path("method").asText());
        assertEquals("success", entries.get(1).path("outcome").asText());
        assertEquals("leaver", entries.get(1).at("/who/userName").asText());
        assertEquals(404, entries.getFirst().path("status").asInt());
        assertTrue(entries.getFirst().path("advice").asText().contains("not here any more"));
    }

    @Test
    void aWriteSaysWhichAttributesItHasChangedAndWhichItHasIgnored() {
        Response created = api.scim()
                .body("{\"userName\":\"linus\",\"nickName\":\"l\",\"shoeSize\":44,\"password\":\"pa55w0rd\","
                        + "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"x\"}}")
                .post("/Users");
        String id = created.then().statusCode(201).extract().path("id");
        JsonNode creation = log.of(created);
        assertEquals(id, creation.path("resourceId").asText());
        assertTrue(names(creation, "/changes/added")
                .containsAll(List.of(
                        "userName",
                        "nickName",
                        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department")));
        assertTrue(names(creation, "/ignored").containsAll(List.of("shoeSize", "password")), creation::toString);
        JsonNode change = log.of(
                patch(
                        id,
                        "{\"op\":\"add\",\"value\":{\"title\":\"t\",\"shoeSize\":45,\"id\":\"x\"}},"
                                + "{\"op\":\"replace\",\"path\":\"nickName\",\"value\":\"n\"},"
                                + "{\"op\":\"remove\",\"path\":\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department\"}"));
        assertEquals(List.of("title"), names(change, "/changes/added"));
        assertEquals(List.of("nickName"), names(change, "/changes/changed"));
        assertEquals(
                List.of("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"),
                names(change, "/changes/removed"));
        assertEquals(List.of("shoeSize", "id"), names(change, "/ignored"));
        assertEquals("success", change.path("outcome").asText());
        assertEquals("linus", change.at("/who/userName").asText());
    }

    @Test
    void aWriteOfWhatIsSoAlreadyIsUnchanged() {
        String id = api.newUser("same");
        JsonNode entry = log.of(patch(id, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"same\"}"));
        assertEquals("unchanged", entry.path("outcome").asText());
        assertEquals(200, entry.path("status").asInt());
        assertTrue(entry.path("changes").isMissingNode());
        assertEquals(List.of(entry), log.entries(1, "outcome", "unchanged", "method", "PATCH"));
    }

    @Test
    void membersOfAGroupAreOneNameHoweverMany() {
        String user = api.newUser("member");
        String group = api.create("/Groups", Map.of("displayName", "Crew", "members", List.of(Map.of("value", user))))
                .path("id");
        Response change = api.scim()
                .body("{\"Operations\":[{\"op\":\"remove\",\"path\":\"members\"}]}")
                .patch("/Groups/{id}", group);
        JsonNode entry = log.of(change);
        assertEquals(List.of("members"), names(entry, "/changes/changed"));
        assertEquals("Crew", entry.at("/who/displayName").asText());
        assertEquals("Group", entry.path("resourceType").asText());
        JsonNode unknown = log.of(api.scim()
                .body("{\"Operations\":[{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\""
                        + UUID.randomUUID() + "\"}]}]}")
                .patch("/Groups/{id}", group));
        assertTrue(unknown.path("advice").asText().contains("Assign the member"), unknown::toString);
    }

    @Test
    void aQuerySaysAttributesAndOperatorsAndNoValues() {
        JsonNode entry = log.of(api.scim()
                .queryParam(
                        "filter",
                        "userName eq \"hidden1\" or (emails[type eq \"work\" and value co \"hidden2\"] and title pr)")
                .get("/Users"));
        assertEquals(List.of("userName eq", "emails.type eq", "emails.value co", "title pr"), names(entry, "/query"));
        assertFalse(entry.toString().contains("hidden"));
        JsonNode search = log.of(api.scim()
                .body("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],"
                        + "\"filter\":\"externalId sw \\\"hidden3\\\"\"}")
                .post("/Users/.search"));
        assertEquals(List.of("externalId sw"), names(search, "/query"));
        JsonNode wrong = log.of(
                api.scim().queryParam("filter", "userName eq hidden4 hidden5").get("/Users"));
        assertEquals("invalidFilter", wrong.path("scimType").asText());
        assertFalse(wrong.toString().contains("hidden5"), wrong::toString);
    }

    /** C35, C37: "401s weeks later"; the log says that it is the token, and which. */
    @Test
    void c35AnExpiredTokenShowsAsSuch() throws SQLException {
        try (Connection database = TestDatabase.superuser()) {
            TestDatabase.query(
                    database,
                    "update token set expires_at = now() - interval '1 day' where tenant_id = ? returning id",
                    api.tenant());
        }
        Response refused = api.scim().body(Map.of("userName", "late")).post("/Users");
        assertEquals(401, refused.statusCode());
        JsonNode entry = log.of(refused);
        assertEquals(tokenId(), entry.path("tokenId").asText());
        assertTrue(entry.path("reason").asText().contains("expired"), entry::toString);
        assertTrue(entry.path("advice").asText().contains("make a new one"), entry::toString);
        assertEquals("POST", entry.path("method").asText());
        assertEquals("User", entry.path("resourceType").asText());
        assertEquals(401, entry.path("status").asInt());
        assertEquals(entry, log.entry("outcome", "error"));
    }

    @Test
    void c37ARevokedTokenShowsAsSuchAndAGuessedOneIsNobodys() {
        api.scim().get("/Users").then().statusCode(200);
        Api.admin()
                .delete("/admin/api/tenants/{id}/tokens/{token}", api.tenant(), tokenId())
                .then()
                .statusCode(204);
        Response refused = api.scim().get("/Users");
        assertEquals(401, refused.statusCode());
        JsonNode entry = log.of(refused);
        assertEquals(tokenId(), entry.path("tokenId").asText());
        assertTrue(entry.path("reason").asText().contains("revoked"), entry::toString);
        String guess = "muster_" + tokenId() + "_" + "0".repeat(64);
        Response guessed = given().basePath(api.base())
                .header("Authorization", "Bearer " + guess)
                .get("/Users");
        JsonNode unknown = log.of(guessed);
        assertTrue(unknown.path("tokenId").isMissingNode(), unknown::toString);
        JsonNode missing = log.of(given().basePath(api.base()).get("/Users"));
        assertTrue(missing.path("reason").asText().contains("no Authorization"), missing::toString);
    }

    @Test
    void everyRefusalHasItsEntry() {
        String id = api.newUser("refused");
        assertRefused(
                412,
                api.scim()
                        .header("If-Match", "W/\"99\"")
                        .body(Map.of("userName", "x"))
                        .put("/Users/{id}", id));
        assertRefused(405, api.scim().body("{}").post("/Users/{id}", id));
        assertRefused(404, api.scim().get("/Nothing"));
        assertRefused(
                415,
                given().basePath(api.base())
                        .header("Authorization", "Bearer " + api.token())
                        .contentType("text/plain")
                        .body("x")
                        .post("/Users"));
        assertRefused(413, api.scim().body("x".repeat(11 << 20)).post("/Users"));
        assertRefused(414, api.scim().get("/Users?filter=" + "x".repeat(9_000)));
        assertRefused(500, api.scim().get("/Broken"));
        Api.admin()
                .body("{\"enabled\":false}")
                .patch("/admin/api/tenants/{id}", api.tenant())
                .then()
                .statusCode(200);
        Response closed = api.scim().get("/Users");
        assertRefused(403, closed);
        assertTrue(log.of(closed).path("reason").asText().contains("switched off"));
    }

    private void assertRefused(int status, Response response) {
        assertEquals(status, response.statusCode());
        JsonNode entry = log.of(response);
        assertEquals(status, entry.path("status").asInt());
        assertEquals("error", entry.path("outcome").asText());
        assertFalse(entry.path("reason").asText().isEmpty(), entry::toString);
        assertFalse(entry.path("advice").asText().isEmpty(), entry::toString);
    }

    @Test
    void anOperationThatFailsInABulkRequestIsFoundByThePerson() {
        String id = api.newUser("taken");
        Response bulk = api.scim()
                .body("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                        + operation("POST", "/Users", "{\"userName\":\"fresh\",\"shoeSize\":1}") + ","
                        + operation("POST", "/Users", "{\"userName\":\"Taken\"}") + ","
                        + operation("POST", "/Users", "{\"userName\":\"wrong\",\"active\":\"perhaps\"}") + ","
                        + operation(
                                "PATCH",
                                "/Users/" + id,
                                "{\"Operations\":[{\"op\":\"add\",\"path\":\"title\",\"value\":\"t\"}]}")
                        + "]}")
                .post("/Bulk");
        assertEquals(200, bulk.statusCode());
        JsonNode refused = log.entry("person", "taken", "outcome", "error");
        assertEquals(1, refused.path("operation").asInt());
        assertEquals("uniqueness", refused.path("scimType").asText());
        assertEquals(409, refused.path("status").asInt());
        assertEquals("User", refused.path("resourceType").asText());
        assertEquals(bulk.header("X-Request-Id"), refused.path("requestId").asText());
        assertEquals(2, log.entry("person", "wrong").path("operation").asInt());
        JsonNode created = log.entry("person", "fresh");
        assertEquals(0, created.path("operation").asInt());
        assertEquals(List.of("shoeSize"), names(created, "/ignored"));
        assertTrue(names(created, "/changes/added").contains("userName"));
        JsonNode patched = log.entry("resourceId", id, "method", "PATCH");
        assertEquals(List.of("title"), names(patched, "/changes/added"));
        assertEquals("taken", patched.at("/who/userName").asText());
        List<JsonNode> all = log.entries(5, "requestId", bulk.header("X-Request-Id"));
        assertEquals(
                1,
                all.stream()
                        .filter(entry -> entry.path("resourceType").asText().equals("Bulk"))
                        .count());
    }

    /** PostgreSQL knows no U+0000 in texts: the resource is refused, and the log tells of it all the same. */
    @Test
    void aNameThatCannotBeStoredIsInTheLog() {
        Response refused = api.scim().body("{\"userName\":\"nul\\u0000name\"}").post("/Users");
        assertRefused(400, refused);
        assertEquals("nul?name", log.of(refused).at("/who/userName").asText());
    }

    private static String operation(String method, String path, String data) {
        return "{\"method\":\"" + method + "\",\"path\":\"" + path + "\",\"bulkId\":\"b" + data.hashCode()
                + "\",\"data\":" + data + "}";
    }

    private Response patch(String id, String operations) {
        return api.scim().body("{\"Operations\":[" + operations + "]}").patch("/Users/{id}", id);
    }

    private static List<String> names(JsonNode entry, String pointer) {
        return entry.at(pointer).valueStream().map(JsonNode::asText).toList();
    }
}
