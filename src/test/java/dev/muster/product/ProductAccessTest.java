package dev.muster.product;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read what of the product's API. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ProductAccessTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"/accounts", "/accounts/x", "/accounts/x/groups", "/groups", "/groups/x", "/groups/x/members"})
    void onlyATokenOfTheProductOpensIt(String path) {
        Api api = Api.newTenant();
        String address = "/t/" + api.tenant() + "/api" + path;

        given().get(address)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"));
        given().auth().preemptive().oauth2("wrong").get(address).then().statusCode(401);
        given().auth().preemptive().oauth2("admin").get(address).then().statusCode(401);
        given().auth()
                .preemptive()
                .oauth2(api.token())
                .get(address)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
        given().auth()
                .preemptive()
                .oauth2(Product.of(Api.newTenant()).token())
                .get(address)
                .then()
                .statusCode(401);
    }

    @Test
    void theProductsTokenOpensNoScim() {
        Api api = Api.newTenant();
        given().auth()
                .preemptive()
                .oauth2(Product.of(api).token())
                .get(api.base() + "/Users")
                .then()
                .statusCode(403);
    }

    @Test
    void anotherTenantsIdsAreNobodys() {
        Api ours = Api.newTenant("{\"roles\":[{\"displayName\":\"all\",\"role\":\"r\"}]}");
        Api theirs = Api.newTenant("{\"roles\":[{\"displayName\":\"all\",\"role\":\"r\"}]}");
        String user = theirs.newUser("ada");
        String group = theirs.create("/Groups", Map.of("displayName", "all", "members", List.of(Map.of("value", user))))
                .path("id");
        String account = Product.of(theirs).read("/accounts?userName=ada").getString("accounts[0].id");
        ours.newUser("bob");
        Product product = Product.of(ours);

        product.get("/accounts/" + account).statusCode(404);
        product.get("/accounts/" + account + "/groups").statusCode(404);
        product.get("/groups/" + group).statusCode(404);
        product.get("/groups/" + group + "/members").statusCode(404);
        assertEquals(List.of("bob"), product.names("/accounts"));
        assertEquals(List.of(), product.names("/accounts?userName=ada"));
        assertEquals(List.of(), product.names("/accounts?role=r"));
        assertEquals(List.of(), product.names("/accounts?groupId=" + group));
        assertEquals(List.of(), product.read("/groups?displayName=all").getList("groups"));
    }

    @Test
    void aTenantWhoseProvisioningIsSwitchedOffStaysReadable() {
        Api api = Api.newTenant();
        api.newUser("ada");
        Product product = Product.of(api);
        assertEquals(List.of("ada"), product.names("/accounts"));
        Api.admin()
                .body(Map.of("enabled", false))
                .patch("/admin/api/tenants/{id}", api.tenant())
                .then()
                .statusCode(200);
        assertEquals(List.of("ada"), product.names("/accounts"));
    }

    @Test
    void nothingCanBeWritten() {
        Product product = Product.of(Api.newTenant());
        product.request()
                .contentType("application/json")
                .body("{}")
                .post("/accounts")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("status", equalTo(405));
    }
}
