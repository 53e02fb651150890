package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.AsyncCalls;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk requests with {@code Prefer: respond-async} (RFC 9967 §2.5.1.2). */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class AsyncBulkTest {

    private static final String RESOURCES = "select count(*) from resource where tenant_id = ?";

    private Api api;
    private Http http;
    private AsyncCalls async;

    @BeforeEach
    void createTenant() {
        api = Api.newTenant();
        http = Http.of(api);
        async = new AsyncCalls(http);
    }

    @Test
    void theResultIsThatOfTheSameRequestAtOnce() {
        Api other = Api.newTenant();
        String body = bulk(Stream.of(
                        Stream.of(
                                "{'method':'POST','path':'/Groups','bulkId':'g','data':{'displayName':'g','members':[{'value':'bulkId:u150'}]}}",
                                "{'method':'post','path':'/Users','bulkId':'x','data':{'userName':7,'active':{}}}",
                                "{'method':'BREW','path':'/Users'}",
                                "{'method':'PATCH','path':'/Users/none','data':{'Operations':[{'op':'add','path':'title','value':'t'}]}}"),
                        creations(0, 200),
                        Stream.of(
                                "{'method':'POST','path':'/Users','bulkId':'twice','data':{'userName':'USER7'}}",
                                "{'method':'PATCH','path':'/Groups/bulkId:g','data':{'Operations':[{'op':'add','path':'members','value':[{'value':'bulkId:u3'}]}]}}",
                                "{'method':'PATCH','path':'/Users/bulkId:u4','version':'W/\\\"9\\\"','data':{'Operations':[{'op':'add','path':'title','value':'t'}]}}",
                                "{'method':'PUT','path':'/Users/bulkId:u5','data':{'userName':'put'}}",
                                "{'method':'PATCH','path':'/Users/bulkId:twice','data':{'Operations':[{'op':'add','path':'title','value':'t'}]}}",
                                "{'method':'DELETE','path':'/Users/bulkId:u6'}"))
                .flatMap(all -> all));
        Answer atOnce = Http.of(other).send("POST", "/Bulk", body);
        Answer later = async.finished(async.txn("POST", "/Bulk", body));
        assertEquals(withoutIds(atOnce.json(), other), withoutIds(later.json(), api));
        assertEquals(TestDatabase.count(RESOURCES, other.tenant()), TestDatabase.count(RESOURCES, api.tenant()));
        String group = later.json().getJsonArray("Operations").getJsonObject(0).getString("location");
        assertEquals(
                2,
                http.send("GET", group.substring(http.base().length()))
                        .json()
                        .getJsonArray("members")
                        .size());
    }

    /** What differs by its nature: ids and tenants. */
    private static String withoutIds(JsonObject response, Api api) {
        return response.encodePrettily().replace(api.tenant(), "T").replaceAll("[0-9a-f-]{36}", "ID");
    }

    @Test
    void failOnErrorsEndsItEarly() {
        String body = bulk(Stream.concat(creations(0, 3), Stream.concat(creations(0, 2), creations(10, 300))))
                .replace("{\"Operations\"", "{\"failOnErrors\":2,\"Operations\"");
        body = body.replaceAll("\"bulkId\":\"u\\d+\",", "\"bulkId\":\"\",");
        String unique = IntStream.range(0, 305)
                .boxed()
                .reduce(
                        body,
                        (text, n) -> text.replaceFirst("\"bulkId\":\"\"", "\"bulkId\":\"b" + n + "\""),
                        (a, b) -> b);
        List<String> statuses = statuses(async.finished(async.txn("POST", "/Bulk", unique)));
        assertEquals(List.of("201", "201", "201", "409", "409"), statuses);
        assertEquals(3, TestDatabase.count(RESOURCES, api.tenant()));
    }

    @Test
    void saysHowFarItHasComeAndThenAnswersOneAfterTheOther() {
        String held = api.newUser("held");
        String txn;
        try (HeldRows rows = HeldRows.resource(held)) {
            txn = async.txn("POST", "/Bulk", bulk(Stream.concat(creations(0, 250), Stream.of(title(held)))));
            rows.awaitWaiting(1);
            assertEquals(
                    new JsonObject("{\"total\":251,\"done\":250}"),
                    async.status(txn).json().getJsonObject("operations"));
        }
        List<String> statuses = statuses(async.finished(txn));
        assertEquals(251, statuses.size());
        assertEquals("200", statuses.getLast());
        assertEquals(
                0,
                TestDatabase.count(
                        "select count(*) from async_request where tenant_id = ? and request is not null",
                        api.tenant()));
    }

    @Test
    void isAnsweredAsEverWhenDoneWithinTheTimeThatTheClientWaits() {
        Answer answer = http.send("POST", "/Bulk", bulk(creations(0, 20)), "Prefer", "respond-async, wait=20");
        assertEquals(200, answer.status());
        assertEquals(
                "urn:ietf:params:scim:api:messages:2.0:BulkResponse",
                answer.json().getJsonArray("schemas").getString(0));
        assertEquals(20, statuses(answer).size());
    }

    /** What is wrong with the message itself is said at once. */
    @Test
    void aRequestThatIsNoneIsNotAccepted() {
        for (String body : List.of("{", "[]", "{\"Operations\":[]}", "{\"schemas\":[\"x\"],\"Operations\":[{}]}")) {
            assertEquals(
                    400,
                    http.send("POST", "/Bulk", body, "Prefer", "respond-async").status(),
                    body);
        }
        assertEquals(
                413,
                http.send("POST", "/Bulk", bulk(creations(0, 10_001)), "Prefer", "respond-async")
                        .status());
    }

    @Test
    void passwordsAreNotStored() throws SQLException {
        String held = api.newUser("held");
        try (HeldRows rows = HeldRows.resource(held);
                Connection connection = TestDatabase.superuser()) {
            String body = bulk(
                    Stream.of(
                            title(held),
                            "{'method':'POST','path':'/Users','bulkId':'a','data':{'userName':'a','PassWord':'Secret7'}}",
                            "{'method':'POST','path':'/Users','bulkId':'b','data':{'userName':'b','urn:ietf:params:scim:schemas:core:2.0:User:password':'Secret7'}}",
                            "{'method':'PATCH','path':'/Users/bulkId:a','data':{'Operations':[{'op':'replace','value':'Secret7','path':'password'}]}}",
                            "{'method':'PATCH','path':'/Users/bulkId:a','data':{'Operations':[{'op':'add','value':{'password':'Secret7','title':'t'}}]}}",
                            "{'method':'PATCH','path':'/Users/bulkId:a','data':[{'op':'add','path':'pa\\u0073sword','value':'Secret7'}]}"));
            String txn = async.txn("POST", "/Bulk", body);
            String stored = TestDatabase.query(
                            connection, "select to_jsonb(r)::text from async_request r where txn = ?::uuid", txn)
                    .getFirst();
            assertTrue(stored.contains("displayName") || stored.contains("userName"), stored);
            assertFalse(stored.contains("Secret7"), stored);
            rows.close();
            assertEquals(
                    List.of("200", "201", "201", "200", "200", "200"),
                    statuses(async.finished(txn)),
                    "and no harm done");
            String results = TestDatabase.query(
                            connection, "select string_agg(operation, ',') from async_result where txn = ?::uuid", txn)
                    .getFirst();
            assertFalse(results.contains("Secret7"), results);
        }
    }

    /** Masking would change what is stored, so the request is performed at once, which RFC 9967 §2.5.1.1 leaves to the server. */
    @Test
    void isPerformedAtOnceWhereAStoredAttributeHasTheNameOfASecret() {
        Api odd = Api.newTenant("""
                {"schemas":[{"id":"urn:example:u","resourceType":"User","attributes":[{"name":"password","type":"string"}]}]}""");
        Answer answer = Http.of(odd).send("POST", "/Bulk", bulk(creations(0, 1)), "Prefer", "respond-async");
        assertEquals(200, answer.status());
        assertEquals("", answer.header("Set-Txn"));
    }

    /** The order of performance is not that of the request here, so that some are performed whose turn to be told is later. */
    @Test
    void everyOperationIsPerformedOnceWhenTheDatabaseBreaksOffInTheMiddle() {
        String held = api.newUser("held");
        String group =
                "{'method':'POST','path':'/Groups','bulkId':'g','data':{'displayName':'g','members':[{'value':'bulkId:u150'},{'value':'bulkId:u399'}]}}";
        String body = bulk(Stream.of(Stream.of(group), creations(0, 250), Stream.of(title(held)), creations(250, 400))
                .flatMap(all -> all));
        String txn;
        try (HeldRows rows = HeldRows.resource(held)) {
            txn = async.txn("POST", "/Bulk", body);
            rows.awaitWaiting(1);
            int before = async.status(txn).json().getJsonObject("operations").getInteger("done");
            assertTrue(before > 100 && before < 402, "in the middle, after " + before);
            rows.terminateWaiting();
            rows.awaitWaiting(1);
        }
        Answer response = async.finished(txn);
        assertEachOnce(response, 402);
        assertEquals("2", TestDatabase.count("select count(*) from membership where tenant_id = ?", api.tenant()) + "");
        assertEquals(
                1,
                TestDatabase.count(
                        "select version from resource where tenant_id = ? and type = 'Group'", api.tenant()));
        assertEquals(2, TestDatabase.count("select version from resource where id = ?::uuid", held));
    }

    private void assertEachOnce(Answer response, int operations) {
        JsonArray results = response.json().getJsonArray("Operations");
        assertEquals(operations, results.size());
        Set<String> locations = new HashSet<>();
        for (int i = 0; i < operations; i++) {
            JsonObject result = results.getJsonObject(i);
            assertTrue(Set.of("200", "201").contains(result.getString("status")), result::encode);
            assertTrue(locations.add(result.getString("location")), result::encode);
            String location = result.getString("location");
            assertEquals(
                    1,
                    TestDatabase.count(
                            RESOURCES + " and id = ?::uuid",
                            api.tenant(),
                            location.substring(location.lastIndexOf('/') + 1)),
                    location);
        }
        assertEquals(operations, TestDatabase.count(RESOURCES, api.tenant()));
    }

    @Test
    void theLogTellsItsOperationsByTheTransaction() {
        String txn = async.txn(
                "POST",
                "/Bulk",
                bulk(Stream.concat(creations(0, 2), Stream.of("{'method':'DELETE','path':'/Users/bulkId:u0'}"))));
        async.finished(txn);
        Await.count(3, """
                select count(*) from provisioning_log where tenant_id = ? and request_id = ? and token_id = ?
                and operation is not null and outcome = 'success'""", api.tenant(), txn, api.token().split("_")[1]);
    }

    @Test
    void oneThatCannotBeExecutedDoesNotHoldUpTheNext() throws SQLException {
        String held = api.newUser("held");
        String broken;
        String next;
        try (HeldRows rows = HeldRows.resource(held);
                Connection connection = TestDatabase.superuser()) {
            async.txn("DELETE", "/Users/" + held, "");
            broken = async.txn("POST", "/Bulk", bulk(creations(0, 3)));
            next = async.txn("POST", "/Bulk", bulk(creations(5, 6)));
            TestDatabase.query(
                    connection, "update async_request set request = '{' where txn = ?::uuid returning txn", broken);
        }
        assertEquals(List.of("201"), statuses(async.finished(next)));
        assertEquals(List.of("500", "500", "500"), statuses(async.finished(broken)));
    }

    private static List<String> statuses(Answer response) {
        return response.json().getJsonArray("Operations").stream()
                .map(operation -> ((JsonObject) operation).getString("status"))
                .toList();
    }

    private static String title(String user) {
        return "{'method':'PATCH','path':'/Users/" + user
                + "','data':{'Operations':[{'op':'add','path':'title','value':'t'}]}}";
    }

    private static Stream<String> creations(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n ->
                        "{'method':'POST','path':'/Users','bulkId':'u" + n + "','data':{'userName':'user" + n + "'}}");
    }

    private static String bulk(Stream<String> operations) {
        return operations
                .map(operation -> operation.replace('\'', '"'))
                .collect(Collectors.joining(
                        ",",
                        "{\"Operations\":[",
                        "],\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]}"));
    }
}
