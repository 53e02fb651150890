package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import dev.muster.Wire;
import dev.muster.audit.OperatorsView;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The setting {@code nestedGroups}: groups that are to be members of groups. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class NestedGroupsSettingTest {

    private static final String REJECT = "{\"nestedGroups\":\"reject\"}";
    private static final String SKIP = "{\"nestedGroups\":\"skip\"}";
    private static final String SKIPPED = "members[type eq \"Group\"]";

    @Test
    void rejectedOnesAreNamedAndNothingChanges() {
        Wire wire = new Wire(Api.newTenant(REJECT));
        String user = wire.newUser("ada");
        String inner = group(wire, "inner").id();
        assertNames(inner, wire.post("/Groups", body("outer", user, inner)));
        assertEquals(0, wire.query("/Groups", "displayName eq \"outer\"").totalResults());
        String outer = group(wire, "outer", user).id();
        String path = "/Groups/" + outer;
        String other = wire.newUser("bob");
        assertNames(inner, wire.put(path, body("renamed", other, inner)));
        assertNames(
                inner, wire.operations(path, "{'op':'add','path':'members','value':" + members(other, inner) + "}"));
        assertNames(
                inner,
                wire.operations(path, "{'op':'replace','path':'members','value':" + members(other, inner) + "}"));
        assertNames(inner, wire.operations(path, "{'op':'add','value':{'members':" + members(inner) + "}}"));
        assertEquals("outer", wire.get(path).text("/displayName"));
        assertEquals(Set.of(user), memberIds(wire, outer));
        wire.operations(path, "{'op':'add','path':'members','value':" + members(other) + "}")
                .is(204);
    }

    @Test
    void skippedOnesAreLeftOutAndLogged() {
        Api api = Api.newTenant(SKIP);
        Wire wire = new Wire(api);
        String user = wire.newUser("ada");
        String inner = group(wire, "inner").id();
        Exchange created = group(wire, "outer", user, inner);
        assertEquals(Set.of(user), memberIds(wire, created.id()));
        assertLogged(api, created);
        String path = "/Groups/" + created.id();
        String other = wire.newUser("bob");
        Exchange added = wire.operations(path, "{'op':'add','path':'members','value':" + members(inner, other) + "}")
                .is(204);
        assertEquals(Set.of(user, other), memberIds(wire, created.id()));
        assertLogged(api, added);
        Exchange replaced = wire.operations(
                        path, "{'op':'replace','path':'members','value':" + members(inner, other) + "}")
                .is(204);
        assertEquals(Set.of(other), memberIds(wire, created.id()));
        assertLogged(api, replaced);
        assertLogged(api, wire.put(path, body("outer", inner, user)).is(200));
        assertEquals(Set.of(user), memberIds(wire, created.id()));
        assertLogged(
                api,
                wire.operations(path, "{'op':'add','path':'members','value':" + members(inner) + "}")
                        .is(204));
    }

    @Test
    void inBulkEachOperationIsJudgedByItself() {
        Api rejecting = Api.newTenant(REJECT);
        Wire reject = new Wire(rejecting);
        assertEquals(List.of("201", "201", "400", "201"), statuses(reject.post("/Bulk", nestedBulk())));
        Api skipping = Api.newTenant(SKIP);
        Wire skip = new Wire(skipping);
        assertEquals(List.of("201", "201", "201", "201"), statuses(skip.post("/Bulk", nestedBulk())));
        String outer = skip.query("/Groups", "displayName eq \"outer\"").text("/Resources/0/id");
        JsonNode entry = OperatorsView.of(skipping).entry("person", outer, "outcome", "success");
        assertTrue(entry.path("ignored").toString().contains("members[type eq"), entry::toString);
        assertEquals(1, memberIds(skip, outer).size());
    }

    @Test
    void circlesInBulkAreNoWayAround() {
        assertEquals(
                List.of("400", "400"),
                statuses(new Wire(Api.newTenant(REJECT)).post("/Bulk", circle())).stream()
                        .map(status -> status.equals("409") ? "400" : status)
                        .toList());
        Wire skip = new Wire(Api.newTenant(SKIP));
        assertEquals(List.of("201", "201"), statuses(skip.post("/Bulk", circle())));
        skip.get("/Groups")
                .at("/Resources")
                .forEach(group -> assertTrue(group.path("members").isMissingNode()));
    }

    /** RFC 7644 §3.7.1 lets clients make circles; here they are memberships like any other. */
    @Test
    void allowedCirclesDoNoHarm() {
        Wire wire = new Wire(Api.newTenant());
        String user = wire.newUser("ada");
        List<String> groups = IntStream.range(0, 4)
                .mapToObj(n -> group(wire, "g" + n, user).id())
                .toList();
        Together.run(IntStream.range(0, 4)
                        .<Callable<Exchange>>mapToObj(n -> () -> wire.operations(
                                "/Groups/" + groups.get(n),
                                "{'op':'add','path':'members','value':" + members(groups.get((n + 1) % 4)) + "}"))
                        .toList())
                .forEach(answer -> answer.is(204));
        for (int n = 0; n < 4; n++) {
            assertEquals(Set.of(user, groups.get((n + 1) % 4)), memberIds(wire, groups.get(n)));
        }
        assertEquals(4, wire.get("/Users/" + user).at("/groups").size());
        assertEquals(4, wire.query("/Groups", "members.type eq \"Group\"").totalResults());
        Together.run(groups.stream()
                        .<Callable<Exchange>>map(group -> () -> wire.delete("/Groups/" + group))
                        .toList())
                .forEach(answer -> answer.is(204));
        assertTrue(wire.get("/Users/" + user).at("/groups").isMissingNode());
    }

    private static String nestedBulk() {
        return "{'Operations':[{'method':'POST','bulkId':'u','path':'/Users','data':{'userName':'ada'}},"
                + "{'method':'POST','bulkId':'i','path':'/Groups','data':" + body("inner", "bulkId:u") + "},"
                + "{'method':'POST','bulkId':'o','path':'/Groups','data':" + body("outer", "bulkId:u", "bulkId:i")
                + "},{'method':'POST','bulkId':'p','path':'/Groups','data':" + body("plain", "bulkId:u") + "}]}";
    }

    private static String circle() {
        return "{'Operations':[{'method':'POST','bulkId':'a','path':'/Groups','data':" + body("a", "bulkId:b")
                + "},{'method':'POST','bulkId':'b','path':'/Groups','data':" + body("b", "bulkId:a") + "}]}";
    }

    private static Exchange group(Wire wire, String name, String... members) {
        return wire.post("/Groups", body(name, members)).is(201);
    }

    private static String body(String name, String... members) {
        return "{'displayName':'" + name + "','members':" + members(members) + "}";
    }

    private static String members(String... ids) {
        return Arrays.stream(ids).map(id -> "{'value':'" + id + "'}").collect(Collectors.joining(",", "[", "]"));
    }

    private static Set<String> memberIds(Wire wire, String group) {
        return wire.get("/Groups/" + group)
                .at("/members")
                .valueStream()
                .map(member -> member.path("value").asText())
                .collect(Collectors.toSet());
    }

    private static List<String> statuses(Exchange bulk) {
        return bulk.is(200)
                .at("/Operations")
                .valueStream()
                .map(operation -> operation.path("status").asText())
                .toList();
    }

    private static void assertNames(String group, Exchange refused) {
        String detail = refused.isError(400, "invalidValue").text("/detail");
        assertTrue(detail.contains(group) && detail.startsWith("members"), detail);
    }

    private static void assertLogged(Api api, Exchange exchange) {
        JsonNode entry = OperatorsView.of(api).entry("requestId", exchange.header("X-Request-Id"));
        assertEquals(
                List.of(SKIPPED),
                entry.path("ignored").valueStream().map(JsonNode::asText).toList());
    }
}
