package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bulk operations of RFC 7644 §3.7, with its examples. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc7644BulkTest {

    private static final String REQUEST = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private static final String USER = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:User']";
    private static final String GROUP = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group']";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private Wire wire;

    @BeforeEach
    void newTenant() {
        wire = Wire.toStrictTenant();
    }

    /** §3.7.1: "The service provider MUST try to resolve circular cross-references between resources in a single bulk job". */
    @Test
    void section371CircularReferencesAreResolved() {
        Exchange bulk = bulk(
                group("qwerty", "Group A", "bulkId:ytrewq", "Group"),
                group("ytrewq", "Group B", "bulkId:qwerty", "Group"));
        assertEquals(List.of("201", "201"), statuses(bulk));
        JsonNode found = wire.query("/Groups", "displayName sw 'Group'".replace('\'', '"'))
                .body()
                .path("Resources");
        assertEquals(2, found.size());
        for (int i = 0; i < 2; i++) {
            JsonNode other = found.get(1 - i);
            assertEquals(other.path("id"), found.get(i).at("/members/0/value"));
            assertEquals(other.at("/meta/location"), found.get(i).at("/members/0/$ref"));
            assertEquals("Group", found.get(i).at("/members/0/type").asText());
        }
    }

    /** §3.7.2, the example of Alice and the Tour Guides. */
    @Test
    void section372BulkIdsBecomeIds() {
        Exchange bulk = bulk(user("qwerty", "Alice"), group("ytrewq", "Tour Guides", "bulkId:qwerty", "User"));
        assertEquals(
                "urn:ietf:params:scim:api:messages:2.0:BulkResponse",
                bulk.body().at("/schemas/0").asText());
        assertTrue(bulk.header("Content-Type").startsWith("application/scim+json"));
        assertEquals("qwerty", bulk.text("/Operations/0/bulkId"));
        assertEquals("ytrewq", bulk.text("/Operations/1/bulkId"));
        for (int i = 0; i < 2; i++) {
            JsonNode result = bulk.at("/Operations/" + i);
            assertEquals("POST", result.path("method").asText());
            assertEquals("201", result.path("status").textValue());
            assertFalse(result.has("response"));
            Exchange read = read(result);
            assertEquals(result.path("location").asText(), read.text("/meta/location"));
            assertEquals(result.path("version").asText(), read.header("ETag"));
        }
        Exchange group = read(bulk.at("/Operations/1"));
        assertEquals("Tour Guides", group.text("/displayName"));
        assertEquals(id(bulk, 0), group.text("/members/0/value"));
        assertEquals("User", group.text("/members/0/type"));
        assertEquals(bulk.text("/Operations/0/location"), group.text("/members/0/$ref"));
    }

    /** §3.7.2: "Extensions that include references to other resources MUST be handled in the same way". */
    @Test
    void section372ReferencesInExtensionsAreResolved() {
        Exchange bulk = bulk(user("qwerty", "Alice"), managed("ytrewq", "Bob", "bulkId:qwerty"));
        assertEquals(List.of("201", "201"), statuses(bulk));
        assertEquals(
                id(bulk, 0),
                read(bulk.at("/Operations/1"))
                        .body()
                        .path(ENTERPRISE)
                        .at("/manager/value")
                        .asText());
    }

    @Test
    void section372ReferencesMayPointForward() {
        Exchange bulk = bulk(
                group("g", "Before its members", "bulkId:u", "User"),
                managed("v", "employee", "bulkId:u"),
                user("u", "boss"));
        assertEquals(List.of("201", "201", "201"), statuses(bulk));
        assertEquals(List.of("g", "v", "u"), bulkIds(bulk));
        assertEquals(id(bulk, 2), read(bulk.at("/Operations/0")).text("/members/0/value"));
        assertEquals(
                id(bulk, 2),
                read(bulk.at("/Operations/1"))
                        .body()
                        .path(ENTERPRISE)
                        .at("/manager/value")
                        .asText());
    }

    @Test
    void section372ReferencesStandInPathsAndInPatchesToo() {
        String old = wire.newUser("old");
        String group = wire.post("/Groups", "{" + GROUP + ",'displayName':'g','members':[{'value':'" + old + "'}]}")
                .is(201)
                .id();
        Exchange bulk = bulk(
                patch(
                        "/Groups/" + group,
                        "{'op':'add','path':'members','value':[{'value':'bulkId:u'},{'value':'bulkId:w'}]}"),
                patch("/Users/bulkId:u", "{'op':'add','path':'" + ENTERPRISE + ":manager.value','value':'bulkId:w'}"),
                user("u", "u"),
                user("w", "w"),
                patch("/Groups/" + group, "{'op':'remove','path':'members[value eq \\\"bulkId:w\\\"]'}"),
                "{'method':'PUT','path':'/Users/bulkId:w','data':{" + USER + ",'userName':'w','title':'put'}}",
                user("x", "x"),
                "{'method':'DELETE','path':'/Users/bulkId:x'}");
        assertEquals(List.of("204", "200", "201", "201", "204", "200", "201", "204"), statuses(bulk));
        assertEquals(
                List.of(old, id(bulk, 2)).stream().sorted().toList(),
                values(wire.get("/Groups/" + group), "members").sorted().toList());
        assertEquals(
                id(bulk, 3),
                wire.get("/Users/" + id(bulk, 2))
                        .body()
                        .path(ENTERPRISE)
                        .at("/manager/value")
                        .asText());
        assertEquals("put", wire.get("/Users/" + id(bulk, 3)).text("/title"));
        assertEquals(bulk.text("/Operations/2/location"), bulk.text("/Operations/1/location"));
        wire.get("/Users/" + id(bulk, 6)).isError(404);
    }

    /** §3.7.3, the example: add, update and remove users, with the versions that they must have. */
    @Test
    void section373TheExampleOfFourMethods() {
        String bob = wire.newUser("bob");
        String dave = wire.post("/Users", "{" + USER + ",'userName':'dave','nickName':'D'}")
                .is(201)
                .id();
        String gone = wire.newUser("gone");
        Exchange bulk = bulk(
                1,
                List.of(
                        user("qwerty", "Alice"),
                        "{'method':'PUT','path':'/Users/" + bob + "','version':'W/\\\"1\\\"','data':{" + USER
                                + ",'id':'" + bob + "','userName':'Bob'}}",
                        "{'method':'PATCH','path':'/Users/" + dave + "','version':'W/\\\"1\\\"','data':["
                                + "{'op':'remove','path':'nickName'},{'op':'add','path':'userName','value':'Dave'}]}",
                        "{'method':'DELETE','path':'/Users/" + gone + "','version':'W/\\\"1\\\"'}"));
        assertEquals(List.of("201", "200", "200", "204"), statuses(bulk));
        assertEquals(List.of("POST", "PUT", "PATCH", "DELETE"), texts(bulk, "method"));
        assertEquals(wire.tenantUrl() + "/Users/" + bob, bulk.text("/Operations/1/location"));
        assertEquals("W/\"2\"", bulk.text("/Operations/1/version"));
        assertEquals("W/\"2\"", bulk.text("/Operations/2/version"));
        assertEquals(wire.tenantUrl() + "/Users/" + gone, bulk.text("/Operations/3/location"));
        assertFalse(bulk.at("/Operations/3").has("version"));
        Exchange patched = wire.get("/Users/" + dave);
        assertEquals("Dave", patched.text("/userName"));
        assertFalse(patched.body().has("nickName"));
        wire.get("/Users/" + gone).isError(404);
    }

    /** §3.7.3: "The response contains the error and any successful results prior to the error." */
    @Test
    void section373FailOnErrorsEndsTheRequest() {
        String bob = wire.newUser("bob");
        Exchange bulk = bulk(
                1,
                List.of(
                        user("a", "first"),
                        "{'method':'POST','path':'/Users','bulkId':'qwerty','data':{" + USER + "}}",
                        user("b", "never"),
                        "{'method':'DELETE','path':'/Users/" + bob + "'}"));
        assertEquals(List.of("201", "400"), statuses(bulk));
        JsonNode failed = bulk.at("/Operations/1");
        assertFalse(failed.has("location"));
        assertFalse(failed.has("version"));
        assertEquals("400", failed.at("/response/status").textValue());
        assertEquals(
                "urn:ietf:params:scim:api:messages:2.0:Error",
                failed.at("/response/schemas/0").asText());
        assertEquals(0, wire.query("/Users", "userName eq \"never\"").totalResults());
        wire.get("/Users/" + bob).is(200);
    }

    @Test
    void section373FailOnErrorsCountsErrorsAndNotOperations() {
        List<String> operations = IntStream.range(0, 60)
                .mapToObj(n -> n % 10 == 5
                        ? "{'method':'DELETE','path':'/Users/nobody" + n + "'}"
                        : n % 10 == 7 ? user("twice" + n, "u" + (n - 1)) : user("b" + n, "u" + n))
                .toList();
        Exchange bulk = bulk(5, operations);
        // 5 and 7, 15 and 17, then 25.
        assertEquals(26, bulk.at("/Operations").size());
        assertEquals(
                List.of("5:404", "7:409", "15:404", "17:409", "25:404"),
                IntStream.range(0, 26)
                        .filter(n -> !bulk.text("/Operations/" + n + "/status").equals("201"))
                        .mapToObj(n -> n + ":" + bulk.text("/Operations/" + n + "/status"))
                        .toList());
        assertEquals(21, wire.get("/Users?count=0").totalResults());
    }

    /** §3.7.3: without failOnErrors "the service provider will continue to process all operations"; the example. */
    @Test
    void section373AllOperationsAreTriedAndEachErrorTold() {
        String bob = wire.newUser("bob");
        String dave = wire.newUser("dave");
        Exchange bulk = bulk(
                "{'method':'POST','path':'/Users','bulkId':'qwerty','data':{" + USER + "}}",
                "{'method':'PUT','path':'/Users/" + bob + "','version':'W/\\\"7\\\"','data':{" + USER
                        + ",'userName':'bob','title':'t'}}",
                patchVersion("/Users/" + dave, "W/\\\"7\\\"", "{'op':'add','path':'title','value':'t'}"),
                "{'method':'DELETE','path':'/Users/e9025315-6bea-44e1-899c-1e07454e468b'}",
                user("last", "still-done"));
        assertEquals(List.of("400", "412", "412", "404", "201"), statuses(bulk));
        for (int i = 0; i < 4; i++) {
            JsonNode failed = bulk.at("/Operations/" + i);
            assertEquals(failed.path("status"), failed.at("/response/status"));
            assertFalse(failed.at("/response/detail").asText().isEmpty());
            assertFalse(failed.has("version"));
        }
        assertEquals(wire.tenantUrl() + "/Users/" + bob, bulk.text("/Operations/1/location"));
        assertEquals(
                wire.tenantUrl() + "/Users/e9025315-6bea-44e1-899c-1e07454e468b", bulk.text("/Operations/3/location"));
        assertEquals("W/\"1\"", wire.get("/Users/" + bob).header("ETag"));
    }

    /** §3.7.3: "the HTTP response code that would have been returned if a single HTTP request would have been used". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | {'method':'POST','path':'/Nothing','bulkId':'b','data':{}}
            404 | {'method':'GET_','path':'/Users/none','data':{}}
            400 | {'method':'GET','path':'/Users'}
            400 | {'path':'/Users','bulkId':'b','data':{}}
            400 | {'method':'post','path':'/Users','bulkId':'b','data':{'userName':'u'}}
            400 | {'method':'POST','bulkId':'b','data':{}}
            400 | {'method':'POST','path':'/Users','data':{'userName':'u'}}
            400 | {'method':'POST','path':'/Users','bulkId':7,'data':{'userName':'u'}}
            400 | {'method':'POST','path':'/Users','bulkId':'b'}
            400 | {'method':'POST','path':'/Users','bulkId':'b','data':null}
            400 | {'method':'POST','path':'/Users','bulkId':'b','data':'text'}
            400 | {'method':'POST','path':'/Users','bulkId':'b','data':[]}
            400 | {'method':'POST','path':'/Users/none','bulkId':'b','data':{'userName':'u'}}
            400 | {'method':'PUT','path':'/Users','data':{'userName':'u'}}
            400 | {'method':'PUT','path':'/Users/none'}
            400 | {'method':'PATCH','path':'/Users/none'}
            400 | {'method':'DELETE','path':'/Users'}
            400 | {'method':'DELETE','path':'/Users/a/b'}
            400 | {'method':'DELETE','path':'Users/none'}
            400 | {'method':'DELETE','path':7}
            400 | {'method':'DELETE','path':'/Users/none','version':1}
            400 | {'method':'POST','path':'/Bulk','bulkId':'b','data':{}}
            400 | {'method':'PATCH','path':'/Me/x','data':{}}
            400 | {'method':'POST','path':'/.search','bulkId':'b','data':{}}
            400 | {'method':'PUT','path':'/Schemas/x','data':{}}
            400 | 'text'
            400 | [1,2]
            """)
    void section373WhatIsWrongWithOneOperationIsItsOwnError(int status, String operation) {
        String sent = operation.replace("GET_", "DELETE");
        Exchange bulk = bulk(sent, user("after", "after"));
        assertEquals(
                List.of(Integer.toString(status), "201"),
                statuses(bulk),
                () -> bulk.body().toString());
    }

    @Test
    void section37BulkIdsAreUniqueWithinARequest() {
        Exchange bulk = bulk(user("same", "one"), user("same", "two"), group("g", "g", "bulkId:same", "User"));
        assertEquals(List.of("201", "400", "201"), statuses(bulk));
        assertEquals(id(bulk, 0), read(bulk.at("/Operations/2")).text("/members/0/value"));
    }

    /** §3.7.1: what cannot be resolved is "HTTP status code 409 (Conflict)". */
    @Test
    void section371ReferencesToNothingAreConflicts() {
        Exchange bulk = bulk(
                group("g", "g", "bulkId:nobody", "User"),
                managed("m", "m", "bulkId:nobody"),
                "{'method':'DELETE','path':'/Users/bulkId:nobody'}");
        assertEquals(List.of("409", "409", "409"), statuses(bulk));
        for (int i = 0; i < 3; i++) {
            assertTrue(bulk.text("/Operations/" + i + "/response/detail").contains("nobody"));
        }
    }

    @Test
    void section371ReferencesToWhatHasFailedAreConflicts() {
        wire.newUser("taken");
        Exchange bulk = bulk(
                group("chain", "chain", "bulkId:g", "Group"),
                group("g", "g", "bulkId:u", "User"),
                user("u", "taken"),
                patch("/Users/bulkId:u", "{'op':'add','path':'title','value':'t'}"),
                user("free", "free"));
        assertEquals(List.of("409", "409", "409", "409", "201"), statuses(bulk));
        assertEquals("uniqueness", bulk.text("/Operations/2/response/scimType"));
        assertTrue(bulk.text("/Operations/1/response/detail").contains("\"u\""));
        assertTrue(bulk.text("/Operations/0/response/detail").contains("\"g\""));
        assertEquals(0, wire.get("/Groups?count=0").totalResults());
    }

    @Test
    void section371ACircleIsCreatedWholeOrNotAtAll() {
        wire.newUser("taken");
        Exchange bulk =
                bulk(managed("a", "a", "bulkId:b"), managed("b", "b", "bulkId:c"), managed("c", "taken", "bulkId:a"));
        assertEquals(List.of("409", "409", "409"), statuses(bulk));
        assertEquals("uniqueness", bulk.text("/Operations/2/response/scimType"));
        assertTrue(bulk.text("/Operations/0/response/detail").contains("\"c\""));
        assertEquals(1, wire.get("/Users?count=0").totalResults());
    }

    /** §3.7.4: "The returned response MUST specify the limit exceeded in the body of the error response." */
    @Test
    void section374BothLimitsAreAdvertisedAndEnforced() {
        JsonNode limits = wire.get("/ServiceProviderConfig").is(200).body().path("bulk");
        assertTrue(limits.path("supported").asBoolean());
        int maxOperations = limits.path("maxOperations").asInt();
        long maxPayloadSize = limits.path("maxPayloadSize").asLong();
        List<String> tooMany = IntStream.rangeClosed(0, maxOperations)
                .mapToObj(n -> "{'method':'DELETE','path':'/Users/" + n + "'}")
                .toList();
        Exchange refused = bulk(null, tooMany).isError(413);
        assertTrue(refused.text("/detail").contains("maxOperations (" + maxOperations + ")"));
        assertEquals(
                maxOperations,
                bulk(null, tooMany.subList(1, tooMany.size()))
                        .is(200)
                        .at("/Operations")
                        .size());
        String large = "{\"schemas\":[\"" + REQUEST + "\"],\"Operations\":[]}" + " ".repeat((int) maxPayloadSize);
        Exchange oversized = wire.send("POST", "/Bulk", Map.of(), large).isError(413);
        assertTrue(oversized.text("/detail").contains("maxPayloadSize (" + maxPayloadSize));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            invalidSyntax | []
            invalidSyntax | {
            invalidSyntax | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest']}
            invalidSyntax | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':[]}
            invalidSyntax | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':{}}
            invalidSyntax | {'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[{}]}
            invalidSyntax | {'Operations':[{}]}
            invalidSyntax | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':[{}]} {}
            invalidValue | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'failOnErrors':0,'Operations':[{}]}
            invalidValue | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'failOnErrors':'1','Operations':[{}]}
            invalidValue | {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'failOnErrors':1.5,'Operations':[{}]}
            """)
    void section37WhatIsWrongWithTheMessageIsOneError(String scimType, String body) {
        wire.send("POST", "/Bulk", Map.of(), body.replace('\'', '"')).isError(400, scimType);
    }

    /** §3.7: "the service provider MUST ensure that the client's intent is preserved and the same stateful result is achieved". */
    @Test
    void section37OperationsOnOneResourceKeepTheirOrder() {
        String user = wire.newUser("u");
        Exchange bulk = bulk(
                patch("/Users/" + user, "{'op':'add','path':'title','value':'one'}"),
                patch("/Users/" + user, "{'op':'replace','path':'title','value':'two'}"),
                "{'method':'DELETE','path':'/Users/" + user + "'}",
                "{'method':'DELETE','path':'/Users/" + user + "'}",
                user("again", "u"),
                patch("/Users/" + user, "{'op':'add','path':'title','value':'late'}"));
        assertEquals(List.of("200", "200", "204", "404", "201", "404"), statuses(bulk));
        assertEquals("W/\"3\"", bulk.text("/Operations/1/version"));
        assertNotEquals(user, id(bulk, 4));
    }

    private Exchange bulk(String... operations) {
        return bulk(null, List.of(operations)).is(200);
    }

    private Exchange bulk(Integer failOnErrors, List<String> operations) {
        String body =
                "{'schemas':['" + REQUEST + "']," + (failOnErrors == null ? "" : "'failOnErrors':" + failOnErrors + ",")
                        + "'Operations':[" + String.join(",", operations) + "]}";
        return wire.send("POST", "/Bulk", Map.of(), body.replace('\'', '"'));
    }

    private static String user(String bulkId, String userName) {
        return "{'method':'POST','path':'/Users','bulkId':'" + bulkId + "','data':{" + USER + ",'userName':'" + userName
                + "'}}";
    }

    private static String managed(String bulkId, String userName, String manager) {
        return "{'method':'POST','path':'/Users','bulkId':'" + bulkId
                + "','data':{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User','" + ENTERPRISE + "'],'userName':'"
                + userName + "','" + ENTERPRISE + "':{'employeeNumber':'11250','manager':{'value':'" + manager
                + "'}}}}";
    }

    private static String group(String bulkId, String name, String member, String type) {
        return "{'method':'POST','path':'/Groups','bulkId':'" + bulkId + "','data':{" + GROUP + ",'displayName':'"
                + name + "','members':[{'type':'" + type + "','value':'" + member + "'}]}}";
    }

    private static String patch(String path, String operation) {
        return "{'method':'PATCH','path':'" + path + "','data':{"
                + "'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[" + operation + "]}}";
    }

    private static String patchVersion(String path, String version, String operation) {
        return patch(path, operation).replace("'method'", "'version':'" + version + "','method'");
    }

    private Exchange read(JsonNode result) {
        String location = result.path("location").asText();
        assertTrue(location.startsWith(wire.tenantUrl()), location);
        return wire.get(location.substring(wire.tenantUrl().length())).is(200);
    }

    private static String id(Exchange bulk, int index) {
        String location = bulk.text("/Operations/" + index + "/location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static List<String> statuses(Exchange bulk) {
        return texts(bulk, "status");
    }

    private static List<String> bulkIds(Exchange bulk) {
        return texts(bulk, "bulkId");
    }

    private static List<String> texts(Exchange bulk, String member) {
        return StreamSupport.stream(bulk.at("/Operations").spliterator(), false)
                .map(result -> result.path(member).textValue())
                .collect(Collectors.toList());
    }

    private static java.util.stream.Stream<String> values(Exchange resource, String attribute) {
        return StreamSupport.stream(resource.at("/" + attribute).spliterator(), false)
                .map(value -> value.path("value").asText());
    }
}
