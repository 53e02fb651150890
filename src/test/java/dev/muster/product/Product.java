package dev.muster.product;

import static io.restassured.RestAssured.given;

import dev.muster.Api;
import dev.muster.account.Accounts;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** The product of a tenant: it reads what has become of what the identity provider has written. */
public record Product(Api api, String token) {

    /** A product with a token of its own. */
    public static Product of(Api api) {
        String token = Api.admin()
                .body(Map.of("scope", "app"))
                .post("/admin/api/tenants/{id}/tokens", api.tenant())
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        return new Product(api, token);
    }

    /** A request with the product's token; paths given to it are relative to the tenant's API. */
    public RequestSpecification request() {
        return given().urlEncodingEnabled(false)
                .basePath("/t/" + api.tenant() + "/api")
                .auth()
                .preemptive()
                .oauth2(token);
    }

    /** What stands at a path, as soon as all that was written has been worked off. */
    public ValidatableResponse get(String path) {
        new Accounts(api).awaitDrained();
        return request().get(path).then();
    }

    /** As {@link #get}, which must succeed. */
    public JsonPath read(String path) {
        return get(path).statusCode(200).extract().jsonPath();
    }

    /** The userNames of the accounts at a path. */
    List<String> names(String path) {
        return read(path).getList("accounts.userName");
    }
}
