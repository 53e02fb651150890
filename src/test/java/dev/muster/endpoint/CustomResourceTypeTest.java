package dev.muster.endpoint;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A resource type that is data of the tenant has everything that Users have, and each characteristic of RFC 7643 §7 means
 * what it says.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class CustomResourceTypeTest {

    private static final String URN = "urn:ietf:params:scim:schemas:test:2.0:TestResource";
    private static final String EXTENSION = "urn:ietf:params:scim:schemas:test:2.0:TestExtension";

    private Api api;

    @BeforeEach
    void declareTheType() {
        api = Api.newTenant("""
                {"schemas":[
                  {"id":"%1$s","name":"TestResource","attributes":[
                    {"name":"text","type":"string","required":true},
                    {"name":"exact","type":"string","caseExact":true,"uniqueness":"server"},
                    {"name":"flag","type":"boolean"},
                    {"name":"count","type":"integer"},
                    {"name":"ratio","type":"decimal"},
                    {"name":"since","type":"dateTime"},
                    {"name":"blob","type":"binary"},
                    {"name":"link","type":"reference","referenceTypes":["external"]},
                    {"name":"userName","type":"string"},
                    {"name":"fixed","type":"string","mutability":"immutable"},
                    {"name":"served","type":"string","mutability":"readOnly"},
                    {"name":"hidden","type":"string","mutability":"writeOnly","returned":"never"},
                    {"name":"asked","type":"string","returned":"request"},
                    {"name":"kept","type":"string","returned":"always"},
                    {"name":"parts","type":"complex","multiValued":true,"subAttributes":[
                      {"name":"value","type":"string"},{"name":"type","type":"string"},
                      {"name":"primary","type":"boolean"}]}]},
                  {"id":"%2$s","name":"TestExtension","attributes":[{"name":"size","type":"integer"}]}],
                 "resourceTypes":[{"name":"Test","endpoint":"/Tests","description":"A test","schema":"%1$s",
                   "schemaExtensions":[{"schema":"%2$s","required":false}]}]}""".formatted(URN, EXTENSION));
    }

    @Test
    void discoveryShowsTypeAndSchemas() {
        api.scim()
                .get("/ResourceTypes/Test")
                .then()
                .statusCode(200)
                .body("endpoint", equalTo("/Tests"))
                .body("schema", equalTo(URN))
                .body("schemaExtensions[0].schema", equalTo(EXTENSION));
        api.scim().get("/Schemas").then().body("Resources.id", hasItem(URN)).body("Resources.id", hasItem(EXTENSION));
        api.scim().get("/ResourceTypes/User").then().body("schemaExtensions.schema", not(hasItem(EXTENSION)));
    }

    @Test
    void characteristicsMeanWhatTheySay() {
        String id = create("one", Map.of("hidden", "secret", "asked", "a", "kept", "k", "served", "x", "fixed", "f"));
        api.scim()
                .get("/Tests/" + id)
                .then()
                .statusCode(200)
                .body("meta.resourceType", equalTo("Test"))
                .body("$", not(hasKey("hidden")))
                .body("$", not(hasKey("asked")))
                .body("$", not(hasKey("served")))
                .body("kept", equalTo("k"));
        api.scim()
                .get("/Tests/" + id + "?attributes=asked")
                .then()
                .body("asked", equalTo("a"))
                .body("kept", equalTo("k"))
                .body("$", not(hasKey("text")));
        api.scim()
                .get("/Tests/" + id + "?excludedAttributes=kept,text")
                .then()
                .body("kept", equalTo("k"))
                .body("$", not(hasKey("text")));
        api.scim()
                .body(Map.of("schemas", List.of(URN), "text", "one", "fixed", "other"))
                .put("/Tests/" + id)
                .then()
                .statusCode(400)
                .body("scimType", equalTo("mutability"));
        api.scim()
                .queryParam("filter", "hidden eq \"secret\"")
                .get("/Tests")
                .then()
                .statusCode(400)
                .body("scimType", equalTo("invalidFilter"));
        api.scim()
                .body(Map.of("schemas", List.of(URN), "flag", true))
                .post("/Tests")
                .then()
                .statusCode(400)
                .body("scimType", equalTo("invalidValue"));
    }

    @Test
    void everyTypeIsFilteredSortedAndPatched() {
        String one = create("one", Map.of("count", 9, "ratio", 0.5, "since", "2026-01-01T00:00:00Z", "flag", true));
        String two = create("two", Map.of("count", 10, "ratio", 1.25, "since", "2026-02-01T00:00:00+02:00"));
        assertFound("count gt 9", two);
        assertFound("ratio eq 0.5", one);
        assertFound("since lt \"2026-01-15T00:00:00Z\"", one);
        assertFound("flag eq true", one);
        assertFound("text eq \"TWO\"", two);
        api.scim().get("/Tests?sortBy=count&sortOrder=descending").then().body("Resources.id", contains(two, one));
        api.scim()
                .body(Map.of(
                        "Operations",
                        List.of(
                                Map.of("op", "add", "path", "parts[type eq \"a\"].value", "value", "x"),
                                Map.of("op", "replace", "path", EXTENSION + ":size", "value", 3))))
                .patch("/Tests/" + one)
                .then()
                .statusCode(200)
                .body("parts[0].value", equalTo("x"));
        assertFound("parts[type eq \"a\" and value eq \"X\"] and " + EXTENSION + ":size eq 3", one);
    }

    @Test
    void uniquenessIsThatOfTheSchema() {
        create("one", Map.of("exact", "A", "userName", "same"));
        create("two", Map.of("exact", "a", "userName", "same"));
        api.scim()
                .body(Map.of("schemas", List.of(URN), "text", "three", "exact", "A"))
                .post("/Tests")
                .then()
                .statusCode(409)
                .body("scimType", equalTo("uniqueness"));
    }

    @Test
    void aTypeThatCannotBeServedIsRefused() {
        Api.admin()
                .body("{\"resourceTypes\":[{\"name\":\"Test\",\"endpoint\":\"/Users\",\"schema\":\"" + URN + "\"}]}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(400)
                .body("detail", equalTo("the endpoint /Users is taken by User"));
        Api.admin()
                .body("{\"resourceTypes\":[{\"name\":\"Test\",\"endpoint\":\"/Bulk\",\"schema\":\"" + URN + "\"}]}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(400)
                .body("field", equalTo("/resourceTypes/0/endpoint"));
    }

    private String create(String text, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("schemas", List.of(URN));
        body.put("text", text);
        return api.create("/Tests", body).path("id");
    }

    private void assertFound(String filter, String id) {
        api.scim()
                .queryParam("filter", filter)
                .get("/Tests")
                .then()
                .statusCode(200)
                .body("Resources.id", contains(id));
    }
}
