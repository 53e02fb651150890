package dev.muster.endpoint;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.muster.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class SmokeTest {
    @Test
    void smoke() {
        given().auth()
                .oauth2("admin")
                .contentType("application/json")
                .body("{\"id\":\"acme\",\"displayName\":\"Acme\"}")
                .post("/admin/api/tenants")
                .then()
                .log()
                .all()
                .statusCode(201);
        String token = given().auth()
                .oauth2("admin")
                .contentType("application/json")
                .body("{\"description\":\"x\"}")
                .post("/admin/api/tenants/acme/tokens")
                .then()
                .log()
                .all()
                .statusCode(201)
                .extract()
                .path("token");
        String id = given().auth()
                .oauth2(token)
                .contentType("application/scim+json")
                .body(
                        "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"Ada@x.com\",\"emails\":[{\"type\":\"work\",\"value\":\"a@x.com\"}],\"active\":\"True\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"department\":\"D\"}}")
                .post("/t/acme/scim/v2/Users")
                .then()
                .log()
                .all()
                .statusCode(201)
                .extract()
                .path("id");
        given().auth()
                .oauth2(token)
                .get("/t/acme/scim/v2/Users/" + id)
                .then()
                .log()
                .all()
                .statusCode(200);
        for (String f : new String[] {
            "userName eq \"ada@x.com\"",
            "emails[type eq \"work\"].value eq \"A@x.com\"",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"d\"",
            "title pr or name.givenName co \"x\" or active eq true"
        })
            given().auth()
                    .oauth2(token)
                    .queryParam("filter", f)
                    .get("/t/acme/scim/v2/Users")
                    .then()
                    .log()
                    .body()
                    .statusCode(200)
                    .body("totalResults", equalTo(1));
        given().auth()
                .oauth2(token)
                .contentType("application/scim+json")
                .body(
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}]}")
                .patch("/t/acme/scim/v2/Users/" + id)
                .then()
                .log()
                .all()
                .statusCode(200);
        String gid = given().auth()
                .oauth2(token)
                .contentType("application/scim+json")
                .body("{\"displayName\":\"G\",\"members\":[{\"value\":\"" + id + "\"}]}")
                .post("/t/acme/scim/v2/Groups")
                .then()
                .log()
                .all()
                .statusCode(201)
                .extract()
                .path("id");
        given().auth()
                .oauth2(token)
                .get("/t/acme/scim/v2/Users/" + id)
                .then()
                .log()
                .all()
                .statusCode(200)
                .body("groups[0].value", equalTo(gid));
        given().auth()
                .oauth2(token)
                .contentType("application/scim+json")
                .body("{\"displayName\":\"G2\"}")
                .put("/t/acme/scim/v2/Groups/" + gid)
                .then()
                .log()
                .all()
                .statusCode(200);
        given().auth()
                .oauth2(token)
                .contentType("application/scim+json")
                .body("{\"Operations\":[{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}]}")
                .patch("/t/acme/scim/v2/Groups/" + gid)
                .then()
                .log()
                .all()
                .statusCode(204);
        given().auth()
                .oauth2(token)
                .get("/t/acme/scim/v2/Groups")
                .then()
                .log()
                .all()
                .statusCode(200);
        given().auth()
                .oauth2(token)
                .delete("/t/acme/scim/v2/Users/" + id)
                .then()
                .log()
                .all()
                .statusCode(204);
        given().auth()
                .oauth2(token)
                .get("/t/acme/scim/v2/Nope/x/y")
                .then()
                .log()
                .all()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .put("/t/acme/scim/v2/Users")
                .then()
                .log()
                .all()
                .statusCode(405);
        given().get("/t/acme/scim/v2/Users").then().log().all().statusCode(401);
        given().get("/t/acme/scim/v2/ServiceProviderConfig").then().log().all().statusCode(200);
        given().get("/nope").then().log().all().statusCode(404);
        given().auth()
                .oauth2(token)
                .contentType("application/scim+json")
                .body("x".repeat(5_000_000))
                .post("/t/acme/scim/v2/Users")
                .then()
                .log()
                .all()
                .statusCode(413);
    }
}
