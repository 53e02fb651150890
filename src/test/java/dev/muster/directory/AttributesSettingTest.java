package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.audit.OperatorsView;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The setting {@code attributes}: which attributes there are, and what becomes of others. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class AttributesSettingTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String ON =
            "\"on\":{\"User\":[\"externalId\",\"title\",\"name.givenName\",\"emails\",\"addresses.locality\",\""
                    + ENTERPRISE + ":department\"]}";
    private static final String IGNORING = "{\"attributes\":{" + ON + ",\"unsupported\":\"ignore\"}}";
    private static final String REJECTING = "{\"attributes\":{" + ON + ",\"unsupported\":\"reject\"}}";
    private static final String ADA = "{'schemas':['" + CORE + "','" + ENTERPRISE + "'],'userName':'ada','title':'Dr',"
            + "'displayName':'Ada','name':{'givenName':'Ada','formatted':'Ada L.'},'emails':[{'type':'work','value':'a@x.org'}],"
            + "'addresses':[{'type':'work','locality':'London','country':'GB'}],"
            + "'phoneNumbers':[{'type':'work','value':'1'}],'" + ENTERPRISE
            + "':{'department':'Maths','costCenter':'7'}}";
    private static final List<String> DROPPED =
            List.of("displayName", "phoneNumbers", "name.formatted", "addresses.country", ENTERPRISE + ":costCenter");

    private final Reindexing reindexing;

    @Inject
    AttributesSettingTest(Reindexing reindexing) {
        this.reindexing = reindexing;
    }

    @Test
    void discoveryShowsWhatIsOn() {
        Wire wire = new Wire(Api.newTenant(IGNORING));
        JsonNode user = wire.get("/Schemas/" + CORE).is(200).body();
        assertEquals(Set.of("userName", "title", "name", "emails", "addresses"), names(user.path("attributes")));
        assertEquals(
                Set.of("department"),
                names(wire.get("/Schemas/" + ENTERPRISE).body().path("attributes")));
        JsonNode name = user.path("attributes")
                .valueStream()
                .filter(attribute -> attribute.path("name").asText().equals("name"))
                .findFirst()
                .orElseThrow();
        assertEquals(Set.of("givenName"), names(name.path("subAttributes")));

        Wire without = new Wire(Api.newTenant("{\"attributes\":{\"on\":{\"User\":[\"title\"]}}}"));
        without.get("/Schemas/" + ENTERPRISE).isError(404);
        assertTrue(without.get("/ResourceTypes/User").at("/schemaExtensions").isEmpty());
        without.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group").is(200);
    }

    @Test
    void whatIsUnsupportedIsDroppedAndLogged() {
        Api api = Api.newTenant(IGNORING);
        Wire wire = new Wire(api);
        Exchange created = wire.post("/Users", ADA).is(201);
        assertShowsWhatIsOn(created.body());
        assertEquals(Set.copyOf(DROPPED), ignored(api, created));
        Exchange replaced = wire.put("/Users/" + created.id(), ADA.replace("'Dr'", "'Prof'"))
                .is(200);
        assertEquals("Prof", replaced.text("/title"));
        assertEquals(Set.copyOf(DROPPED), ignored(api, replaced));
        Exchange patched = wire.operations(
                        "/Users/" + created.id(),
                        "{'op':'Replace','path':'displayName','value':'A'}",
                        "{'op':'Add','path':'addresses[type eq \\\"work\\\"].country','value':'FR'}",
                        "{'op':'Add','path':'addresses[type eq \\\"work\\\"].locality','value':'Paris'}",
                        "{'op':'Add','value':{'name.familyName':'L','name.givenName':'A','" + ENTERPRISE
                                + ":division':'x','" + ENTERPRISE + "':{'costCenter':'1','department':'Logic'}}}",
                        "{'op':'Remove','path':'shoeSize'}")
                .is(200);
        assertEquals("Paris", patched.text("/addresses/0/locality"));
        assertEquals("A", patched.text("/name/givenName"));
        assertEquals("Logic", patched.at("/" + ENTERPRISE).path("department").asText());
        assertEquals(
                Set.of(
                        "displayName",
                        "addresses[type eq \"work\"].country",
                        "name.familyName",
                        ENTERPRISE + ":division",
                        ENTERPRISE + ":costCenter",
                        "shoeSize"),
                ignored(api, patched));
    }

    @Test
    void whatIsUnsupportedIsDroppedInBulk() {
        Api api = Api.newTenant(IGNORING);
        Wire wire = new Wire(api);
        Exchange bulk = wire.post(
                        "/Bulk",
                        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':["
                                + "{'method':'POST','bulkId':'a','path':'/Users','data':" + ADA + "},"
                                + "{'method':'PATCH','path':'/Users/bulkId:a','data':{'Operations':["
                                + "{'op':'add','path':'displayName','value':'x'},{'op':'add','path':'title','value':'y'}]}}]}")
                .is(200);
        assertEquals("201", bulk.text("/Operations/0/status"));
        assertEquals("200", bulk.text("/Operations/1/status"));
        JsonNode user = wire.query("/Users", "title eq \"y\"").at("/Resources/0");
        assertShowsWhatIsOn(user);
        List<JsonNode> entries = OperatorsView.of(api).entries(3, "requestId", bulk.header("X-Request-Id"));
        assertEquals(
                2,
                entries.stream()
                        .filter(entry -> entry.path("ignored").toString().contains("\"displayName\""))
                        .count(),
                entries::toString);
    }

    @Test
    void whatIsUnsupportedIsRejectedByName() {
        Wire wire = new Wire(Api.newTenant(REJECTING));
        assertNames("displayName", wire.post("/Users", ADA).isError(400, "invalidSyntax"));
        String id = wire.post("/Users", "{'userName':'ada','emails':[{'value':'a@x.org'}]}")
                .is(201)
                .id();
        assertNames(
                "costCenter",
                wire.put("/Users/" + id, "{'userName':'ada','" + ENTERPRISE + "':{'costCenter':'1'}}")
                        .isError(400, "invalidSyntax"));
        assertNames(
                "country",
                wire.post("/Users", "{'userName':'bob','addresses':[{'type':'work','country':'GB'}]}")
                        .isError(400, "invalidSyntax"));
        for (String path : List.of(
                "displayName",
                "name.formatted",
                "addresses[type eq \\\"work\\\"].country",
                ENTERPRISE + ":division",
                "shoeSize")) {
            assertNames(
                    path.replace("addresses[type eq \\\"work\\\"]", ""),
                    wire.operations(
                                    "/Users/" + id,
                                    "{'op':'add','path':'title','value':'x'}",
                                    "{'op':'add','path':'" + path + "','value':'x'}")
                            .isError(400, "invalidPath"));
        }
        for (String key : List.of("displayName", "name.formatted", ENTERPRISE + ":division")) {
            assertNames(
                    key,
                    wire.operations("/Users/" + id, "{'op':'add','value':{'title':'x','" + key + "':'x'}}")
                            .isError(400, "invalidSyntax"));
        }
        assertTrue(wire.get("/Users/" + id).at("/title").isMissingNode());
        Exchange bulk = wire.post(
                        "/Bulk", "{'Operations':[{'method':'POST','bulkId':'a','path':'/Users','data':" + ADA + "}]}")
                .is(200);
        assertEquals("400", bulk.text("/Operations/0/status"));
    }

    @Test
    void strictTenantsCanIgnoreAndLenientOnesReject() {
        Wire wire = new Wire(Api.newTenant("{\"conformance\":\"strict\",\"attributes\":{\"unsupported\":\"ignore\"}}"));
        String id = wire.post(
                        "/Users",
                        "{'schemas':['" + CORE
                                + "','urn:example:unknown'],'userName':'ada','shoeSize':4,'password':'t0p',"
                                + "'urn:example:unknown':{'a':1}}")
                .is(201)
                .id();
        wire.operations(
                        "/Users/" + id,
                        "{'op':'add','path':'shoeSize','value':4}",
                        "{'op':'add','path':'title','value':'x'}")
                .is(200);
    }

    @Test
    void filtersAndSortingKnowOnlyWhatIsOn() {
        Wire wire = new Wire(Api.newTenant(IGNORING));
        wire.post("/Users", ADA).is(201);
        for (String filter : List.of(
                "displayName eq \"Ada\"",
                "name.formatted pr",
                "addresses.country eq \"GB\"",
                "addresses[country eq \"GB\"]",
                ENTERPRISE + ":costCenter eq \"7\"",
                "groups pr")) {
            wire.get("/Users" + Wire.filter(filter)).isError(400, "invalidFilter");
        }
        wire.get("/Users?sortBy=displayName").isError(400);
        assertEquals(1, wire.query("/Users", "addresses.locality eq \"london\"").totalResults());
    }

    @Test
    void whatWasStoredIsHiddenWhileItIsOffAndThenThereAgain() throws Throwable {
        Api api = Api.newTenant();
        Wire wire = new Wire(api);
        Exchange created = wire.post("/Users", ADA).is(201);
        String user = "/Users/" + created.id();
        String group = "/Groups/"
                + wire.post("/Groups", "{'displayName':'all','members':[{'value':'" + created.id() + "'}]}")
                        .is(201)
                        .id();
        settings(api, IGNORING);

        assertShowsWhatIsOn(wire.get(user).is(200).body());
        assertShowsWhatIsOn(wire.get("/Users").at("/Resources/0"));
        assertShowsWhatIsOn(wire.get(user + "?attributes=displayName,name,addresses,userName," + ENTERPRISE)
                .body());
        assertTrue(wire.get(group).at("/members/0/display").isMissingNode());
        assertShowsWhatIsOn(wire.operations(user, "{'op':'replace','path':'title','value':'Prof'}")
                .is(200)
                .body());
        assertShowsWhatIsOn(wire.put(
                        user,
                        "{'userName':'ada','title':'Sir','name':{'givenName':'A'},'" + ENTERPRISE
                                + "':{'department':'Logic'},"
                                + "'addresses':[{'type':'work','locality':'Paris'}],'emails':[{'value':'b@x.org'}]}")
                .is(200)
                .body());
        wire.query("/Users", "title eq \"sir\"");

        settings(api, "{}");
        JsonNode again = wire.get(user).is(200).body();
        assertEquals("Ada", again.path("displayName").asText());
        assertEquals("A", again.at("/name/givenName").asText());
        assertEquals("Ada L.", again.at("/name/formatted").asText());
        assertEquals("Paris", again.at("/addresses/0/locality").asText());
        assertEquals("GB", again.at("/addresses/0/country").asText());
        assertEquals("1", again.at("/phoneNumbers/0/value").asText());
        assertEquals("Logic", again.path(ENTERPRISE).path("department").asText());
        assertEquals("7", again.path(ENTERPRISE).path("costCenter").asText());
        assertEquals(
                Set.of(CORE, ENTERPRISE),
                again.path("schemas").valueStream().map(JsonNode::asText).collect(Collectors.toSet()));
        assertEquals(
                1,
                wire.query("/Users", "displayName eq \"ada\" and phoneNumbers.value eq \"1\"")
                        .totalResults());
        assertEquals("Ada", wire.get(group).text("/members/0/display"));
    }

    /** A hidden part is no part: an attribute that has nothing else does not exist. */
    @Test
    void whatIsHiddenIsNotFound() throws Throwable {
        Api api = Api.newTenant();
        Wire wire = new Wire(api);
        wire.post("/Users", "{'userName':'ada','name':{'formatted':'Ada L.'},'" + ENTERPRISE + "':{'costCenter':'7'}}")
                .is(201);
        settings(api, IGNORING);
        assertEquals(0, wire.query("/Users", "name pr").totalResults());
        assertEquals(
                0, wire.query("/Users", "schemas eq \"" + ENTERPRISE + "\"").totalResults());
        JsonNode user = wire.get("/Users").at("/Resources/0");
        assertFalse(user.has("name"));
        assertFalse(user.has(ENTERPRISE));
        assertEquals(1, user.path("schemas").size());
    }

    @Test
    void membersCanBeOff() {
        Wire wire = new Wire(Api.newTenant("{\"attributes\":{\"on\":{\"Group\":[]},\"unsupported\":\"ignore\"}}"));
        String user = wire.newUser("ada");
        Exchange group = wire.post("/Groups", "{'displayName':'all','members':[{'value':'" + user + "'}]}")
                .is(201);
        assertTrue(group.at("/members").isMissingNode());
        wire.operations("/Groups/" + group.id(), "{'op':'add','path':'members','value':[{'value':'" + user + "'}]}");
        assertTrue(wire.get("/Groups/" + group.id()).at("/members").isMissingNode());
        assertTrue(wire.get("/Users/" + user).at("/groups").isMissingNode());
        wire.get("/Groups" + Wire.filter("members.value eq \"" + user + "\"")).isError(400, "invalidFilter");
    }

    @Test
    void whatThereIsNotCannotBeSwitchedOn() {
        Api api = Api.newTenant();
        Map.of(
                        "{\"attributes\":{\"on\":{\"User\":[\"title\",\"shoeSize\"]}}}", "/attributes/on/User/1",
                        "{\"attributes\":{\"on\":{\"Robot\":[\"title\"]}}}", "/attributes/on/Robot",
                        "{\"attributes\":{\"on\":{\"User\":[\"title\"]}},\"uniqueness\":[\"emails\"]}", "/uniqueness/0",
                        "{\"uniqueness\":[\"active\"]}", "/uniqueness",
                        "{\"requireOneOf\":[\"emails\",\"shoeSize\"]}", "/requireOneOf/1")
                .forEach((settings, field) -> {
                    String problem = Api.admin()
                            .body(settings)
                            .put("/admin/api/tenants/{id}/settings", api.tenant())
                            .then()
                            .statusCode(400)
                            .extract()
                            .asString();
                    assertTrue(problem.contains(field), problem);
                });
    }

    private void settings(Api api, String settings) throws Throwable {
        Api.admin()
                .body(settings)
                .put("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);
        VertxContextSupport.subscribeAndAwait(() -> reindexing.run(api.tenant()));
    }

    private static void assertShowsWhatIsOn(JsonNode user) {
        String text = user.toString();
        for (String off : List.of("displayName", "formatted", "country", "phoneNumbers", "costCenter")) {
            assertFalse(text.contains(off), text);
        }
        assertEquals("ada", user.path("userName").asText());
        assertTrue(user.at("/addresses/0/locality").isTextual(), text);
        assertTrue(user.path(ENTERPRISE).path("department").isTextual(), text);
    }

    private static void assertNames(String attribute, Exchange error) {
        assertTrue(error.text("/detail").contains(attribute), error.text("/detail"));
    }

    private static Set<String> ignored(Api api, Exchange exchange) {
        return OperatorsView.of(api)
                .entry("requestId", exchange.header("X-Request-Id"))
                .path("ignored")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode attributes) {
        return attributes
                .valueStream()
                .map(attribute -> attribute.path("name").asText())
                .collect(Collectors.toSet());
    }
}
