package dev.muster.endpoint;

import static dev.muster.endpoint.ScimErrors.assertScimError;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every configured limit is kept, and the error names it. */
@QuarkusTest
@TestProfile(LoweredLimits.class)
@WithTestResource(PostgresTestResource.class)
class LimitsTest {

    private Api api;

    @BeforeEach
    void newTenant() {
        api = Api.newTenant();
    }

    private static void assertRefused(int status, String scimType, String named, Response response) {
        JsonNode error = assertScimError(status, response);
        assertEquals(scimType, error.path("scimType").asText());
        assertTrue(error.path("detail").asText().contains(named), error.toString());
    }

    private static String several(int count, String separator, IntFunction<String> one) {
        return IntStream.range(0, count).mapToObj(one).collect(joining(separator));
    }

    private Response filtered(String filter) {
        return api.scim().queryParam("filter", filter).get("/Users");
    }

    private Response patched(String path, String operations) {
        return api.scim().body(patch(operations)).patch(path);
    }

    private static String patch(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations + "]}";
    }

    @Test
    void ofFilters() {
        assertEquals(200, filtered("title eq \"" + "a".repeat(245) + '"').statusCode());
        assertRefused(400, "invalidFilter", "256", filtered("title eq \"" + "a".repeat(246) + '"'));
        assertEquals(200, filtered("(".repeat(5) + "title pr" + ")".repeat(5)).statusCode());
        assertRefused(400, "invalidFilter", "5", filtered("(".repeat(6) + "title pr" + ")".repeat(6)));
        assertEquals(200, filtered(several(10, " or ", n -> "title pr")).statusCode());
        assertRefused(400, "invalidFilter", "10", filtered(several(11, " or ", n -> "title pr")));
    }

    @Test
    void ofPathsInPatch() {
        String user = api.newUser("someone");
        String path = "emails[value eq \\\"" + "a".repeat(256) + "\\\"].display";
        assertRefused(
                400,
                "invalidPath",
                "256",
                patched("/Users/" + user, "{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":\"x\"}"));
    }

    @Test
    void ofOperationsInPatch() {
        String user = api.newUser("someone");
        IntFunction<String> operation = n -> "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"t" + n + "\"}";
        assertEquals(200, patched("/Users/" + user, several(50, ",", operation)).statusCode());
        assertRefused(400, "invalidValue", "50", patched("/Users/" + user, several(51, ",", operation)));
        assertEquals("t49", api.scim().get("/Users/" + user).path("title"));
    }

    @Test
    void ofMembers() {
        String group = api.create("/Groups", Map.of("displayName", "all")).path("id");
        IntFunction<String> member = n -> "{\"value\":\"" + new UUID(0, n) + "\"}";
        String tooMany = several(10_001, ",", member);
        assertRefused(
                400,
                "invalidValue",
                "10000",
                patched("/Groups/" + group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[" + tooMany + "]}"));
        String body = "{\"displayName\":\"other\",\"members\":[" + tooMany + "]}";
        assertRefused(400, "invalidValue", "10000", api.scim().body(body).post("/Groups"));
        assertRefused(400, "invalidValue", "10000", api.scim().body(body).put("/Groups/" + group));
    }

    @Test
    void tenThousandMembersFitIntoOnePatchWhateverIsConfigured() {
        String users = several(10_000, ",", n -> "{\"value\":\"" + new UUID(1, n) + "\"}");
        String group = api.create("/Groups", Map.of("displayName", "all")).path("id");
        JsonNode error = assertScimError(
                400, patched("/Groups/" + group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[" + users + "]}"));
        assertTrue(error.path("detail").asText().contains(new UUID(1, 0).toString()), "refused for what they are");
    }

    @Test
    void ofPages() {
        for (int i = 0; i < 4; i++) {
            api.newUser("user" + i);
        }
        assertPage(2, api.scim().get("/Users"));
        assertPage(3, api.scim().get("/Users?count=100"));
        assertPage(2, api.scim().body(search("")).post("/Users/.search"));
        assertPage(3, api.scim().body(search(",\"count\":100")).post("/Users/.search"));
        Response byCursor = api.scim().get("/Users?cursor");
        assertEquals(2, byCursor.<Integer>path("itemsPerPage"));
        assertRefused(400, "invalidCount", "3", api.scim().get("/Users?cursor&count=4"));
        Response config = api.scim().get("/ServiceProviderConfig");
        assertEquals(3, config.<Integer>path("filter.maxResults"));
        assertEquals(2, config.<Integer>path("pagination.defaultPageSize"));
        assertEquals(3, config.<Integer>path("pagination.maxPageSize"));
    }

    private static String search(String more) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]" + more + "}";
    }

    private static void assertPage(int size, Response response) {
        assertEquals(4, response.<Integer>path("totalResults"));
        assertEquals(size, response.<Integer>path("itemsPerPage"));
        assertEquals(size, response.jsonPath().getList("Resources").size());
    }

    @Test
    void ofBodies() {
        assertRefused(
                400,
                "invalidSyntax",
                "10 levels",
                api.scim()
                        .body("{\"x\":" + "[".repeat(10) + "]".repeat(10) + "}")
                        .post("/Users"));
        assertRefused(
                400,
                "invalidSyntax",
                "strings of 65536",
                api.scim().body(Map.of("title", "a".repeat(65_537))).post("/Users"));
        assertRefused(
                400,
                "invalidSyntax",
                "numbers of 20",
                api.scim().body("{\"x\":" + "1".repeat(21) + "}").post("/Users"));
        assertRefused(
                413,
                "",
                "maxPayloadSize",
                api.scim().body("{" + " ".repeat(1 << 20) + "}").post("/Users"));
    }

    @Test
    void ofBulkRequests() {
        assertEquals(200, bulk(10).statusCode());
        assertRefused(413, "", "maxOperations (10)", bulk(11));
        Response config = api.scim().get("/ServiceProviderConfig");
        assertEquals(10, config.<Integer>path("bulk.maxOperations"));
        assertEquals(1 << 20, config.<Integer>path("bulk.maxPayloadSize"));
    }

    private Response bulk(int operations) {
        String create =
                "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"%1$d\",\"data\":{\"userName\":\"bulk%1$d\"}}";
        return api.scim()
                .body("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                        + several(operations, ",", create::formatted) + "]}")
                .post("/Bulk");
    }

    @Test
    void ofAddressesAndHeaders() {
        String authorization = "Authorization: Bearer " + api.token();
        assertScimError(
                414,
                RawHttp.exchange(
                        RestAssured.port,
                        RawHttp.head("GET", api.base() + "/Users?x=" + "a".repeat(2_048), authorization)));
        assertScimError(
                431,
                RawHttp.exchange(
                        RestAssured.port,
                        RawHttp.head("GET", api.base() + "/Users", authorization, "X-A: " + "a".repeat(8_192))));
    }
}
