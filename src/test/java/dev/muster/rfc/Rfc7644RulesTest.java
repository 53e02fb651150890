package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 7643 and RFC 7644 say in words and show in no example. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc7644RulesTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private Wire wire;

    @BeforeEach
    void tenant() {
        wire = Wire.toNewTenant();
    }

    @Test
    @DisplayName("7643 §3: schemas lists each URI once, and those of the attributes that are there")
    void schemasListsEachOnce() {
        Exchange created = wire.post(
                        "/Users",
                        "{'schemas':['" + CORE + "','" + CORE + "','" + ENTERPRISE + "'],'userName':'bjensen'}")
                .is(201);
        assertEquals(List.of(CORE), texts(created, "/schemas"));
        wire.operations("/Users/" + created.id(), "{'op':'add','path':'" + ENTERPRISE + ":department','value':'d'}")
                .is(200);
        assertEquals(List.of(CORE, ENTERPRISE), texts(wire.get("/Users/" + created.id()), "/schemas"));
    }

    @Test
    @DisplayName("7643 §3.1: id and meta are the server's; created and lastModified are the same at first")
    void idAndMetaAreTheServers() {
        Exchange created = wire.post(
                        "/Users",
                        "{'schemas':['" + CORE
                                + "'],'userName':'bjensen','id':'bulkId:1','meta':{'created':'2001-01-01T00:00:00Z',"
                                + "'resourceType':'Group','location':'https://example.com/x','version':'x'}}")
                .is(201);
        assertFalse(created.id().contains("bulkId"));
        assertEquals(created.at("/meta/created"), created.at("/meta/lastModified"));
        assertFalse(created.text("/meta/created").startsWith("2001"));
        assertEquals("User", created.text("/meta/resourceType"));
        assertEquals(wire.tenantUrl() + "/Users/" + created.id(), created.text("/meta/location"));
        Exchange replaced = wire.put(
                        "/Users/" + created.id(), "{'schemas':['" + CORE + "'],'id':'other','userName':'bjensen2'}")
                .is(200);
        assertEquals(created.id(), replaced.id());
        assertEquals(created.at("/meta/created"), replaced.at("/meta/created"));
        assertTrue(replaced.text("/meta/lastModified").compareTo(created.text("/meta/lastModified")) > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "null"})
    @DisplayName("7643 §4.1.1: each User has a userName that is not empty")
    void userNameIsNotEmpty(String userName) {
        wire.post("/Users", "{'schemas':['" + CORE + "'],'userName':" + userName + "}")
                .isError(400, "invalidValue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','path':'userName','value':''}",
                "{'op':'add','path':'userName','value':' '}",
                "{'op':'replace','value':{'userName':''}}"
            })
    @DisplayName("7643 §4.1.1, 7644 §3.5.2: nor does a PATCH empty it")
    void aPatchDoesNotEmptyTheUserName(String operation) {
        String user = "/Users/" + wire.newUser("bjensen");
        wire.operations(user, operation).isError(400, "invalidValue");
        assertEquals("bjensen", wire.get(user).text("/userName"));
    }

    @Test
    @DisplayName("7643 §4.2, 7644 §3.5.2: a PATCH does not take a group's name away")
    void aPatchDoesNotEmptyTheNameOfAGroup() {
        Exchange group = wire.post(
                        "/Groups", "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'Tours'}")
                .is(201);
        wire.operations("/Groups/" + group.id(), "{'op':'replace','path':'displayName','value':''}")
                .isError(400, "invalidValue");
        assertEquals("Tours", wire.get("/Groups/" + group.id()).text("/displayName"));
    }

    @Test
    @DisplayName("7643 §2.3.5, 7644 §3.4.2.2: a dateTime without an offset is one, in UTC")
    void aDateTimeNeedsNoOffset() {
        wire.newUser("bjensen");
        assertEquals(
                1,
                wire.query("/Users", "meta.created gt \"2011-05-13T04:42:34\"").totalResults());
        assertEquals(
                0,
                wire.query("/Users", "meta.created lt \"2011-05-13T04:42:34\"").totalResults());
    }

    @Test
    @DisplayName("7643 §2.5: null and an empty array are as if nothing had been said")
    void unassignedIsUnassigned() {
        Exchange created = wire.post(
                        "/Users",
                        "{'schemas':['" + CORE
                                + "'],'userName':'bjensen','title':null,'emails':[],'name':{'givenName':null}}")
                .is(201);
        for (String name : List.of("title", "emails", "name")) {
            assertFalse(created.body().has(name), name);
            assertEquals(0, wire.query("/Users", name + " pr").totalResults(), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?unknown=1", "?aadOptscim062020", "?access_token=x", "?$filter=x"})
    @DisplayName("7644 §3.4.2: query parameters that are not understood are ignored")
    void unknownParametersAreIgnored(String query) {
        wire.newUser("bjensen");
        assertEquals(1, wire.get("/Users" + query).is(200).totalResults());
    }

    @ParameterizedTest
    @CsvSource({
        "active gt true",
        "active ge false",
        "active lt true",
        "active le true",
        "active co true",
        "x509Certificates.value gt \"AQID\"",
        "x509Certificates.value le \"AQID\"",
    })
    @DisplayName("7644 §3.4.2.2: boolean and binary attributes have no order, the answer is invalidFilter")
    void booleansAndBinariesHaveNoOrder(String filter) {
        wire.get("/Users" + Wire.filter(filter)).isError(400, "invalidFilter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "userName", "eq", "()", "not", "userName eq"})
    @DisplayName("7644 §3.4.2.2: a filter has at least one valid expression")
    void aFilterHasAnExpression(String filter) {
        wire.newUser("bjensen");
        wire.get("/Users" + Wire.filter(filter)).isError(400, "invalidFilter");
    }

    @ParameterizedTest
    @CsvSource({
        "meta.resourceType eq \"User\",1",
        "meta.resourceType eq \"Group\",0",
        "schemas eq \"urn:ietf:params:scim:schemas:core:2.0:User\",1",
        "schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\",0",
        "meta.created gt \"2011-05-13T04:42:34Z\",1",
        "meta.lastModified lt \"2011-05-13T04:42:34Z\",0",
        "USERNAME eq \"BJENSEN\",1",
        "userName EQ \"bjensen\" AND NOT (title PR),1",
    })
    @DisplayName("7644 §3.4.2.2: common attributes are filtered as others; names and operators are in any case")
    void commonAttributesAreFiltered(String filter, int found) {
        wire.newUser("bjensen");
        assertEquals(found, wire.query("/Users", filter).totalResults());
    }

    @Test
    @DisplayName("7644 §3.4.2.3: sortOrder without sortBy changes nothing")
    void sortOrderAloneChangesNothing() {
        wire.newUser("a");
        wire.newUser("c");
        wire.newUser("b");
        List<String> usual = wire.get("/Users").body().findValuesAsText("userName");
        assertEquals(usual, wire.get("/Users?sortOrder=descending").body().findValuesAsText("userName"));
        assertEquals(
                List.of("c", "b", "a"),
                wire.get("/Users?sortBy=userName&sortOrder=descending").body().findValuesAsText("userName"));
    }

    @Test
    @DisplayName("7644 §3.5.1: PUT without a required attribute is refused, with what it must not change ignored")
    void putNeedsWhatIsRequired() {
        String user = "/Users/" + wire.newUser("bjensen");
        wire.put(user, "{'schemas':['" + CORE + "'],'title':'t'}").isError(400, "invalidValue");
        assertEquals("bjensen", wire.get(user).text("/userName"));
    }

    @Test
    @DisplayName("7644 §3.5.2.1: what is there already is no change: the time of modification stays")
    void aChangeOfNothingKeepsTheTime() {
        String user = "/Users/" + wire.newUser("bjensen");
        Exchange before = wire.operations(
                        user, "{'op':'add','path':'emails','value':[{'value':'a@example.com','type':'work'}]}")
                .is(200);
        Exchange after = wire.operations(
                        user, "{'op':'add','path':'emails','value':[{'value':'a@example.com','type':'work'}]}")
                .is(200);
        assertEquals(before.at("/meta"), after.at("/meta"));
    }

    @Test
    @DisplayName("7644 §3.5.2: the schemas of a PATCH and of what it changes are not mixed up")
    void patchKeepsSchemas() {
        String user = "/Users/" + wire.newUser("bjensen");
        assertEquals(
                List.of(CORE),
                texts(
                        wire.operations(user, "{'op':'add','path':'title','value':'t'}")
                                .is(200),
                        "/schemas"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/scim+json", "application/json", "*/*", "application/*"})
    @DisplayName("7644 §3.8: answers are UTF-8 JSON of SCIM's media type")
    void answersAreScim(String accept) {
        wire.post("/Users", "{'schemas':['" + CORE + "'],'userName':'J\u00e9r\u00f4me \u4e2d'}")
                .is(201);
        Exchange read =
                wire.send("GET", "/Users", Map.of("Accept", accept), null).is(200);
        assertEquals("application/scim+json", read.header("Content-Type").split(";")[0]);
        assertEquals("J\u00e9r\u00f4me \u4e2d", read.text("/Resources/0/userName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Schemas", "/ResourceTypes"})
    @DisplayName("7644 §4: discovery ignores sorting, paging and projection, and refuses filters")
    void discoveryIgnoresQueries(String endpoint) {
        Exchange all = wire.get(endpoint).is(200);
        assertEquals(
                all.body(),
                wire.get(endpoint + "?startIndex=2&count=1&sortBy=id&sortOrder=descending&attributes=id")
                        .body());
        assertEquals(all.totalResults(), all.at("/Resources").size());
        wire.get(endpoint + Wire.filter("id eq \"User\"")).isError(403);
        wire.get("/ServiceProviderConfig" + Wire.filter("patch pr")).isError(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Schemas", "/ResourceTypes", "/ServiceProviderConfig"})
    @DisplayName("7644 §4: discovery is read only")
    void discoveryIsReadOnly(String endpoint) {
        wire.post(endpoint, "{}").isError(405);
        wire.delete(endpoint).isError(405);
    }

    @Test
    @DisplayName("7644 §6: what one tenant has is nothing to another, names included")
    void tenantsHaveNothingInCommon() {
        String id = wire.newUser("bjensen");
        Wire other = new Wire(Api.newTenant());
        other.get("/Users/" + id).isError(404);
        other.newUser("bjensen");
        assertEquals(1, other.get("/Users").totalResults());
    }

    @Test
    @DisplayName("7644 §3.14: versions are weak, and the same in header and body")
    void versionsAreWeak() {
        Exchange created = wire.get("/Users/" + wire.newUser("bjensen"));
        assertTrue(created.header("ETag").startsWith("W/\""));
        assertEquals(created.header("ETag"), created.text("/meta/version"));
        wire.send("DELETE", "/Users/" + created.id(), Map.of("If-Match", "W/\"999\""), null)
                .isError(412);
        wire.get("/Users/" + created.id()).is(200);
    }

    private static List<String> texts(Exchange exchange, String pointer) {
        return exchange.at(pointer).valueStream().map(node -> node.asText()).toList();
    }
}
