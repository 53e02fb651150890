package dev.muster.admin;

import static dev.muster.admin.Operator.delete;
import static dev.muster.admin.Operator.get;
import static dev.muster.admin.Operator.invalid;
import static dev.muster.admin.Operator.patch;
import static dev.muster.admin.Operator.post;
import static dev.muster.admin.Operator.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class TenantsEndpointTest {

    private static final String SETTINGS_OF = "/admin/api/tenants/{id}/settings";

    @Test
    void createsATenant() {
        String id = newId();
        Response created = post("", "{\"id\":\"" + id + "\",\"displayName\":\"Acme Ä\"}")
                .statusCode(201)
                .contentType(ContentType.JSON)
                .header("Location", endsWith("/admin/api/tenants/" + id))
                .body("id", equalTo(id))
                .body("displayName", equalTo("Acme Ä"))
                .body("enabled", equalTo(true))
                .body("tenantUrl", endsWith("/t/" + id + "/scim/v2"))
                .body("created", notNullValue())
                .extract()
                .response();
        assertEquals(
                created.asString(),
                Api.admin()
                        .get(created.header("Location"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    @Test
    void refusesAnIdThatIsTaken() {
        problem(post("", "{\"id\":\"" + Api.newTenant().tenant() + "\"}"), 409)
                .body("detail", startsWith("There is a"));
        String id = newId();
        List<Integer> statuses = dev.muster.Together.run(java.util.Collections.nCopies(
                10, () -> post("", "{\"id\":\"" + id + "\"}").extract().statusCode()));
        assertEquals(1, statuses.stream().filter(status -> status == 201).count(), () -> "" + statuses);
        assertEquals(9, statuses.stream().filter(status -> status == 409).count(), () -> "" + statuses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UPPER", "ümlaut", "a b", "a_b", "a.b", "*", "../x", "a\\u0000b", "a\\n"})
    void refusesAnIdOfAnotherForm(String id) {
        invalid(post("", "{\"id\":\"" + id + "\"}"), "id");
    }

    @Test
    void refusesWhatIsTooLongOrNotThere() {
        invalid(post("", "{\"id\":\"" + "a".repeat(64) + "\"}"), "id");
        invalid(post("", "{\"displayName\":\"Nameless\"}"), "id");
        invalid(post("", "{\"id\":\"" + newId() + "\",\"displayName\":\"" + "x".repeat(201) + "\"}"), "displayName");
        assertEquals(
                201,
                post("", "{\"id\":\"" + (newId() + "-" + "a".repeat(63)).substring(0, 63) + "\"}")
                        .extract()
                        .statusCode());
    }

    @Test
    void listsTenantsPageByPage() {
        List<String> made = List.of(newId(), newId(), newId());
        made.forEach(id -> post("", "{\"id\":\"" + id + "\"}").statusCode(201));
        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            Response page =
                    get("?limit=2&after=" + cursor).statusCode(200).extract().response();
            List<String> ids = page.path("tenants.id");
            assertTrue(ids.size() <= 2);
            listed.addAll(ids);
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertTrue(listed.containsAll(made));
        assertEquals(listed.stream().sorted().distinct().toList(), listed);
        invalid(get("?limit=0"), "limit");
        invalid(get("?limit=1001"), "limit");
    }

    @Test
    void saysWhatThereIsNot() {
        for (String path : List.of("/nobody", "/nobody/settings", "/nobody/tokens", "/NOBODY")) {
            problem(get(path), 404);
        }
        for (String id : List.of("\0", "a\0b", "ä")) {
            problem(Api.admin().get(SETTINGS_OF, id).then(), 404);
            problem(Api.admin().body("{}").put(SETTINGS_OF, id).then(), 404);
            problem(Api.admin().body("{}").patch(SETTINGS_OF, id).then(), 404);
            problem(Api.admin().body("{}").post(SETTINGS_OF + "/preview", id).then(), 404);
            problem(Api.admin().body("{}").patch("/admin/api/tenants/{id}", id).then(), 404);
            problem(Api.admin().delete("/admin/api/tenants/{id}", id).then(), 404);
        }
        problem(patch("/nobody", "{\"enabled\":true}"), 404);
        problem(delete("/nobody"), 404);
        problem(delete("/" + Api.newTenant().tenant() + "/tokens/nothing"), 404);
        problem(Api.admin().get("/admin/api/nothing").then(), 404);
        problem(Api.admin().put("/admin/api/tenants").then(), 405);
    }

    @Test
    void closesAndOpensTheEndpointAtOnceAndRenames() {
        Api api = Api.newTenant();
        String user = api.newUser("ada");
        patch("/" + api.tenant(), "{\"enabled\":false}").statusCode(200).body("enabled", equalTo(false));
        api.scim()
                .get("/Users")
                .then()
                .statusCode(403)
                .contentType("application/scim+json")
                .body("status", equalTo("403"));
        api.scim().body(Map.of("userName", "bob")).post("/Users").then().statusCode(403);
        api.scim().delete("/Users/" + user).then().statusCode(403);
        patch("/" + api.tenant(), "{\"enabled\":true,\"displayName\":\"Renamed\"}")
                .statusCode(200)
                .body("enabled", equalTo(true))
                .body("displayName", equalTo("Renamed"));
        api.scim().get("/Users").then().statusCode(200).body("totalResults", equalTo(1));
        patch("/" + api.tenant(), "{\"displayName\":\"Again\"}").statusCode(200).body("enabled", equalTo(true));
        invalid(patch("/" + api.tenant(), "{\"displayName\":\" \"}"), "displayName");
    }

    @Test
    void letsOnlyTheAdminTokenIn() {
        problem(given().get("/admin/api/tenants").then(), 401).header("WWW-Authenticate", startsWith("Bearer"));
        for (String credential :
                List.of("Bearer wrong", "Bearer", "admin", "Basic YWRtaW46YWRtaW4=", "Bearer admin2")) {
            problem(
                    given().header("Authorization", credential)
                            .get("/admin/api/tenants")
                            .then(),
                    401);
        }
        problem(
                given().header("Authorization", "Bearer " + Api.newTenant().token())
                        .get("/admin/api/tenants")
                        .then(),
                401);
        problem(given().get("/admin/api/nothing").then(), 401);
    }

    @Test
    void saysWhatIsWrongWithABody() {
        for (String body : List.of(
                "",
                "{",
                "[]",
                "\"x\"",
                "null",
                "{\"id\":{}}",
                "{\"id\":\"a\",\"id\":",
                "\u0000",
                "{\"id\":\"twice\",\"id\":\"twice\"}",
                "{\"id\":\"one\"} {\"id\":\"two\"}")) {
            problem(post("", body), 400);
        }
        problem(post("", "{\"id\":\"" + newId() + "\",\"colour\":\"red\"}"), 400)
                .body("field", equalTo("colour"));
        problem(patch("/" + Api.newTenant().tenant(), "{\"enabled\":\"maybe\"}"), 400)
                .body("field", equalTo("enabled"));
        problem(
                given().auth()
                        .oauth2("admin")
                        .contentType("text/plain")
                        .body("id=acme")
                        .post("/admin/api/tenants")
                        .then(),
                415);
    }

    @Test
    void deletesALargeTenantInTheBackgroundAndFreesItsId() {
        Api api = Api.newTenant();
        List<String> users = TestDatabase.seedUsers(api.tenant(), "user", 25_000);
        api.create(
                "/Groups",
                Map.of(
                        "displayName",
                        "all",
                        "members",
                        users.stream()
                                .limit(10_000)
                                .map(id -> Map.of("value", id))
                                .toList()));
        api.newUser("with keys");
        // It shall not have gone before it is looked at.
        try (HeldRows left = new HeldRows("select id from tenant where id = ? for key share", api.tenant())) {
            assertEquals(202, delete("/" + api.tenant()).extract().statusCode());

            problem(get("/" + api.tenant()), 404);
            assertEquals(401, api.scim().get("/Users").statusCode());
            problem(post("/" + api.tenant() + "/tokens", "{}"), 404);
            problem(post("", "{\"id\":\"" + api.tenant() + "\"}"), 409).body("detail", endsWith("still being erased."));
        }

        Await.until("nothing is left", () -> rows(api) == 0);
        post("", "{\"id\":\"" + api.tenant() + "\"}").statusCode(201);
        assertEquals(401, api.scim().get("/Users").statusCode(), "the old token stays dead");
        new Api(api.tenant(), Api.newToken(api.tenant()))
                .scim()
                .get("/Users")
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(0));
    }

    @Test
    void deletesASmallTenantAtOnce() {
        Api api = Api.newTenant();
        api.newUser("ada");
        delete("/" + api.tenant()).statusCode(204);
        problem(get("/" + api.tenant()), 404);
        problem(delete("/" + api.tenant()), 404);
        assertEquals(0, TestDatabase.count("select count(*) from resource where tenant_id = ?", api.tenant()));
    }

    private static long rows(Api api) {
        String id = api.tenant();
        return TestDatabase.count("""
                select (select count(*) from tenant where id = ?) + (select count(*) from token where tenant_id = ?)
                    + (select count(*) from resource where tenant_id = ?) + (select count(*) from resource_key where tenant_id = ?)
                    + (select count(*) from resource_unique where tenant_id = ?)
                    + (select count(*) from membership where tenant_id = ?)""", id, id, id, id, id, id);
    }

    private static String newId() {
        return "n" + Long.toString(System.nanoTime(), 36);
    }
}
