package dev.muster.admin;

import static dev.muster.admin.Operator.get;
import static dev.muster.admin.Operator.invalid;
import static dev.muster.admin.Operator.patch;
import static dev.muster.admin.Operator.post;
import static dev.muster.admin.Operator.problem;
import static dev.muster.admin.Operator.put;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class SettingsEndpointTest {
    private static final String ILMS = "urn:ietf:params:scim:schemas:extension:ilms:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String SOURCE = "urn:ietf:params:scim:schemas:extension:datafisher:2.0:User";

    /** vendors.md 4b and 4c; the enterprise schema with closed lists takes the standard one's place. */
    private static final String ILMS_SETTINGS = """
            {"schemas":[
              {"id":"%s","name":"iLMS","resourceType":"User","required":true,"attributes":[
                {"name":"region","type":"string","required":true,"canonicalValues":["EMEA","APAC"],"restrictToCanonicalValues":true},
                {"name":"hireDate","type":"dateTime"},
                {"name":"customField1","type":"string"},
                {"name":"manager","type":"complex","subAttributes":[
                  {"name":"id","type":"reference","referenceTypes":["User"]},
                  {"name":"displayName","type":"string"},{"name":"email","type":"string"}]}]},
              {"id":"%s","name":"Enterprise User","resourceType":"User","attributes":[
                {"name":"employeeNumber","type":"string"},
                {"name":"division","type":"string","canonicalValues":["North"],"restrictToCanonicalValues":true},
                {"name":"department","type":"string","canonicalValues":["Sales","R&D"],"restrictToCanonicalValues":true}]}]}
            """.formatted(ILMS, ENTERPRISE);

    private Api api;
    private String settings;

    @BeforeEach
    void newTenant() {
        api = Api.newTenant();
        settings = "/" + api.tenant() + "/settings";
    }

    @Test
    void beginsWithDefaultsWrittenOut() {
        get(settings).statusCode(200).body("conformance", equalTo("compat")).body("schemas", empty());
    }

    @Test
    void replacesAndMergesAndRemoves() {
        String badge =
                "{\"id\":\"urn:example:badge:2.0:User\",\"resourceType\":\"User\",\"attributes\":[{\"name\":\"number\"}]}";
        put(settings, "{\"conformance\":\"strict\"}").statusCode(200).body("conformance", equalTo("strict"));
        patch(settings, "{\"schemas\":[" + badge + "]}")
                .statusCode(200)
                .body("conformance", equalTo("strict"))
                .body("schemas.id", hasItem("urn:example:badge:2.0:User"));
        patch(settings, "{\"conformance\":null}")
                .statusCode(200)
                .body("conformance", equalTo("compat"))
                .body("schemas.id", hasItem("urn:example:badge:2.0:User"));
        put(settings, "{}").statusCode(200).body("schemas", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"colour":"red"}                                                        | /colour
                    {"conformance":"lax"}                                                   | /conformance
                    {"conformance":1}                                                       | /conformance
                    {"schemas":{}}                                                          | /schemas
                    {"schemas":["x"]}                                                       | /schemas/0
                    {"schemas":[{"id":"no urn","attributes":[{"name":"a"}]}]}               | /schemas/0/id
                    {"schemas":[{"id":"urn:x:y","attributes":[]}]}                          | /schemas/0/attributes
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"1st"}]}]}            | /schemas/0/attributes/0
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","type":"text"}]}]}| /schemas/0/attributes/0/type
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","colour":"red"}]}]}| /schemas/0/attributes/0/colour
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","restrictToCanonicalValues":true}]}]}| /schemas/0/attributes/0
                    {"schemas":[{"id":"urn:x:y","resourceType":"Car","attributes":[{"name":"a"}]}]}| /schemas/0
                    {"schemas":[{"id":"urn:ietf:params:scim:schemas:core:2.0:User","attributes":[{"name":"a"}]}]}| /schemas/0
                    {"scope":"titel pr"}                                                    | /scope
                    {"roles":[{"displayName":"\\u0000","role":"x"}]}                      | /roles/0/displayName
                    {"accountFields":{"a":{"from":"b","constant":"c"}}}                     | /accountFields/a
                    """)
    void refusesWhatItDoesNotKnowAndNamesTheField(String document, String field) {
        invalid(put(settings, document), field).body("errors[0].field", equalTo(field));
        invalid(patch(settings, document), field);
        get(settings).body("conformance", equalTo("compat")).body("schemas", empty());
    }

    @Test
    void listsEveryFieldThatIsWrong() {
        invalid(put(settings, "{\"mode\":\"x\",\"signIn\":7}"), "/mode")
                .body("errors.field", equalTo(List.of("/mode", "/signIn")))
                .body("errors.detail", everyItem(startsWith("Must be one of ")));
    }

    @Test
    void writesOutTheDefaultsAndTakesThemBack() {
        Map<String, Object> whole = get(settings).extract().jsonPath().getMap("$");
        assertEquals("sync", whole.get("mode"));
        assertEquals(List.of("externalId", "userName"), ((Map<?, ?>) whole.get("matching")).get("by"));
        assertEquals(true, whole.containsKey("deletionGuard"));
        Map<String, Object> back = Api.admin()
                .body(whole)
                .put("/admin/api/tenants" + settings)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("$");
        assertEquals(whole, back);
        assertEquals(whole, get(settings).extract().jsonPath().getMap("$"));
    }

    @Test
    void aPresetIsWhatTheDocumentIsMergedOver() {
        put(settings, "{\"preset\":\"okta\",\"mode\":\"dry-run\"}")
                .statusCode(200)
                .body("preset", equalTo("okta"))
                .body("mode", equalTo("dry-run"))
                .body("matching.by", equalTo(List.of("userName")))
                .body("attributes.unsupported", equalTo("ignore"));
        patch(settings, "{\"preset\":\"entra\"}").body("matching.by", equalTo(List.of("externalId", "userName")));
        patch(settings, "{\"matching\":{\"by\":[\"email\"]}}").body("matching.by", equalTo(List.of("email")));
        patch(settings, "{\"preset\":null,\"matching\":null}")
                .body("preset", nullValue())
                .body("attributes.unsupported", nullValue())
                .body("mode", equalTo("dry-run"));
        put(settings, "{\"preset\":\"entra\",\"attributes\":null}")
                .statusCode(200)
                .body("attributes.unsupported", nullValue());
        Map<String, Object> whole = get(settings).extract().jsonPath().getMap("$");
        Api.admin().body(whole).put("/admin/api/tenants" + settings).then().statusCode(200);
        assertEquals(whole, get(settings).extract().jsonPath().getMap("$"));
    }

    @Test
    void thePresetsAndTheSchemaArePublished() {
        Api.admin()
                .get("/admin/api/presets")
                .then()
                .statusCode(200)
                .body("presets.name", equalTo(List.of("entra", "okta", "generic")))
                .body("presets.description", everyItem(not(emptyOrNullString())))
                .body("presets.find { it.name == 'okta' }.settings.matching.by", equalTo(List.of("userName")));
        Api.admin()
                .get("/admin/api/settings-schema")
                .then()
                .statusCode(200)
                .contentType("application/schema+json")
                .body("'$schema'", equalTo("https://json-schema.org/draft/2020-12/schema"))
                .body("properties.mode.default", equalTo("sync"));
        given().get("/admin/api/settings-schema").then().statusCode(401);
        given().get("/admin/api/presets").then().statusCode(401);
    }

    @Test
    void aVersionIsReadOnceAndChangedByOneOperator() {
        String first = get(settings).extract().header("ETag");
        assertTrue(first.matches("\"\\d+\""), first);
        conditional("If-None-Match", first)
                .get("/admin/api/tenants" + settings)
                .then()
                .statusCode(304)
                .header("ETag", first);
        String second = conditional("If-Match", first)
                .body("{\"mode\":\"dry-run\"}")
                .put("/admin/api/tenants" + settings)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        assertNotEquals(first, second);
        assertEquals(second, get(settings).extract().header("ETag"));
        conditional("If-None-Match", first)
                .get("/admin/api/tenants" + settings)
                .then()
                .statusCode(200);
        problem(
                conditional("If-Match", first)
                        .body("{\"mode\":\"sync\"}")
                        .patch("/admin/api/tenants" + settings)
                        .then(),
                412);
        get(settings).body("mode", equalTo("dry-run"));
        conditional("If-Match", "*")
                .body("{}")
                .patch("/admin/api/tenants" + settings)
                .then()
                .statusCode(200);
        put(settings, "{}").statusCode(200).body("mode", equalTo("sync"));
    }

    @Test
    void ofSeveralOperatorsAtOnceOneSaves() {
        for (int round = 0; round < 3; round++) {
            String tag = get(settings).extract().header("ETag");
            List<Callable<Integer>> operators = IntStream.range(0, 12)
                    .<Callable<Integer>>mapToObj(operator -> () -> conditional("If-Match", tag)
                            .body("{\"logRetentionDays\":" + (100 + operator) + "}")
                            .patch("/admin/api/tenants" + settings)
                            .statusCode())
                    .toList();
            Map<Integer, Long> answers = Together.run(operators).stream()
                    .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
            assertEquals(Map.of(200, 1L, 412, 11L), answers);
        }
    }

    private static RequestSpecification conditional(String header, String tag) {
        return Api.admin().header(header, tag);
    }

    @Test
    void refusesADocumentThatIsNoObject() {
        invalid(put(settings, "[]"), "/");
        invalid(patch(settings, "[]"), "/");
        problem(put(settings, "{"), 400);
        for (String document : List.of("{\"mode\":\"sync\",\"mode\":\"dry-run\"}", "{\"mode\":\"dry-run\"} {}")) {
            problem(put(settings, document), 400);
            problem(patch(settings, document), 400);
            problem(post(settings + "/preview", document), 400);
        }
        get(settings).statusCode(200).body("mode", equalTo("sync"));
        problem(
                Api.admin()
                        .contentType("text/plain")
                        .body("x")
                        .put("/admin/api/tenants" + settings)
                        .then(),
                415);
    }

    @Test
    void anExtensionShowsInDiscoveryAndWorksLikeAnyOther() {
        put(settings, """
                {"schemas":[{"id":"%s","name":"Datafisher","resourceType":"User","attributes":[
                    {"name":"source","type":"string"}]}]}""".formatted(SOURCE)).statusCode(200);
        api.scim().get("/Schemas/" + SOURCE).then().statusCode(200).body("attributes[0].name", equalTo("source"));
        api.scim().get("/ResourceTypes/User").then().statusCode(200).body("schemaExtensions.schema", hasItem(SOURCE));
        Http http = Http.of(api);
        String user =
                "/Users/" + http.create("/Users", "{\"userName\":\"ada\",\"" + SOURCE + "\":{\"source\":\"HR\"}}");
        assertEquals("HR", http.send("GET", user).json().getJsonObject(SOURCE).getString("source"));
        assertEquals(1, total(SOURCE + ":source eq \"hr\""));
        assertEquals(
                200,
                http.patch(user, "{\"op\":\"Replace\",\"path\":\"" + SOURCE + ":source\",\"value\":\"AD\"}")
                        .status());
        assertEquals(0, total(SOURCE + ":source eq \"hr\""));
        assertEquals(1, total(SOURCE + ":source eq \"AD\""));
        assertEquals(
                200,
                http.patch(user, "{\"op\":\"remove\",\"path\":\"" + SOURCE + ":source\"}")
                        .status());
        assertEquals(false, http.send("GET", user).json().containsKey(SOURCE));
    }

    @Test
    void requiredAndClosedAttributesAreEnforced() {
        put(settings, ILMS_SETTINGS).statusCode(200);
        api.scim()
                .get("/ResourceTypes/User")
                .then()
                .body("schemaExtensions.find { it.schema == '" + ILMS + "' }.required", equalTo(true));
        Http http = Http.of(api);
        String valid = "{\"userName\":\"ada\",\"" + ILMS
                + "\":{\"region\":\"EMEA\",\"hireDate\":\"2026-01-31T00:00:00Z\",\"customField1\":\"x\","
                + "\"manager\":{\"displayName\":\"Bob\",\"email\":\"bob@example.com\"}},\"" + ENTERPRISE
                + "\":{\"department\":\"R&D\",\"division\":\"North\"}}";
        for (String wrong : List.of("Mars", "")) {
            refused("region", valid.replace("EMEA", wrong));
        }
        refused("region", "{\"userName\":\"ada\",\"" + ILMS + "\":{\"customField1\":\"x\"}}");
        refused(ILMS, "{\"userName\":\"ada\"}");
        refused("Cellar", valid.replace("R&D", "Cellar"));
        refused("division", valid.replace("North", "South"));

        String user = "/Users/" + http.create("/Users", valid);
        assertEquals(1, total(ILMS + ":region eq \"EMEA\""));
        assertEquals(1, total(ILMS + ":manager.email eq \"BOB@example.com\""));
        assertEquals(1, total(ILMS + ":hireDate gt \"2026-01-30T23:59:59+00:00\""));
        assertEquals(
                200,
                http.patch(user, "{\"op\":\"replace\",\"path\":\"" + ILMS + ":region\",\"value\":\"APAC\"}")
                        .status());
        Http.Answer closed = http.patch(
                user, "{\"op\":\"replace\",\"path\":\"" + ENTERPRISE + ":department\",\"value\":\"Cellar\"}");
        assertEquals(400, closed.status());
        assertEquals("invalidValue", closed.json().getString("scimType"));
        assertEquals(
                400,
                http.patch(user, "{\"op\":\"remove\",\"path\":\"" + ILMS + ":region\"}")
                        .status());
        assertEquals("APAC", http.send("GET", user).json().getJsonObject(ILMS).getString("region"));
    }

    @Test
    void theConformanceSwitchWorksAtOnce() {
        String body = "{\"userName\":\"%s\",\"active\":\"True\"}";
        Http http = Http.of(api);
        assertEquals(201, http.send("POST", "/Users", body.formatted("one")).status());
        patch(settings, "{\"conformance\":\"strict\"}").statusCode(200);
        assertEquals(400, http.send("POST", "/Users", body.formatted("two")).status());
        patch(settings, "{\"conformance\":\"compat\"}").statusCode(200);
        assertEquals(201, http.send("POST", "/Users", body.formatted("three")).status());
    }

    private void refused(String named, String user) {
        api.scim()
                .body(user)
                .post("/Users")
                .then()
                .statusCode(400)
                .body("scimType", equalTo("invalidValue"))
                .body("detail", containsString(named))
                .body("detail", not(containsString("Exception")));
    }

    private int total(String filter) {
        return api.scim()
                .queryParam("filter", filter)
                .get("/Users")
                .then()
                .statusCode(200)
                .extract()
                .path("totalResults");
    }
}
