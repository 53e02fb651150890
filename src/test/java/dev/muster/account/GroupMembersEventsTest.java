package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.product.Product;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who comes into a group and who leaves it is said whatever the reason, of many at once, and of nobody twice. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class GroupMembersEventsTest {

    private static List<JsonNode> events(Product product) {
        String answer =
                product.get("/events?limit=1000").statusCode(200).extract().asString();
        List<JsonNode> events = new ArrayList<>();
        Json.json(answer).path("events").forEach(events::add);
        return events;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static String group(Api api, String name, List<String> members) {
        return api.create(
                        "/Groups",
                        Map.of(
                                "displayName",
                                name,
                                "members",
                                members.stream()
                                        .map(member -> Map.of("value", member))
                                        .toList()))
                .path("id");
    }

    private static Set<String> ids(JsonNode named) {
        Set<String> ids = new TreeSet<>();
        named.forEach(id -> ids.add(id.asText()));
        return ids;
    }

    @Test
    void whoIsAMemberBeforeItsAccountComesIsNamedAfterIt() {
        Product product = Product.of(Api.newTenant());
        Api api = product.api();
        api.newUser("first");
        new Accounts(api).awaitDrained();

        Backlog.of(api, 1, () -> {
            String inner = group(api, "inner", List.of(api.newUser("ada")));
            group(api, "outer", List.of(inner));
        });

        List<JsonNode> events = events(product);
        String ada = new Accounts(api).named("ada").path("id").asText();
        List<JsonNode> named = events.stream()
                .filter(event -> event.at("/data/added/0").asText().equals(ada))
                .toList();
        assertEquals(1, named.size(), events::toString);
        assertEquals(2, types(events).stream().filter("group.members"::equals).count(), events::toString);
        assertEquals("account.created", types(events).get(events.indexOf(named.getFirst()) - 1), events::toString);
        new Mirror(product, 3).arrives();
    }

    @Test
    void manyWhoLeaveAtOnceAreOneEventOfEachGroup() {
        Product product = Product.of(Api.newTenant());
        Api api = product.api();
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            users.add(api.newUser("user" + i));
        }
        String large = group(api, "large", users);
        String small = group(api, "small", users.subList(0, 3));
        int before = events(product).size();

        Backlog.of(
                api,
                0,
                () -> users.forEach(
                        id -> api.scim().delete("/Users/" + id).then().statusCode(204)));

        Map<String, Set<String>> left = new HashMap<>();
        int ofMembers = 0;
        for (JsonNode event : events(product).subList(before, before + 40)) {
            if (event.path("type").asText().equals("group.members")) {
                ofMembers++;
                left.computeIfAbsent(event.at("/data/group/id").asText(), group -> new TreeSet<>())
                        .addAll(ids(event.at("/data/removed")));
            } else {
                String account = event.at("/data/account/id").asText();
                assertTrue(left.getOrDefault(large, Set.of()).contains(account), event::toString);
            }
        }
        assertEquals(40, left.get(large).size());
        assertEquals(3, left.get(small).size());
        assertTrue(ofMembers <= 4, "what has been written while the turn waited may be a turn of its own");
        new Mirror(product, 7).arrives();
    }

    @Test
    void whoIsErasedHasLeftBefore() {
        Product product = Product.of(Api.newTenant("{\"deprovisioning\":{\"action\":\"block\",\"retentionDays\":30}}"));
        Api api = product.api();
        String ada = api.newUser("ada");
        group(api, "g", List.of(ada));
        new Accounts(api).awaitDrained();
        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}")
                .patch("/Users/" + ada)
                .then()
                .statusCode(200);
        assertEquals("account.blocked", types(events(product)).getLast());
        Retention.ends(api);
        Retention.round();

        List<String> types = types(events(product));
        assertEquals(List.of("group.members", "account.deleted"), types.subList(types.size() - 2, types.size()));
        new Mirror(product, 1).arrives();
    }

    @Test
    void ofAGroupThatIsGoneNothingIsSaidAnyMoreAndNothingIsLeft() {
        Product product = Product.of(Api.newTenant());
        Api api = product.api();
        String inner = group(api, "inner", List.of(api.newUser("ada")));
        group(api, "outer", List.of(inner));
        new Accounts(api).awaitDrained();

        api.scim().delete("/Groups/" + inner).then().statusCode(204);

        assertEquals("group.deleted", types(events(product)).getLast());
        assertEquals(
                0, TestDatabase.count("select count(*) from account_membership where tenant_id = ?", api.tenant()));
        new Mirror(product, 2).arrives();
    }

    @Test
    void whatAnOperatorHasKeptOfAUserWhoIsGoneIsNotInItsGroups() {
        Product product = Product.of(Api.newTenant("{\"deletionGuard\":{\"count\":0}}"));
        Api api = product.api();
        String ada = api.newUser("ada");
        group(api, "g", List.of(ada));
        new Accounts(api).awaitDrained();
        api.scim().delete("/Users/" + ada).then().statusCode(204);
        assertEquals("tenant.deletions-held", types(events(product)).getLast());

        new Waiting(api).post(ada + "/reject", "").statusCode(202);

        List<JsonNode> events = events(product);
        assertEquals("account.updated", types(events).getLast());
        assertEquals("[\"scimId\"]", events.getLast().at("/data/changed").toString());
        assertEquals("active", events.getLast().at("/data/account/status").asText());
        new Mirror(product, 5).arrives();
    }
}
