package dev.muster.admin;

import static dev.muster.admin.Operator.get;
import static dev.muster.admin.Operator.invalid;
import static dev.muster.admin.Operator.patch;
import static dev.muster.admin.Operator.problem;
import static dev.muster.admin.Operator.put;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
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
    @CsvSource(delimiter = '|', textBlock = """
                    {"colour":"red"}                                                        | /colour
                    {"conformance":"lax"}                                                   | /conformance
                    {"conformance":1}                                                       | /conformance
                    {"schemas":{}}                                                          | /schemas
                    {"schemas":["x"]}                                                       | /schemas/0
                    {"schemas":[{"id":"no urn","attributes":[{"name":"a"}]}]}               | /schemas/0/id
                    {"schemas":[{"id":"urn:x:y","attributes":[]}]}                          | /schemas/0/attributes
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"1st"}]}]}            | /schemas/0/attributes/0
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","type":"text"}]}]}| /schemas/0/attributes/0/type
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","colour":"red"}]}]}| /schemas/0/attributes/0
                    {"schemas":[{"id":"urn:x:y","attributes":[{"name":"a","restrictToCanonicalValues":true}]}]}| /schemas/0/attributes/0
                    {"schemas":[{"id":"urn:x:y","resourceType":"Car","attributes":[{"name":"a"}]}]}| /schemas
                    {"schemas":[{"id":"urn:ietf:params:scim:schemas:core:2.0:User","attributes":[{"name":"a"}]}]}| /schemas
                    """)
    void refusesWhatItDoesNotKnowAndNamesTheField(String document, String field) {
        ValidatableResponse refused = problem(put(settings, document), 400);
        String named = refused.extract().path("field");
        String detail = refused.extract().path("detail");
        assertEquals(true, named.startsWith(field) || detail.contains(field), named + ": " + detail);
        problem(patch(settings, document), 400);
        get(settings).body("conformance", equalTo("compat")).body("schemas", empty());
    }

    @Test
    void refusesADocumentThatIsNoObject() {
        invalid(put(settings, "[]"), "/");
        invalid(patch(settings, "[]"), "/");
        problem(put(settings, "{"), 400);
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
