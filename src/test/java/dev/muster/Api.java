package dev.muster;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh tenant with a token, and requests to it over HTTP: what most tests of the server begin with. */
public record Api(String tenant, String token) {

    private static final String SCIM = "application/scim+json";
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** A tenant of its own, with default settings. */
    public static Api newTenant() {
        return newTenant("{}");
    }

    /** A tenant of its own with the given settings document. */
    public static Api newTenant(String settings) {
        String tenant = "t" + NEXT.incrementAndGet() + "-" + Long.toString(System.nanoTime(), 36);
        admin().body(Map.of("id", tenant)).post("/admin/api/tenants").then().statusCode(201);
        admin().body(settings)
                .put("/admin/api/tenants/{id}/settings", tenant)
                .then()
                .statusCode(200);
        return new Api(tenant, newToken(tenant));
    }

    /** A token of scope scim for a tenant. */
    public static String newToken(String tenant) {
        return admin().body("{}")
                .post("/admin/api/tenants/{id}/tokens", tenant)
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    /** A request of the operator. */
    public static RequestSpecification admin() {
        return given().auth().preemptive().oauth2("admin").contentType(ContentType.JSON);
    }

    /** The path of the Tenant URL. */
    public String base() {
        return "/t/" + tenant + "/scim/v2";
    }

    /** An authenticated SCIM request; paths given to it are relative to the Tenant URL. */
    public RequestSpecification scim() {
        return given().basePath(base())
                .header("Authorization", "Bearer " + token)
                .contentType(SCIM);
    }

    /** Creates a user with this userName and nothing else; its id. */
    public String newUser(String userName) {
        return create("/Users", Map.of("userName", userName)).path("id");
    }

    /** Creates a resource, which must succeed. */
    public Response create(String endpoint, Object body) {
        return scim().body(body).post(endpoint).then().statusCode(201).extract().response();
    }
}
