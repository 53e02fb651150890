package dev.muster.endpoint;

import static dev.muster.endpoint.ScimErrors.assertScimError;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.BriefToken;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which credentials open a tenant's endpoint, and how little is said of those that do not. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class CredentialsTest {

    private Api api;

    @BeforeEach
    void freshTenant() {
        api = Api.newTenant();
    }

    private Response users(String authorization) {
        return given().header("Authorization", authorization).get(api.base() + "/Users");
    }

    private Map<String, String> issue(Map<String, String> request) {
        return Api.admin()
                .body(request)
                .post("/admin/api/tenants/{id}/tokens", api.tenant())
                .then()
                .statusCode(201)
                .extract()
                .as(new io.restassured.common.mapper.TypeRef<Map<String, String>>() {});
    }

    @Test
    void aTokenIsTakenWithAndWithoutBearerInAnyCase() {
        for (String form : List.of("Bearer %s", "bearer %s", "BEARER %s", "%s", "  Bearer   %s  ", " %s ")) {
            assertEquals(200, users(form.formatted(api.token())).statusCode(), form);
        }
    }

    @Test
    void everyBadCredentialMeetsTheSameAnswer() {
        Api other = Api.newTenant();
        String unknown = "muster_" + "a".repeat(16) + "_" + "b".repeat(64);
        String expected = assertScimError(401, users("Bearer " + unknown)).toString();
        String token = api.token();
        String last = token.endsWith("0") ? "1" : "0";
        for (String authorization : List.of(
                "Bearer " + other.token(),
                other.token(),
                "Bearer",
                "Bearer ",
                "Basic dXNlcjpwYXNz",
                "Basic " + token,
                "Bearer Bearer " + token,
                "Bearer " + token + " x",
                "Bearer " + token.substring(0, token.length() - 1) + last,
                "Bearer " + token + "x",
                "Bearer " + token.toUpperCase(Locale.ROOT),
                "Bearer admin",
                "x".repeat(8_000),
                "Bearer \"" + token + "\"")) {
            Response response = users(authorization);
            assertEquals(expected, assertScimError(401, response).toString(), authorization);
            assertEquals("Bearer realm=\"scim\"", response.header("WWW-Authenticate"));
        }
        assertEquals(
                expected,
                assertScimError(401, given().get(api.base() + "/Users")).toString());
        assertEquals(expected, assertScimError(401, users("")).toString());
    }

    @Test
    void twoAuthorizationHeadersAreNone() {
        String header = "Authorization: Bearer " + api.token();
        assertScimError(
                401, RawHttp.exchange(RestAssured.port, RawHttp.head("GET", api.base() + "/Users", header, header)));
    }

    @Test
    void anExpiredTokenIsRefused() {
        String token =
                BriefToken.expired(api.tenant(), good -> users("Bearer " + good).statusCode());
        assertScimError(401, users("Bearer " + token));
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceWhereItWasRevoked() {
        Map<String, String> issued = issue(Map.of());
        assertEquals(200, users(issued.get("token")).statusCode());
        Api.admin()
                .delete("/admin/api/tenants/{id}/tokens/{token}", api.tenant(), issued.get("id"))
                .then()
                .statusCode(204);
        assertScimError(401, users(issued.get("token")));
    }

    @Test
    void aTokenOfTheProductIsNotForProvisioning() {
        assertScimError(403, users("Bearer " + issue(Map.of("scope", "app")).get("token")));
    }

    @Test
    void aDisabledTenantIsRefusedAndChangesNothing() {
        api.newUser("before");
        enable(false);
        assertScimError(403, api.scim().get("/Users"));
        assertScimError(403, api.scim().body(Map.of("userName", "meanwhile")).post("/Users"));
        assertScimError(403, given().get(api.base() + "/Schemas"));
        assertScimError(401, users("Bearer nonsense"));
        enable(true);
        assertEquals(1, api.scim().get("/Users?count=0").<Integer>path("totalResults"));
    }

    private void enable(boolean enabled) {
        Api.admin()
                .body(Map.of("enabled", enabled))
                .patch("/admin/api/tenants/{id}", api.tenant())
                .then()
                .statusCode(200);
    }

    @Test
    void aTenantThatIsNotThereShowsAsNothing() {
        assertScimError(401, given().header("Authorization", api.token()).get("/t/nobody/scim/v2/Users"));
        assertScimError(401, given().get("/t/nobody/scim/v2/Users"));
        assertScimError(404, given().get("/t/nobody/scim/v2/ServiceProviderConfig"));
        assertScimError(404, given().get("/t/NOT%20an%20id/scim/v2/Schemas"));
    }

    @Test
    void discoveryNeedsNoTokenButTakesNoBadOne() {
        for (String path : List.of("/ServiceProviderConfig", "/Schemas", "/ResourceTypes/User")) {
            given().get(api.base() + path).then().statusCode(200);
            api.scim().get(path).then().statusCode(200);
            assertScimError(401, given().header("Authorization", "Bearer wrong").get(api.base() + path));
        }
        assertScimError(401, given().get(api.base() + "/Users/Schemas"));
    }
}
