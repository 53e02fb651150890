package dev.muster.directory;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.Together;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many clients at the same resource at the same moment. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class RacesTest {
    private static final String BADGE = "urn:example:params:scim:schemas:extension:badge:2.0:User";
    private static final String UNIQUE_BADGE = """
            {"schemas":[{"id":"%s","name":"Badge","resourceType":"User","attributes":[
                {"name":"number","type":"string","uniqueness":"server"}]}]}""".formatted(BADGE);

    @Test
    void fiftyIdenticalCreatesMakeOneUser() {
        Http http = Http.of(Api.newTenant());
        List<Answer> answers = times(50, n -> http.send("POST", "/Users", user("same@example.com")));
        assertEquals(Map.of(201, 1L, 409, 49L), statuses(answers));
        assertAllConflictsName("userName", answers);
        assertEquals(1, http.send("GET", "/Users").json().getInteger("totalResults"));
    }

    @Test
    void fiftyCreatesWithOneUniqueExtensionValueMakeOneUser() {
        Http http = Http.of(Api.newTenant(UNIQUE_BADGE));
        List<Answer> answers = times(50, n -> http.send("POST", "/Users", badged("user" + n, "0815")));
        assertEquals(Map.of(201, 1L, 409, 49L), statuses(answers));
        assertAllConflictsName(BADGE + ":number", answers);
        assertEquals(1, http.send("GET", "/Users").json().getInteger("totalResults"));
    }

    /** More conflicts at once than there are connections: none may wait for a second one while it holds its own. */
    @Test
    void aHundredUsersThatWantOneUniqueValueGetItOnce() {
        Http http = Http.of(Api.newTenant(UNIQUE_BADGE));
        List<String> ids = IntStream.range(0, 100)
                .mapToObj(n -> http.create("/Users", user("user" + n)))
                .toList();
        List<Answer> answers = times(
                100,
                n -> http.patch(
                        "/Users/" + ids.get(n),
                        "{\"op\":\"add\",\"path\":\"" + BADGE + ":number\",\"value\":\"0815\"}"));
        assertEquals(Map.of(200, 1L, 409, 99L), statuses(answers));
        assertAllConflictsName(BADGE + ":number", answers);
    }

    @Test
    void fiftyMemberPatchesOfOneGroupLoseNone() {
        Api api = Api.newTenant();
        Http http = Http.of(api);
        List<String> users = TestDatabase.seedUsers(api.tenant(), "user", 51);
        String group = http.create("/Groups", group("all", users.subList(50, 51)));
        List<Answer> answers = times(50, n -> http.patch("/Groups/" + group, addMember(users.get(n))));
        assertEquals(Map.of(204, 50L), statuses(answers));
        assertEquals(51, members(http, group).size());
    }

    @Test
    void addingAndRemovingTheSameMemberAlwaysSucceeds() {
        Http http = Http.of(Api.newTenant());
        String user = http.create("/Users", user("fickle"));
        String group = http.create("/Groups", group("all", List.of()));
        List<Answer> answers =
                times(40, n -> http.patch("/Groups/" + group, n % 2 == 0 ? addMember(user) : removeMember(user)));
        assertEquals(Map.of(204, 40L), statuses(answers));
        assertEquals(204, http.patch("/Groups/" + group, addMember(user)).status());
        assertEquals(List.of(user), members(http, group));
    }

    @Test
    void eightPatchesOfDifferentAttributesAreAllThere() {
        Http http = Http.of(Api.newTenant());
        String user = "/Users/" + http.create("/Users", user("busy"));
        List<String> attributes = List.of(
                "title", "displayName", "nickName", "profileUrl", "userType", "locale", "timezone", "externalId");
        List<Answer> answers = times(
                8,
                n -> http.patch(
                        user,
                        "{\"op\":\"replace\",\"path\":\"" + attributes.get(n) + "\",\"value\":\"value" + n + "\"}"));
        assertEquals(Map.of(200, 8L), statuses(answers));
        Answer read = http.send("GET", user);
        for (int n = 0; n < 8; n++) {
            assertEquals("value" + n, read.json().getString(attributes.get(n)));
        }
        assertEquals("W/\"9\"", read.header("ETag"));
    }

    @Test
    void groupsChangedInOppositeOrderWhileMembersAreDeletedNeverFail() {
        Api api = Api.newTenant();
        Http http = Http.of(api);
        List<String> users = new ArrayList<>(TestDatabase.seedUsers(api.tenant(), "user", 40));
        List<String> groups = List.of(
                http.create("/Groups", group("one", users.subList(0, 20))),
                http.create("/Groups", group("two", users.subList(10, 30))));
        List<String> backwards = new ArrayList<>(users);
        Collections.reverse(backwards);
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            String group = groups.get(n % 2);
            List<String> order = n % 2 == 0 ? users : backwards;
            String change = n % 4 < 2 ? addMembers(order) : removeMembers(order.subList(5, 35));
            tasks.add(() -> http.patch("/Groups/" + group, change));
        }
        for (int n = 0; n < 40; n += 2) {
            String user = users.get(n);
            tasks.add(() -> http.send("DELETE", "/Users/" + user));
        }
        Collections.shuffle(tasks, new Random(4711));
        List<Answer> answers = Together.run(tasks);
        Map<Integer, Long> statuses = statuses(answers);
        // 400: the request named a user who was deleted before it.
        assertTrue(List.of(204, 400).containsAll(statuses.keySet()), () -> "statuses " + statuses);
        assertEquals(
                20,
                answers.stream()
                        .filter(a -> a.response().request().method().equals("DELETE"))
                        .filter(a -> a.status() == 204)
                        .count());
        assertEquals(0, dangling(api));
        for (String group : groups) {
            members(http, group)
                    .forEach(member -> assertEquals(
                            200, http.send("GET", "/Users/" + member).status()));
        }
    }

    @Test
    void membersDeletedWhileTheyAreAddedAreRefusedOrGone() {
        Api api = Api.newTenant();
        Http http = Http.of(api);
        List<String> users = TestDatabase.seedUsers(api.tenant(), "user", 60);
        String group = http.create("/Groups", group("all", List.of()));
        List<Answer> answers = times(
                120,
                n -> n % 2 == 0
                        ? http.send("DELETE", "/Users/" + users.get(n / 2))
                        : http.patch("/Groups/" + group, addMember(users.get(n / 2))));
        assertTrue(List.of(204, 400).containsAll(statuses(answers).keySet()), () -> "" + statuses(answers));
        assertEquals(List.of(), members(http, group));
        assertEquals(0, dangling(api));
    }

    @Test
    void usersInManyGroupsAreDeletedAtOnce() {
        Api api = Api.newTenant();
        Http http = Http.of(api);
        List<String> users = TestDatabase.seedUsers(api.tenant(), "user", 30);
        for (int n = 0; n < 10; n++) {
            http.create("/Groups", group("group" + n, users));
        }
        List<Answer> answers = times(30, n -> http.send("DELETE", "/Users/" + users.get(n)));
        assertEquals(Map.of(204, 30L), statuses(answers));
        assertEquals(0, dangling(api));
    }

    @Test
    void ofConcurrentReplacementsOfOneVersionExactlyOneWins() {
        Http http = Http.of(Api.newTenant());
        String user = "/Users/" + http.create("/Users", user("contested"));
        List<Answer> answers = times(
                20,
                n -> http.send(
                        "PUT",
                        user,
                        "{\"userName\":\"contested\",\"title\":\"title" + n + "\"}",
                        "If-Match",
                        "W/\"1\""));
        assertEquals(Map.of(200, 1L, 412, 19L), statuses(answers));
        String won = answers.stream()
                .filter(a -> a.status() == 200)
                .findFirst()
                .orElseThrow()
                .json()
                .getString("title");
        assertEquals(won, http.send("GET", user).json().getString("title"));
    }

    @Test
    void aDeletedUserStaysDeletedWhateverIsPatchedMeanwhile() {
        Http http = Http.of(Api.newTenant());
        for (int round = 0; round < 5; round++) {
            String user = "/Users/" + http.create("/Users", user("doomed"));
            List<Answer> answers = times(
                    10,
                    n -> n == 5
                            ? http.send("DELETE", user)
                            : http.patch(user, "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"t" + n + "\"}"));
            assertEquals(204, answers.get(5).status());
            assertTrue(List.of(200, 204, 404).containsAll(statuses(answers).keySet()), () -> "" + statuses(answers));
            assertEquals(404, http.send("GET", user).status());
        }
    }

    @Test
    void aTenantThatIsSwitchedOffMeanwhileTakesAUserWholeOrNotAtAll() {
        Api api = Api.newTenant();
        Http http = Http.of(api);
        List<Answer> answers = times(
                30,
                n -> n == 10
                        ? new Http("http://127.0.0.1:" + io.restassured.RestAssured.port, "admin")
                                .send("PATCH", "/admin/api/tenants/" + api.tenant(), "{\"enabled\":false}")
                        : http.send("POST", "/Users", user("user" + n)));
        assertEquals(200, answers.get(10).status());
        Map<Integer, Long> statuses = statuses(answers);
        assertTrue(List.of(200, 201, 403).containsAll(statuses.keySet()), () -> "" + statuses);
        assertEquals(
                statuses.getOrDefault(201, 0L),
                TestDatabase.count("select count(*) from resource where tenant_id = ?", api.tenant()));
    }

    static <T> List<T> times(int count, IntFunction<T> task) {
        return Together.run(IntStream.range(0, count)
                .mapToObj(n -> (Callable<T>) () -> task.apply(n))
                .toList());
    }

    private static Map<Integer, Long> statuses(List<Answer> answers) {
        return answers.stream().collect(groupingBy(Answer::status, counting()));
    }

    private static void assertAllConflictsName(String attribute, List<Answer> answers) {
        answers.stream().filter(answer -> answer.status() == 409).forEach(answer -> {
            assertEquals("uniqueness", answer.json().getString("scimType"));
            assertTrue(answer.json().getString("detail").contains(attribute), answer.body());
        });
    }

    private static long dangling(Api api) {
        return TestDatabase.count("""
                select count(*) from membership m where m.tenant_id = ? and not exists (
                    select 1 from resource r where r.tenant_id = m.tenant_id and r.id = m.member_id)""", api.tenant());
    }

    private static List<String> members(Http http, String group) {
        JsonArray members = http.send("GET", "/Groups/" + group).json().getJsonArray("members", new JsonArray());
        return IntStream.range(0, members.size())
                .mapToObj(n -> members.getJsonObject(n).getString("value"))
                .toList();
    }

    private static String user(String userName) {
        return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"" + userName + "\"}";
    }

    private static String badged(String userName, String number) {
        return "{\"userName\":\"" + userName + "\",\"" + BADGE + "\":{\"number\":\"" + number + "\"}}";
    }

    static String group(String name, List<String> members) {
        return "{\"displayName\":\"" + name + "\",\"members\":" + values(members) + "}";
    }

    static String addMembers(List<String> members) {
        return "{\"op\":\"add\",\"path\":\"members\",\"value\":" + values(members) + "}";
    }

    static String removeMembers(List<String> members) {
        return "{\"op\":\"remove\",\"path\":\"members\",\"value\":" + values(members) + "}";
    }

    private static String addMember(String member) {
        return addMembers(List.of(member));
    }

    private static String removeMember(String member) {
        return "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}";
    }

    private static String values(List<String> members) {
        JsonArray values = new JsonArray();
        members.forEach(member -> values.add(new io.vertx.core.json.JsonObject().put("value", member)));
        return values.encode();
    }
}
