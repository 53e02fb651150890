package dev.muster.endpoint;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk requests that are large, hostile, concurrent or abandoned. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class BulkTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final int BATCH = 100;

    /** A thread each: on a machine with few processors the common ones are too few for requests that wait for each other. */
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private Api api;
    private Http http;

    @BeforeEach
    void newTenant() {
        api = Api.newTenant();
        http = Http.of(api);
    }

    /** The rows of one transaction have one xmin: so it shows that creates are not made one by one. */
    @Test
    void fiveThousandUsersAreCreatedInBatches() {
        JsonArray results = perform(IntStream.range(0, 5_000).mapToObj(n -> user("b" + n, "user" + n)));
        assertEquals(Map.of("201", 5_000L), statuses(results));
        assertEquals(5_000, total("/Users"));
        long transactions =
                TestDatabase.count("select count(distinct xmin::text) from resource where tenant_id = ?", api.tenant());
        assertTrue(transactions <= 5_000 / BATCH + 1, "transactions: " + transactions);
        for (int n : List.of(0, 1, 2_499, 4_999)) {
            JsonObject found = http.send("GET", "/Users?filter=userName%20eq%20%22USER" + n + "%22")
                    .json()
                    .getJsonArray("Resources")
                    .getJsonObject(0);
            assertEquals(
                    found.getJsonObject("meta").getString("location"),
                    results.getJsonObject(n).getString("location"));
            assertEquals("b" + n, results.getJsonObject(n).getString("bulkId"));
        }
    }

    @Test
    void changesAndDeletionsAreMadeInBatchesToo() {
        List<String> users = TestDatabase.seedUsers(api.tenant(), "u", 500);
        http.create("/Groups", "{\"displayName\":\"g\",\"members\":[" + values(users) + "]}");
        JsonArray changed = perform(users.stream().map(id -> patch("/Users/" + id, replace("title", "t-" + id))));
        assertEquals(Map.of("200", 500L), statuses(changed));
        assertTrue(TestDatabase.count(
                        "select count(distinct xmin::text) from resource where tenant_id = ? and type = 'User'",
                        api.tenant())
                <= 5);
        assertEquals(
                1,
                http.send("GET", "/Users?filter=title%20eq%20%22t-" + users.get(77) + "%22")
                        .json()
                        .getInteger("totalResults"));
        JsonArray deleted = perform(users.stream().limit(450).map(id -> delete("/Users/" + id)));
        assertEquals(Map.of("204", 450L), statuses(deleted));
        assertEquals(50, total("/Users"));
        JsonObject group =
                http.send("GET", "/Groups").json().getJsonArray("Resources").getJsonObject(0);
        assertEquals(50, group.getJsonArray("members").size());
        assertEquals("W/\"451\"", group.getJsonObject("meta").getString("version"));
        assertEquals(0, TestDatabase.count("""
                select count(*) from resource_key k where k.tenant_id = ? and not exists (
                    select 1 from resource r where r.tenant_id = k.tenant_id and r.id = k.resource_id)""", api.tenant()));
    }

    @Test
    void ofTwoCreationsOfOneNameInABatchTheFirstSucceeds() {
        http.create("/Users", "{\"userName\":\"there\"}");
        JsonArray results = perform(
                List.of(user("a", "one"), user("b", "ONE"), user("c", "There"), user("d", "two"), user("e", "one"))
                        .stream());
        assertEquals(List.of("201", "409", "409", "201", "409"), list(results, "status"));
        for (int n : List.of(1, 2, 4)) {
            JsonObject error = results.getJsonObject(n).getJsonObject("response");
            assertEquals("uniqueness", error.getString("scimType"));
            assertTrue(error.getString("detail").contains("userName"));
        }
        assertEquals(3, total("/Users"));
    }

    @Test
    void namesPassFromOneUserToAnotherInTheOrderOfTheRequest() {
        String a = http.create("/Users", "{\"userName\":\"a\"}");
        String b = http.create("/Users", "{\"userName\":\"b\"}");
        JsonArray results = perform(List.of(
                patch("/Users/" + a, replace("userName", "b")),
                patch("/Users/" + b, replace("userName", "c")),
                patch("/Users/" + a, replace("title", "t")))
                .stream());
        assertEquals(List.of("409", "200", "200"), list(results, "status"));
        results = perform(
                List.of(patch("/Users/" + b, replace("userName", "d")), patch("/Users/" + a, replace("userName", "c")))
                        .stream());
        assertEquals(List.of("200", "200"), list(results, "status"));
    }

    @Test
    void uniqueAttributesOfTheTenantAreUniqueInBatches() {
        api = Api.newTenant("""
                {"schemas":[{"id":"urn:example:badge","name":"Badge","resourceType":"User","attributes":[
                    {"name":"number","type":"string","uniqueness":"server"}]}]}""");
        http = Http.of(api);
        IntFunction<String> badged = n -> "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"" + n
                + "\",\"data\":{\"userName\":\"u" + n + "\",\"urn:example:badge\":{\"number\":\"" + n % 7 + "\"}}}";
        JsonArray results = perform(IntStream.range(0, 20).mapToObj(badged));
        assertEquals(Map.of("201", 7L, "409", 13L), statuses(results));
        List<String> ids = IntStream.range(0, 7)
                .mapToObj(n -> results.getJsonObject(n).getString("location"))
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .toList();
        // Each wants the number that the next one gives up: none is free in its turn but that of the last.
        JsonArray shifted = perform(IntStream.range(0, 7)
                .mapToObj(n -> patch(
                        "/Users/" + ids.get(n), replace("urn:example:badge:number", n == 6 ? "free" : "" + (n + 1)))));
        assertEquals(List.of("409", "409", "409", "409", "409", "409", "200"), list(shifted, "status"));
        assertEquals(7, TestDatabase.count("select count(*) from resource_unique where tenant_id = ?", api.tenant()));
    }

    @Test
    void tenBulksAtOneGroupLoseNoMembers() {
        List<String> users = TestDatabase.seedUsers(api.tenant(), "u", 200);
        String group = http.create("/Groups", "{\"displayName\":\"g\"}");
        List<Callable<Map<String, Long>>> tasks = IntStream.range(0, 10)
                .<Callable<Map<String, Long>>>mapToObj(task -> () -> statuses(performWhenAdmitted(IntStream.range(0, 20)
                        .mapToObj(n -> patch(
                                "/Groups/" + group,
                                "{\"op\":\"add\",\"path\":\"members\",\"value\":["
                                        + values(List.of(users.get(task * 20 + n))) + "]}")))))
                .toList();
        Together.run(tasks).forEach(statuses -> assertEquals(Map.of("204", 20L), statuses));
        assertEquals(
                200,
                http.send("GET", "/Groups/" + group)
                        .json()
                        .getJsonArray("members")
                        .size());
    }

    @Test
    void othersResourcesAreNotThere() {
        Api other = Api.newTenant();
        String theirs = other.newUser("theirs");
        String ours = http.create("/Groups", "{\"displayName\":\"g\"}");
        JsonArray results = perform(List.of(
                delete("/Users/" + theirs),
                patch("/Users/" + theirs, replace("title", "t")),
                "{\"method\":\"PUT\",\"path\":\"/Users/" + theirs + "\",\"data\":{\"userName\":\"mine\"}}",
                patch(
                        "/Groups/" + ours,
                        "{\"op\":\"add\",\"path\":\"members\",\"value\":[" + values(List.of(theirs)) + "]}"),
                "{\"method\":\"POST\",\"path\":\"/Groups\",\"bulkId\":\"g\",\"data\":{\"displayName\":\"h\",\"members\":["
                        + values(List.of(theirs)) + "]}}",
                delete("/t/" + other.tenant() + "/scim/v2/Users/" + theirs),
                delete("/Groups/" + ours + "x"))
                .stream());
        assertEquals(List.of("404", "404", "404", "400", "400", "400", "404"), list(results, "status"));
        assertEquals(200, Http.of(other).send("GET", "/Users/" + theirs).status());
    }

    @Test
    void aChainOfTenThousandReferencesIsFollowed() {
        int length = 10_000;
        JsonArray results = perform(IntStream.range(0, length)
                .mapToObj(n -> managed(n, n + 1 < length ? "bulkId:" + (n + 1) : "nobody")));
        assertEquals(Map.of("201", (long) length), statuses(results));
        assertEquals("0", results.getJsonObject(0).getString("bulkId"));
        String location = results.getJsonObject(1).getString("location");
        assertEquals(
                1,
                http.send(
                                "GET",
                                "/Users?filter=manager.value%20eq%20%22"
                                        + location.substring(location.lastIndexOf('/') + 1) + "%22")
                        .json()
                        .getInteger("totalResults"));
    }

    @Test
    void aCircleOfFiveThousandIsOneTransaction() {
        int length = 5_000;
        JsonArray results = perform(IntStream.range(0, length)
                .mapToObj(n -> "{\"method\":\"POST\",\"path\":\"/Groups\",\"bulkId\":\"" + n
                        + "\",\"data\":{\"displayName\":\"g" + n + "\",\"members\":[{\"value\":\"bulkId:"
                        + (n + 1) % length
                        + "\"}]}}"));
        assertEquals(Map.of("201", (long) length), statuses(results));
        assertEquals(length, TestDatabase.count("select count(*) from membership where tenant_id = ?", api.tenant()));
        assertEquals(
                1,
                TestDatabase.count(
                        "select count(distinct xmin::text) from resource where tenant_id = ?", api.tenant()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Operations\":%s}",
                "{\"Operations\":[{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"a\",\"data\":%s}]}",
                "{\"Operations\":[{\"method\":%s}]}",
                "{\"schemas\":%s,\"Operations\":[{}]}",
                "{\"failOnErrors\":%s,\"Operations\":[{}]}"
            })
    void deepNestingIsRefused(String body) {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertEquals(400, http.send("POST", "/Bulk", body.formatted(deep)).status());
    }

    @Test
    void hugeStringsAreFaultsOfTheirOperations() {
        String huge = "x".repeat(1_000_000);
        JsonArray results = perform(List.of(
                user(huge, "a"),
                user("b", huge.substring(0, 500_000)),
                delete("/Users/" + huge),
                "{\"method\":\"" + huge + "\"}",
                user("c", "c"))
                .stream());
        assertEquals("201", results.getJsonObject(4).getString("status"));
        assertEquals("400", results.getJsonObject(0).getString("status"));
        assertEquals("400", results.getJsonObject(2).getString("status"));
        assertEquals("400", results.getJsonObject(3).getString("status"));
        assertTrue(results.encode().length() < 10_000);
    }

    @Test
    void itTakesWhatTheOtherEndpointsTake() {
        byte[] latin = operations(List.of(user("a", "Jürgen")).stream()).getBytes(StandardCharsets.ISO_8859_1);
        api.scim()
                .contentType("application/scim+json; charset=iso-8859-1")
                .body(latin)
                .post("/Bulk")
                .then()
                .statusCode(200);
        assertEquals(
                1,
                http.send("GET", "/Users?filter=userName%20eq%20%22j%C3%BCrgen%22")
                        .json()
                        .getInteger("totalResults"));
        api.scim()
                .contentType("application/scim+json; charset=utf-8")
                .body(latin)
                .post("/Bulk")
                .then()
                .statusCode(400);
        api.scim().contentType("text/plain").body("{}").post("/Bulk").then().statusCode(415);
        assertEquals(405, http.send("GET", "/Bulk").status());
        assertEquals(404, http.send("GET", "/Bulk/1").status());
        assertEquals(
                401,
                new Http(http.base(), "nonsense")
                        .send("POST", "/Bulk", operations(List.of(user("a", "b")).stream()))
                        .status());
    }

    @Test
    void aGroupIsOfAnotherVersionWhenAMemberHasGoneBefore() {
        String user = http.create("/Users", "{\"userName\":\"u\"}");
        String group = http.create("/Groups", "{\"displayName\":\"g\",\"members\":[" + values(List.of(user)) + "]}");
        String deletion = "{\"method\":\"DELETE\",\"path\":\"/Groups/" + group + "\",\"version\":\"W/\\\"1\\\"\"}";
        assertEquals(List.of("204", "412"), list(perform(Stream.of(delete("/Users/" + user), deletion)), "status"));
    }

    /** While a row is locked the requests that want to change it wait; so it is known that four are running. */
    @Test
    void theFifthBulkOfATenantIsToldToWait() throws Exception {
        String user = http.create("/Users", "{\"userName\":\"u\"}");
        String body = operations(List.of(patch("/Users/" + user, replace("title", "t"))).stream());
        List<CompletableFuture<Answer>> running;
        try (HeldRows lock = HeldRows.resource(user)) {
            running = IntStream.range(0, 4)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> http.send("POST", "/Bulk", body), THREADS))
                    .toList();
            lock.awaitWaiting(4);
            Answer refused = http.send("POST", "/Bulk", body);
            assertEquals(429, refused.status());
            assertFalse(refused.header("Retry-After").isEmpty());
            assertEquals("429", refused.json().getString("status"));
            Http other = Http.of(Api.newTenant());
            assertEquals(
                    200,
                    other.send("POST", "/Bulk", operations(List.of(user("a", "b")).stream()))
                            .status());
        }
        running.forEach(answer -> assertEquals(200, answer.join().status()));
        Await.until("it is performed", () -> http.send("POST", "/Bulk", body).status() == 200);
    }

    @Test
    void afterADisconnectTheBatchInProgressEndsAndNoOtherBegins() throws Exception {
        String user = http.create("/Users", "{\"userName\":\"u\"}");
        String body = operations(
                List.of(user("a", "before"), patch("/Users/" + user, replace("title", "t")), user("b", "after"))
                        .stream());
        for (int round = 0; round < 5; round++) {
            try (HeldRows lock = HeldRows.resource(user)) {
                try (Socket client = new Socket("127.0.0.1", RestAssured.port)) {
                    client.getOutputStream()
                            .write(("POST " + api.base() + "/Bulk HTTP/1.1\r\nHost: localhost\r\n"
                                            + "Authorization: Bearer " + api.token() + "\r\nContent-Length: "
                                            + body.length()
                                            + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.US_ASCII));
                    lock.awaitWaiting(1);
                }
                // So that the server has noticed it.
                Thread.sleep(Duration.ofSeconds(1));
            }
        }
        Await.until(
                "it is performed",
                () -> http.send("GET", "/Users/" + user).body().contains("\"title\""));
        Thread.sleep(Duration.ofMillis(500));
        assertEquals(2, total("/Users"));
        assertEquals(
                200,
                http.send("POST", "/Bulk", operations(List.of(user("c", "c")).stream()))
                        .status());
    }

    /** The database ends the session in the middle: a failure of the same class as when it shuts down. */
    @Test
    void whereTheDatabaseGoesAwayTheRestIsAnswered503() throws Exception {
        String user = http.create("/Users", "{\"userName\":\"u\"}");
        String body = operations(List.of(
                user("a", "before"),
                patch("/Users/" + user, replace("title", "t")),
                user("b", "after"),
                delete("/Users/" + user))
                .stream());
        CompletableFuture<Answer> running;
        try (HeldRows lock = HeldRows.resource(user)) {
            running = CompletableFuture.supplyAsync(() -> http.send("POST", "/Bulk", body), THREADS);
            lock.awaitWaiting(1);
            lock.terminateWaiting();
            JsonArray results = running.join().json().getJsonArray("Operations");
            assertEquals(List.of("201", "503", "503", "503"), list(results, "status"));
        }
        assertEquals(2, total("/Users"));
        assertEquals(
                Map.of("409", 1L, "200", 1L, "201", 1L, "204", 1L),
                statuses(performWhenAdmitted(List.of(
                        user("a", "before"),
                        patch("/Users/" + user, replace("title", "t")),
                        user("b", "after"),
                        delete("/Users/" + user))
                        .stream())));
    }

    private JsonArray perform(Stream<String> operations) {
        Answer answer = http.send("POST", "/Bulk", operations(operations));
        assertEquals(200, answer.status(), answer.body());
        return answer.json().getJsonArray("Operations");
    }

    private JsonArray performWhenAdmitted(Stream<String> operations) throws InterruptedException {
        String body = operations(operations);
        Answer answer = http.send("POST", "/Bulk", body);
        while (answer.status() == 429) {
            Thread.sleep(50);
            answer = http.send("POST", "/Bulk", body);
        }
        return answer.json().getJsonArray("Operations");
    }

    private static String operations(Stream<String> operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                + operations.collect(joining(",")) + "]}";
    }

    private static String user(String bulkId, String userName) {
        return "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"" + bulkId + "\",\"data\":{\"userName\":\""
                + userName + "\"}}";
    }

    private static String managed(int bulkId, String manager) {
        return "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"" + bulkId + "\",\"data\":{\"userName\":\""
                + bulkId + "\",\"" + ENTERPRISE + "\":{\"manager\":\"" + manager + "\"}}}";
    }

    private static String patch(String path, String operation) {
        return "{\"method\":\"PATCH\",\"path\":\"" + path + "\",\"data\":{\"Operations\":[" + operation + "]}}";
    }

    private static String replace(String attribute, String value) {
        return "{\"op\":\"replace\",\"path\":\"" + attribute + "\",\"value\":\"" + value + "\"}";
    }

    private static String delete(String path) {
        return "{\"method\":\"DELETE\",\"path\":\"" + path + "\"}";
    }

    private static String values(List<String> ids) {
        return ids.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(joining(","));
    }

    private static Map<String, Long> statuses(JsonArray results) {
        return list(results, "status").stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));
    }

    private static List<String> list(JsonArray results, String member) {
        return IntStream.range(0, results.size())
                .mapToObj(n -> results.getJsonObject(n).getString(member))
                .toList();
    }

    private int total(String endpoint) {
        return http.send("GET", endpoint + "?count=0").json().getInteger("totalResults");
    }
}
