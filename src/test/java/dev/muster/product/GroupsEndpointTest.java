package dev.muster.product;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The product reads groups and who is in them. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class GroupsEndpointTest {

    private Api api;
    private Product product;
    private List<String> users;
    private String inner;
    private String outer;

    @BeforeEach
    void aGroupInAGroup() {
        api = Api.newTenant();
        product = Product.of(api);
        users = List.of(api.newUser("ada"), api.newUser("bob"), api.newUser("cy"));
        inner = group("Inner", "g-1", users);
        outer = group("Outer", "g-2", List.of(users.getFirst(), inner));
    }

    private String group(String name, String externalId, List<String> members) {
        return api.create(
                        "/Groups",
                        Map.of(
                                "displayName",
                                name,
                                "externalId",
                                externalId,
                                "members",
                                members.stream().map(id -> Map.of("value", id)).toList()))
                .path("id");
    }

    @Test
    void groupsAreFoundByTheirNames() {
        assertEquals(List.of("Inner", "Outer"), product.read("/groups").getList("groups.displayName"));
        assertEquals(List.of("Outer"), product.read("/groups?displayName=OUTER").getList("groups.displayName"));
        assertEquals(List.of("Inner"), product.read("/groups?externalId=g-1").getList("groups.displayName"));
        assertEquals(
                List.of(),
                product.read("/groups?externalId=g-1&displayName=outer").getList("groups.displayName"));
        product.get("/groups?name=x").statusCode(400).body("field", equalTo("name"));

        JsonPath first = product.read("/groups?limit=1");
        assertEquals(List.of("Inner"), first.getList("groups.displayName"));
        product.get("/groups?limit=1&after=" + first.getString("nextCursor"))
                .body("groups.displayName", equalTo(List.of("Outer")))
                .body("nextCursor", nullValue());
    }

    @Test
    void aGroupIsReadWithTheTagOfItsVersion() {
        product.get("/groups/" + inner)
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .body("id", equalTo(inner))
                .body("displayName", equalTo("Inner"))
                .body("externalId", equalTo("g-1"));
        product.request()
                .header("If-None-Match", "\"1\"")
                .get("/groups/" + inner)
                .then()
                .statusCode(304);
    }

    @Test
    void membersAreAccountsAndGroups() {
        List<Map<String, String>> members =
                product.read("/groups/" + outer + "/members").getList("members");
        String ada = product.read("/accounts?userName=ada").getString("accounts[0].id");
        assertEquals(
                List.of(
                        Map.of("type", "account", "id", ada, "userName", "ada", "status", "active"),
                        Map.of("type", "group", "id", inner, "displayName", "Inner", "externalId", "g-1")),
                members);
        assertEquals(
                List.of("Inner", "Outer"),
                product.read("/accounts/" + ada + "/groups").getList("groups.displayName"));
        JsonPath page = product.read("/accounts/" + ada + "/groups?limit=1");
        assertEquals(
                List.of("Outer"),
                product.read("/accounts/" + ada + "/groups?limit=1&after=" + page.getString("nextCursor"))
                        .getList("groups.displayName"));
    }

    @Test
    void membersComeInPages() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = product.read("/groups/" + inner + "/members?limit=1" + cursor);
            seen.addAll(page.getList("members.userName"));
            cursor = page.getString("nextCursor") == null ? null : "&after=" + page.getString("nextCursor");
        }
        assertEquals(List.of("ada", "bob", "cy"), seen);
    }

    @Test
    void whoHasNoAccountYetIsNoMember() {
        Api holding = Api.newTenant("""
                {"departments":{"map":{"IT":"it"},"unmapped":"hold"}}""");
        String waits = holding.create(
                        "/Users",
                        Map.of(
                                "userName",
                                "eve",
                                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                                Map.of("department", "Elsewhere")))
                .path("id");
        String group = holding.create(
                        "/Groups",
                        Map.of(
                                "displayName",
                                "all",
                                "members",
                                List.of(Map.of("value", waits), Map.of("value", holding.newUser("ada")))))
                .path("id");
        assertEquals(
                List.of("ada"),
                Product.of(holding).read("/groups/" + group + "/members").getList("members.userName"));
    }
}
