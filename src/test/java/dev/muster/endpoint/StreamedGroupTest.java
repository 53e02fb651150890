package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Groups whose members are streamed. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedGroupTest {

    private static final int MEMBERS = 5_000;

    private Api api;
    private List<String> users = List.of();
    private String group;

    @BeforeEach
    void once() {
        if (users.isEmpty()) {
            api = Api.newTenant();
            users = LargeGroup.users(api, MEMBERS).stream().sorted().toList();
            group = LargeGroup.withMembers(api, users);
        }
    }

    private byte[] get(String path) {
        return request("GET", path);
    }

    private byte[] request(String method, String path) {
        return RawHttp.head(method, api.base() + path, "Authorization: Bearer " + api.token());
    }

    private static List<String> values(JsonNode group) {
        List<String> values = new ArrayList<>();
        group.path("members").forEach(member -> values.add(member.path("value").asText()));
        return values;
    }

    @Test
    void comesWholeAndInOrderAndChunked() {
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, get("/Groups/" + group));
        assertEquals("chunked", answer.header("Transfer-Encoding"));
        assertEquals("application/scim+json;charset=UTF-8", answer.header("Content-Type"));
        assertTrue(answer.header("ETag").startsWith("W/"));
        assertTrue(answer.whole());
        JsonNode body = Json.json(answer.body());
        assertEquals("large", body.path("displayName").asText());
        assertEquals(users, values(body));
    }

    @Test
    void aListHasAllMembersOfSeveralLargeGroups() {
        String second = LargeGroup.withMembers(api, users.subList(0, 150));
        String third = LargeGroup.withMembers(api, users.subList(0, 100));
        String fourth = LargeGroup.withMembers(api, users.subList(0, 101));
        api.create("/Groups", Map.of("displayName", "empty"));
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, get("/Groups?count=100"));
        assertTrue(answer.whole());
        JsonNode list = Json.json(answer.body());
        assertEquals(list.path("totalResults").asInt(), list.path("Resources").size());
        Map<String, List<String>> expected = Map.of(
                group,
                users,
                second,
                users.subList(0, 150),
                third,
                users.subList(0, 100),
                fourth,
                users.subList(0, 101));
        int seen = 0;
        for (JsonNode found : list.path("Resources")) {
            List<String> members = expected.get(found.path("id").asText());
            seen += members == null ? 0 : 1;
            assertEquals(members == null ? List.of() : members, values(found));
        }
        assertEquals(expected.size(), seen);
    }

    @Test
    void aProjectionHoldsForStreamedMembersToo() {
        RawHttp.Answer answer =
                RawHttp.exchange(RestAssured.port, get("/Groups/" + group + "?attributes=members.value"));
        JsonNode body = Json.json(answer.body());
        assertEquals(users, values(body));
        body.path("members")
                .forEach(member -> assertEquals(
                        List.of("value"),
                        List.copyOf(member.properties().stream()
                                .map(Map.Entry::getKey)
                                .toList())));
        assertTrue(body.path("displayName").isMissingNode());
    }

    @Test
    void withoutMembersNothingIsStreamed() {
        RawHttp.Answer answer =
                RawHttp.exchange(RestAssured.port, get("/Groups/" + group + "?excludedAttributes=members"));
        assertEquals("", answer.header("Transfer-Encoding"));
        assertTrue(Json.json(answer.body()).path("members").isMissingNode());
    }

    @Test
    void headOfALargeGroupHasNoBodyAndTheConnectionGoesOn() throws Exception {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send(request("HEAD", "/Groups/" + group));
            RawHttp.Answer head = connection.answer();
            assertEquals(200, head.status());
            assertEquals("", head.body());
            connection.send(get("/Users?count=0"));
            assertEquals(200, connection.answer().status());
        }
    }

    /** More slow readers than the pool has connections: the others are still served, and the slow ones at last too. */
    @Test
    void aSlowReaderHoldsNoDatabaseConnection() throws Exception {
        List<RawHttp> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                RawHttp reader = new RawHttp(RestAssured.port);
                reader.socket().setReceiveBufferSize(4_096);
                reader.send(get("/Groups/" + group));
                slow.add(reader);
            }
            awaitIdle();
            // Were the connections held, these would wait for one and get 503.
            for (int i = 0; i < 20; i++) {
                api.scim().get("/Users?count=1").then().statusCode(200);
            }
            assertEquals(users, values(Json.json(slow.getFirst().answer().body())));
        } finally {
            for (RawHttp reader : slow) {
                reader.close();
            }
        }
    }

    /** Waits until no connection is at work but the one that writes the log, which may be at any time. */
    private static void awaitIdle() {
        Await.until(
                "slow readers hold no connection",
                () -> TestDatabase.count("select count(*) from pg_stat_activity where usename = 'muster_app'"
                                + " and state in ('active', 'idle in transaction')")
                        <= 1);
    }
}
