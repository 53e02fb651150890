package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SCIM 2.0 Interoperability Profile asks of a service provider, of a strict tenant. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class InteropProfileTest {

    private static final String CORE = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:User']";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private Wire wire;

    @BeforeEach
    void strictTenant() {
        wire = Wire.toStrictTenant();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','value':{'active':false}}",
                "{'op':'add','value':{'title':'t'}}",
                "{'op':'add','path':null,'value':{'title':'t'}}",
                "{'op':'remove'}",
            })
    @DisplayName("every PATCH operation has a path")
    void patchWithoutPathIsInvalidSyntax(String operation) {
        String user = user("'title':'kept'");
        wire.operations(user, operation).isError(400, "invalidSyntax");
        assertEquals("kept", wire.get(user).text("/title"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'shoeSize':44",
                "'password':'t1meMa$heen'",
                "'name':{'nick':'x'}",
                "'emails':[{'value':'a@example.com','verified':true}]",
                "'urn:example:x':{'a':1}",
                "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'shoeSize':44}",
            })
    @DisplayName("attributes that no schema has are invalidSyntax in POST, PUT and PATCH")
    void undefinedAttributesAreInvalidSyntax(String member) {
        String user = user("'title':'kept'");
        wire.post("/Users", "{" + CORE + ",'userName':'other'," + member + "}").isError(400, "invalidSyntax");
        wire.put(user, "{" + CORE + ",'userName':'bjensen'," + member + "}").isError(400, "invalidSyntax");
        assertEquals("kept", wire.get(user).text("/title"));
        assertEquals(0, wire.query("/Users", "userName eq \"other\"").totalResults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shoeSize", "password", "name.nick", "urn:example:x:a", ENTERPRISE + ":shoeSize"})
    @DisplayName("paths to attributes that no schema has are invalidSyntax")
    void undefinedPathsAreInvalidSyntax(String path) {
        wire.operations(user("'title':'t'"), "{'op':'replace','path':'" + path + "','value':'x'}")
                .isError(400, "invalidSyntax");
    }

    @Test
    @DisplayName("schemas that are not defined are invalidSyntax")
    void undefinedSchemasAreInvalidSyntax() {
        wire.post(
                        "/Users",
                        "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User','urn:example:x'],'userName':'other'}")
                .isError(400, "invalidSyntax");
    }

    @Test
    @DisplayName("replace of a singular complex attribute replaces all of it, add merges")
    void replacesASingularComplexAttributeWhole() {
        String user = user("'name':{'givenName':'Barbara','familyName':'Jensen'}");
        wire.operations(user, "{'op':'add','path':'name','value':{'middleName':'Jane'}}")
                .is(200);
        assertEquals(
                Json.json("{'givenName':'Barbara','familyName':'Jensen','middleName':'Jane'}"),
                wire.get(user).at("/name"));
        wire.operations(user, "{'op':'replace','path':'name','value':{'givenName':'Babs'}}")
                .is(200);
        assertEquals(Json.json("{'givenName':'Babs'}"), wire.get(user).at("/name"));
        wire.operations(user, "{'op':'replace','path':'name.familyName','value':'Jensen'}")
                .is(200);
        assertEquals(
                Json.json("{'givenName':'Babs','familyName':'Jensen'}"),
                wire.get(user).at("/name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "replace"})
    @DisplayName("add and replace of a singular simple attribute do the same")
    void addIsReplaceForSimpleAttributes(String operation) {
        String user = user("'title':'t'");
        wire.operations(
                        user,
                        "{'op':'" + operation + "','path':'title','value':'u'}",
                        "{'op':'" + operation + "','path':'nickName','value':'b'}")
                .is(200);
        assertEquals("u", wire.get(user).text("/title"));
        assertEquals("b", wire.get(user).text("/nickName"));
    }

    @Test
    @DisplayName("a path with a filter goes on to a sub-attribute")
    void aPathWithAFilterNamesASubAttribute() {
        String user = user("'emails':[{'type':'work','value':'a@example.com'}]");
        for (String operation : new String[] {
            "{\"op\":\"add\",\"path\":\"emails[type eq \\\"work\\\"]\",\"value\":{\"value\":\"b@example.com\"}}",
            "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"]\",\"value\":{\"value\":\"b@example.com\"}}",
            "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"]\"}"
        }) {
            wire.operations(user, operation).isError(400, "invalidPath");
        }
        assertEquals("a@example.com", wire.get(user).text("/emails/0/value"));
        wire.operations(
                        user,
                        "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"b@example.com\"}")
                .is(200);
        assertEquals("b@example.com", wire.get(user).text("/emails/0/value"));
        wire.operations(
                        user,
                        "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"home\\\"].value\",\"value\":\"c@example.com\"}")
                .isError(400, "noTarget");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'True'", "'false'", "1", "'yes'"})
    @DisplayName("booleans are JSON booleans")
    void booleansAreBooleans(String active) {
        wire.post("/Users", "{" + CORE + ",'userName':'other','active':" + active + "}")
                .isError(400, "invalidValue");
        wire.operations(user("'active':true"), "{'op':'replace','path':'active','value':" + active + "}")
                .isError(400, "invalidValue");
        wire.get("/Users" + Wire.filter("active eq \"True\"")).isError(400, "invalidFilter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Users?filter=shoeSize%20eq%2044", "/Groups?filter=userName%20eq%20%22a%22"})
    @DisplayName("a filter on an attribute that the type does not have is invalidFilter")
    void undefinedAttributesInFiltersAreInvalidFilter(String query) {
        wire.get(query).isError(400, "invalidFilter");
    }

    @Test
    @DisplayName("passwords are not supported, and discovery says so")
    void passwordsAreNotSupported() {
        assertFalse(wire.get("/ServiceProviderConfig")
                .at("/changePassword/supported")
                .asBoolean(true));
        Exchange schema =
                wire.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User").is(200);
        assertFalse(schema.at("/attributes").findValuesAsText("name").contains("password"));
        assertFalse(wire.get("/Schemas").body().toString().contains("\"password\""));
        wire.get("/Users" + Wire.filter("password pr")).isError(400, "invalidFilter");
        assertTrue(new Wire(Api.newTenant())
                .get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                .at("/attributes")
                .findValuesAsText("name")
                .contains("password"));
    }

    @Test
    @DisplayName("DELETE deletes: 404 afterwards, in no list, and the userName is free")
    void deleteIsReal() {
        String user = user("'title':'t'");
        wire.delete(user).is(204);
        wire.get(user).isError(404);
        wire.operations(user, "{'op':'replace','path':'active','value':true}").isError(404);
        assertEquals(0, wire.query("/Users", "userName eq \"bjensen\"").totalResults());
        user("'title':'again'");
    }

    @Test
    @DisplayName("active false keeps the resource")
    void patchDoesNotDelete() {
        String user = user("'active':true");
        wire.operations(user, "{'op':'replace','path':'active','value':false}").is(200);
        assertFalse(wire.get(user).is(200).at("/active").asBoolean(true));
        assertEquals(1, wire.query("/Users", "userName eq \"bjensen\"").totalResults());
    }

    @Test
    @DisplayName("one rule of case for filters and uniqueness: userName ignores it, id and externalId do not")
    void caseIsOneRule() {
        String user = user("'externalId':'Ext-1'");
        wire.post("/Users", "{" + CORE + ",'userName':'BJENSEN'}").isError(409, "uniqueness");
        assertEquals(1, wire.query("/Users", "userName eq \"BJensen\"").totalResults());
        assertEquals(1, wire.query("/Users", "externalId eq \"Ext-1\"").totalResults());
        assertEquals(0, wire.query("/Users", "externalId eq \"EXT-1\"").totalResults());
        String upper = "/Users/" + user.substring("/Users/".length()).toUpperCase(java.util.Locale.ROOT);
        wire.get(upper).isError(404);
        assertEquals(
                0,
                wire.query("/Users", "id eq \"" + upper.substring("/Users/".length()) + "\"")
                        .totalResults());
    }

    @Test
    @DisplayName("a uniqueness conflict of a PATCH is 409, too")
    void patchConflictsAre409() {
        user("'title':'t'");
        String other = "/Users/" + wire.newUser("other");
        wire.operations(other, "{'op':'replace','path':'userName','value':'BJensen'}")
                .isError(409, "uniqueness");
    }

    @Test
    @DisplayName("a page has 100 resources unless asked otherwise, and as many as are asked for up to the maximum")
    void pagesHaveAHundred() {
        for (int i = 0; i < 120; i++) {
            wire.newUser("user" + i);
        }
        assertEquals(100, wire.get("/Users").at("/Resources").size());
        assertEquals(110, wire.get("/Users?count=110").at("/Resources").size());
        assertEquals(120, wire.get("/Users?count=100000").at("/Resources").size());
        assertEquals(
                1_000,
                wire.get("/ServiceProviderConfig").at("/filter/maxResults").asInt());
    }

    @Test
    @DisplayName("types' ids are their names, and every schema that they name is there")
    void discoveryIsWhole() {
        for (JsonNode type : wire.get("/ResourceTypes").at("/Resources")) {
            assertEquals(type.path("name"), type.path("id"));
            wire.get("/Schemas/" + type.path("schema").asText()).is(200);
            for (JsonNode extension : type.path("schemaExtensions")) {
                wire.get("/Schemas/" + extension.path("schema").asText()).is(200);
            }
        }
    }

    @Test
    @DisplayName("who conforms says so, and nobody else")
    void conformanceIsClaimedWhereItIsSo() {
        assertTrue(conformant("https").asBoolean());
        assertTrue(conformant("http").isMissingNode(), "without TLS");
        settings("{'attributes':{'unsupported':'ignore'}}");
        assertTrue(conformant("https").isMissingNode(), "what is not defined is not refused");
        settings(
                "{'attributes':null,'schemas':[{'id':'urn:x:y','resourceType':'User','attributes':[{'name':'phones','type':'complex',"
                        + "'multiValued':true,'subAttributes':[{'name':'value'},{'name':'type'}]}]}]}");
        assertTrue(conformant("https").isMissingNode(), "a type that is not declared");
        settings("{'schemas':null}");
        assertTrue(conformant("https").asBoolean());
        settings("{'conformance':'compat'}");
        assertTrue(conformant("https").isMissingNode(), "compat");
    }

    private JsonNode conformant(String scheme) {
        return wire.send("GET", "/ServiceProviderConfig", Map.of("X-Forwarded-Proto", scheme), null)
                .is(200)
                .at("/interopProfileConformant");
    }

    private void settings(String patch) {
        Api.admin()
                .body(Json.json(patch).toString())
                .patch("/admin/api/tenants/{id}/settings", wire.api().tenant())
                .then()
                .statusCode(200);
    }

    @Test
    @DisplayName("PUT is there, for clients that know nothing else; an unknown header changes nothing")
    void putIsSupported() {
        String user = user("'title':'t'");
        wire.send(
                        "PUT",
                        user,
                        Map.of("X-Unknown", "x"),
                        Json.json("{" + CORE + ",'userName':'bjensen'}").toString())
                .is(200);
        assertFalse(wire.get(user).body().has("title"));
    }

    private String user(String members) {
        return "/Users/"
                + wire.post("/Users", "{" + CORE + ",'userName':'bjensen'," + members + "}")
                        .is(201)
                        .id();
    }
}
