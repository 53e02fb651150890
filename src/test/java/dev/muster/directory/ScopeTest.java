package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.AsyncCalls;
import dev.muster.Exchange;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** vendors.md 1f: users outside the scope can be neither read, nor matched, nor changed through SCIM. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ScopeTest {

    private static final String NOBODY = "018f0000-0000-7000-8000-000000000000";
    private static final String EMPLOYEES = "userType eq \"Employee\"";
    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private Wire wire;

    /** An employee. */
    private String ann;

    /** A contractor: he was here before the scope was set. */
    private String bob;

    private String staff;
    private String guests;

    @BeforeEach
    void aContractorAmongEmployees() {
        wire = Wire.toNewTenant();
        ann = wire.post("/Users", "{'userName':'ann','userType':'Employee'}")
                .is(201)
                .id();
        bob = wire.post(
                        "/Users",
                        "{'userName':'bob','externalId':'b-1','displayName':'Bob','userType':'Contractor','title':'CTO',"
                                + "'emails':[{'value':'bob@example.com'}]}")
                .is(201)
                .id();
        staff = group("staff", ann, bob);
        guests = group("guests", bob);
        scope(EMPLOYEES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "", textBlock = """
            GET    |        |               |
            GET    |        | If-None-Match |
            PUT    |        |               | {"userName":"bob","userType":"Employee"}
            PUT    |        | If-Match      | {"userName":"bob","userType":"Employee"}
            PATCH  |        |               | {"Operations":[{"op":"replace","path":"title","value":"x"}]}
            PATCH  |        | If-Match      | {"Operations":[{"op":"replace","path":"userType","value":"Employee"}]}
            PATCH  | ?attributes=groups |   | {"Operations":[{"op":"replace","path":"userType","value":"Employee"}]}
            DELETE |        |               |
            DELETE |        | If-Match      |
            """)
    void itsIdIsNobodys(String method, String query, String condition, String body) {
        for (String tag : List.of("W/\"1\"", "W/\"7\"", "*")) {
            Map<String, String> headers = condition == null ? Map.of() : Map.of(condition, tag);
            String parameters = query == null ? "" : query;
            Exchange hidden = wire.send(method, "/Users/" + bob + parameters, headers, body)
                    .isError(404);
            Exchange unknown = wire.send(method, "/Users/" + NOBODY + parameters, headers, body);
            assertEquals(unknown.body(), hidden.body());
        }
        assertBobIsAsHeWas();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    void hisTokenIsNobodys(String method) {
        String token = Api.admin()
                .body("{\"userId\":\"" + bob + "\"}")
                .post("/admin/api/tenants/{id}/tokens", wire.api().tenant())
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        String body = Map.of(
                        "PUT", "{\"userName\":\"bob\",\"userType\":\"Employee\"}",
                        "PATCH", "{\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}]}")
                .get(method);
        new Wire(new Api(wire.api().tenant(), token))
                .send(method, "/Me", Map.of(), body)
                .isError(404);
        assertBobIsAsHeWas();
    }

    /** One at a time, and as batches that one statement carries out. */
    @Test
    void inBulkHisIdIsNobodys() {
        String put = operation("PUT", "/Users/%s", "{'userName':'x%s','userType':'Employee'}");
        String patch = operation(
                "PATCH", "/Users/%s", "{'Operations':[{'op':'replace','path':'userType','value':'Employee'}]}");
        String delete = "{'method':'DELETE','path':'/Users/%s'}";
        for (String kind : List.of(put, patch, delete)) {
            String unknown = kind.replace("%s", NOBODY);
            for (String operations : List.of(kind, kind + "," + unknown)) {
                JsonNode results = bulk(operations.replace("%s", bob)).at("/Operations");
                JsonNode expected = bulk(operations.replace("%s", NOBODY)).at("/Operations");
                assertEquals("404", results.at("/0/status").asText(), results::toString);
                assertEquals(expected.at("/0/response"), results.at("/0/response"));
            }
        }
        assertBobIsAsHeWas();
    }

    @Test
    void aDeletionForLaterFindsNobody() {
        AsyncCalls calls = new AsyncCalls(Http.of(wire.api()));
        String result = calls.finished(calls.txn("DELETE", "/Users/" + bob, "")).body();
        assertTrue(result.contains("\"404\""), result);
        assertBobIsAsHeWas();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', nullValues = "", textBlock = """
            /Users ||1
            /Users | userName eq "bob"|0
            /Users | id eq "{bob}"|0
            /Users | externalId eq "b-1"|0
            /Users | emails.value eq "bob@example.com"|0
            /Users | userType ne "Employee"|0
            /Users | not (userName eq "ann")|0
            /Users | title pr or userName pr|1
            /Users | title sw "C"|0
            /Users | groups.value eq "{staff}"|1
            /Users | groups.value eq "{guests}"|0
            /Groups| members.value eq "{bob}"|0
            /Groups| members[value eq "{bob}"]|0
            /Groups| members.value eq "{bob}" or displayName eq "guests"|1
            /Groups| not (members.value eq "{bob}")|2
            /Groups| members pr|1
            /Groups| members eq null|1
            /Groups| members.display eq "Bob"|0
            /Groups| members[display co "o" and type eq "User"]|0
            /Groups| members[value eq "{ann}"]|1
            /Groups| members.$ref eq "https://x/Users/{bob}"|0
            /Groups| members.value ne "{ann}"|1
            /      ||3
            /      | id eq "{bob}" or displayName eq "Bob"|0
            /      | members.value eq "{bob}" or userName eq "bob"|0
            """)
    void noQueryFindsHim(String endpoint, String filter, int expected) {
        String where = filter == null
                ? null
                : filter.replace("{bob}", bob)
                        .replace("{ann}", ann)
                        .replace("{staff}", staff)
                        .replace("{guests}", guests);
        String query = "?sortBy=id&" + (where == null ? "" : "filter=" + Wire.encoded(where) + "&");
        Exchange all = wire.get(endpoint + query).is(200);
        assertEquals(expected, all.totalResults(), () -> filter + " " + all.body());
        assertEquals(expected, all.at("/Resources").size());
        assertFalse(all.body().toString().contains(bob), filter);
        assertEquals(expected, wire.get(endpoint + query + "count=0").totalResults());
        assertEquals(
                expected,
                wire.get(endpoint + query + "cursor=&count=50")
                        .is(200)
                        .at("/Resources")
                        .size());
        String search = "{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest']"
                + (where == null ? "" : ",'filter':'" + where + "'") + "}";
        assertEquals(
                expected,
                wire.post((endpoint.equals("/") ? "" : endpoint) + "/.search", search)
                        .is(200)
                        .totalResults());
    }

    @Test
    void noGroupShowsHim() {
        assertEquals(Set.of(ann), members(wire.get("/Groups/" + staff)));
        assertEquals(Set.of(), members(wire.get("/Groups/" + guests)));
        assertEquals(Set.of(ann), members(wire.get("/Groups/" + staff + "?attributes=members.value")));
        assertFalse(wire.get("/Groups").body().toString().contains(bob));
        assertFalse(wire.get("/").body().toString().contains(bob));
    }

    /** More than is read at once, so that the rest is streamed. */
    @Test
    void aLargeGroupStreamsThoseThatAreSeen() {
        scope(null);
        String users = IntStream.range(0, 2_500)
                .mapToObj(n -> "{'method':'POST','path':'/Users','bulkId':'" + n + "','data':{'userName':'u" + n
                        + "','userType':'" + (n % 3 == 0 ? "Contractor" : "Employee") + "'}}")
                .collect(Collectors.joining(","));
        String members = IntStream.range(0, 2_500)
                .mapToObj(n -> "{'value':'bulkId:" + n + "'}")
                .collect(Collectors.joining(","));
        String group = "{'method':'POST','path':'/Groups','bulkId':'g','data':{'displayName':'all','members':["
                + members + "]}}";
        String location = bulk(users + "," + group)
                .at("/Operations")
                .path(2_500)
                .path("location")
                .asText();
        String path = "/Groups/" + location.substring(location.lastIndexOf('/') + 1);
        assertEquals(2_500, members(wire.get(path)).size());
        scope(EMPLOYEES);
        assertEquals(1_666, members(wire.get(path)).size());
    }

    @Test
    void heCannotBecomeAMember() {
        String both = "[{'value':'" + ann + "'},{'value':'%s'}]";
        String create = "{'displayName':'new','members':" + both + "}";
        String add = "{'op':'add','path':'members','value':" + both + "}";
        String replace = "{'op':'replace','path':'members','value':" + both + "}";
        String path = "/Groups/" + staff;
        for (String id : List.of(bob, NOBODY)) {
            String detail = "members: there is no user or group with the id " + id
                    + ". Nothing was changed; send ids of existing resources.";
            for (Exchange refused : List.of(
                    wire.post("/Groups", create.replace("%s", id)),
                    wire.put(path, create.replace("%s", id)),
                    wire.operations(path, add.replace("%s", id)),
                    wire.operations(path, replace.replace("%s", id)))) {
                refused.isError(400, "invalidValue");
                assertEquals(detail, refused.text("/detail"));
            }
            String other = operation("POST", "/Groups", "{'displayName':'other'}");
            String refused = operation("POST", "/Groups", create.replace("%s", id));
            for (JsonNode result : List.of(
                    bulk(refused).at("/Operations/0"),
                    bulk(refused + "," + other).at("/Operations/0"))) {
                assertEquals("400", result.path("status").asText());
                assertEquals(detail, result.at("/response/detail").asText());
            }
        }
        assertEquals("W/\"1\"", wire.get(path).header("ETag"));
    }

    /** Whoever does not see a member cannot have meant to remove it. */
    @Test
    void noChangeOfMembersRemovesHim() {
        String path = "/Groups/" + guests;
        for (String operation : List.of(
                "{'op':'remove','path':'members'}",
                "{'op':'replace','path':'members','value':[]}",
                "{'op':'remove','path':'members[type eq \"User\"]'}",
                "{'op':'remove','path':'members[type eq \"User\" or display eq \"Bob\"]'}",
                "{'op':'remove','path':'members[value eq \"" + bob + "\"]'}",
                "{'op':'remove','path':'members','value':[{'value':'" + bob + "'}]}")) {
            wire.operations(path, operation).is(204);
            assertEquals("W/\"1\"", wire.get(path).header("ETag"), () -> operation + " changed nothing that is seen");
        }
        wire.put(path, "{'displayName':'guests','members':[]}").is(200);
        wire.operations("/Groups/" + staff, "{'op':'remove','path':'members'}").is(204);
        assertEquals("W/\"2\"", wire.get("/Groups/" + staff).header("ETag"));
        assertEquals(Set.of(), members(wire.get("/Groups/" + staff)));
        wire.put("/Groups/" + staff, "{'displayName':'staff','members':[{'value':'" + ann + "'}]}")
                .is(200);
        scope(null);
        assertEquals(Set.of(bob), members(wire.get(path)));
        assertEquals(Set.of(ann, bob), members(wire.get("/Groups/" + staff)));
    }

    @Test
    void noWritePutsAUserOutside() {
        String path = "/Users/" + ann;
        String patch = "{'op':'replace','path':'userType','value':'Contractor'}";
        String outside = "{'userName':'carl','userType':'Contractor'}";
        for (Exchange refused : List.of(
                wire.post("/Users", outside),
                wire.post("/Users", "{'userName':'carl'}"),
                wire.put(path, "{'userName':'ann','userType':'Contractor'}"),
                wire.put(path, "{'userName':'ann'}"),
                wire.operations(path, patch),
                wire.operations(path, "{'op':'remove','path':'userType'}"))) {
            refused.isError(403);
            assertTrue(refused.text("/detail").contains("userType"), () -> "it names the attribute: " + refused);
            assertFalse(refused.text("/detail").contains("Employee"), () -> "and no value: " + refused);
        }
        String create = operation("POST", "/Users", outside);
        String change = operation("PATCH", path, "{'Operations':[" + patch + "]}");
        String fine = operation("POST", "/Users", "{'userName':'dora','userType':'employee'}");
        String alsoFine = operation("PATCH", path, "{'Operations':[{'op':'replace','path':'title','value':'x'}]}");
        assertEquals(List.of("403"), statuses(bulk(create)));
        assertEquals(List.of("403"), statuses(bulk(change)));
        assertEquals(
                List.of("403", "201", "403", "200"), statuses(bulk(String.join(",", create, fine, change, alsoFine))));
        assertEquals("Employee", wire.get(path).text("/userType"));
        assertEquals(2, wire.get("/Users").totalResults());
        scope(null);
        assertEquals(3, wire.get("/Users").totalResults());
    }

    /** That his name is taken cannot be hidden; whose it is can. */
    @Test
    void aConflictWithHimSaysNothingOfHim() {
        JsonNode hidden = wire.post("/Users", "{'userName':'bob','userType':'Employee'}")
                .isError(409, "uniqueness")
                .body();
        JsonNode seen = wire.post("/Users", "{'userName':'ann','userType':'Employee'}")
                .isError(409, "uniqueness")
                .body();
        assertEquals(seen, hidden);
        assertEquals(
                hidden,
                wire.operations("/Users/" + ann, "{'op':'replace','path':'userName','value':'BOB'}")
                        .body());
    }

    @Test
    void aDeletedUserLeavesTheGroupOfAHiddenOne() {
        wire.delete("/Users/" + ann).is(204);
        assertEquals("W/\"2\"", wire.get("/Groups/" + staff).header("ETag"));
        assertEquals(Set.of(), members(wire.get("/Groups/" + staff)));
        wire.delete("/Groups/" + staff).is(204);
        scope(null);
        assertEquals(
                List.of(guests),
                wire.get("/Users/" + bob).body().findValuesAsText("value").stream()
                        .filter(value -> !value.contains("@"))
                        .toList());
    }

    @Test
    void anotherScopeHoldsAtOnce() {
        scope("userType eq \"contractor\"");
        assertEquals("bob", wire.get("/Users/" + bob).is(200).text("/userName"));
        wire.get("/Users/" + ann).isError(404);
        assertEquals(Set.of(bob), members(wire.get("/Groups/" + staff)));
        scope(null);
        assertEquals(2, wire.get("/Users").totalResults());
    }

    /** A total that was counted in a wider scope is not told again, nor does a cursor lead on. */
    @Test
    void pagesBelongToTheScopeThatTheyBeganWith() {
        scope(null);
        wire.post("/Users", "{'userName':'eve','userType':'Employee'}").is(201);
        assertEquals(3, wire.get("/Users?count=1").totalResults());
        String cursor = wire.get("/Users?count=1&cursor=").text("/nextCursor");
        scope(EMPLOYEES);
        Exchange next = wire.get("/Users?count=1&startIndex=2").is(200);
        assertEquals(2, next.totalResults());
        assertEquals("eve", next.text("/Resources/0/userName"));
        wire.get("/Users?count=1&cursor=" + cursor).isError(400, "invalidCursor");
    }

    @Test
    void aScopeThatCannotBeIsRefusedWhereItStands() {
        String settings = "/admin/api/tenants/" + wire.api().tenant() + "/settings";
        for (String wrong : List.of("userType eq", "groups pr", "shoeSize eq \"44\"")) {
            String pointer = Api.admin()
                    .body(Map.of("scope", wrong))
                    .patch(settings)
                    .then()
                    .statusCode(400)
                    .extract()
                    .asString();
            assertTrue(pointer.contains("/scope"), pointer);
        }
        wire.get("/Users/" + bob).isError(404);
    }

    private void assertBobIsAsHeWas() {
        scope(null);
        Exchange he = wire.get("/Users/" + bob).is(200);
        assertEquals("W/\"1\"", he.header("ETag"));
        assertEquals("Contractor", he.text("/userType"));
        assertEquals(Set.of(ann, bob), members(wire.get("/Groups/" + staff)));
        scope(EMPLOYEES);
    }

    private void scope(String filter) {
        java.util.Map<String, Object> settings = new java.util.HashMap<>();
        settings.put("scope", filter);
        Api.admin()
                .body(settings)
                .patch("/admin/api/tenants/{id}/settings", wire.api().tenant())
                .then()
                .statusCode(200);
    }

    private String group(String name, String... members) {
        String values = java.util.Arrays.stream(members)
                .map(member -> "{'value':'" + member + "'}")
                .collect(Collectors.joining(","));
        return wire.post("/Groups", "{'displayName':'" + name + "','members':[" + values + "]}")
                .is(201)
                .id();
    }

    private Exchange bulk(String operations) {
        return wire.post("/Bulk", "{'schemas':['" + BULK + "'],'Operations':[" + operations + "]}")
                .is(200);
    }

    private static String operation(String method, String path, String data) {
        return "{'method':'" + method + "','path':'" + path + "','bulkId':'" + Math.abs(data.hashCode()) + "','data':"
                + data + "}";
    }

    private static List<String> statuses(Exchange bulk) {
        return StreamSupport.stream(bulk.at("/Operations").spliterator(), false)
                .map(result -> result.path("status").asText())
                .toList();
    }

    private static Set<String> members(Exchange group) {
        group.is(200);
        return StreamSupport.stream(group.at("/members").spliterator(), false)
                .map(member -> member.path("value").asText())
                .collect(Collectors.toSet());
    }
}
