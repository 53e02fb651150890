package dev.muster.audit;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.RecordComponent;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No secret and no value but what a resource is known by gets into the log, whatever is sent. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class LogSecretsTest {

    private static final String SECRET = "s3cr3t-v4lu3";
    /** With those that make the tenant. */
    private static final int REQUESTS = 22;

    private static final String ROWS = "select count(*) from provisioning_log l where l.tenant_id = ?";

    @Test
    void anEntryHasRoomForNothingElse() {
        Set<String> fields = Arrays.stream(LogEntry.class.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(List.of(
                        "tenant",
                        "id",
                        "requestId",
                        "operation",
                        "operator",
                        "tokenId",
                        "method",
                        "resourceType",
                        "resourceId",
                        "who",
                        "status",
                        "outcome",
                        "scimType",
                        "reason",
                        "advice",
                        "query",
                        "ignored",
                        "changes",
                        "micros")),
                fields);
    }

    @Test
    void afterAVariedRunNoSecretStandsInTheTable() {
        Api api = Api.newTenant(
                "{\"schemas\":[{\"id\":\"urn:example:2.0:User\",\"resourceType\":\"User\",\"attributes\":["
                        + "{\"name\":\"level\",\"type\":\"string\",\"canonicalValues\":[\"low\"],\"restrictToCanonicalValues\":true}]}]}");
        String id = api.create(
                        "/Users",
                        Map.of(
                                "userName",
                                "plain",
                                "password",
                                SECRET,
                                "title",
                                SECRET,
                                "emails",
                                List.of(Map.of("value", SECRET + "@example.com"))))
                .path("id");
        api.scim()
                .queryParam("filter", "title eq \"" + SECRET + "\"")
                .get("/Users")
                .then()
                .statusCode(200);
        api.scim()
                .queryParam("filter", "title eq " + SECRET + " " + SECRET)
                .get("/Users")
                .then()
                .statusCode(400);
        api.scim().queryParam("count", SECRET).get("/Users").then().statusCode(400);
        api.scim().queryParam("sortOrder", SECRET).get("/Users").then().statusCode(400);
        api.scim().queryParam("whatever", SECRET).get("/Users").then().statusCode(200);
        api.scim()
                .body(Map.of("userName", "x", "urn:example:2.0:User", Map.of("level", SECRET)))
                .post("/Users")
                .then()
                .statusCode(400);
        for (String path : List.of("password", "title", "emails[value eq \\\"" + SECRET + "\\\"].type", "active")) {
            api.scim()
                    .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"" + path + "\",\"value\":\"" + SECRET
                            + "\"}]}")
                    .patch("/Users/{id}", id);
        }
        api.scim()
                .body(Map.of("displayName", "crew", "members", List.of(Map.of("value", SECRET))))
                .post("/Groups")
                .then()
                .statusCode(400);
        api.scim().body("{\"userName\": " + SECRET).post("/Users").then().statusCode(400);
        api.scim()
                .header("X-Api-Key", SECRET)
                .header("X-Request-Id", "not sane " + SECRET)
                .get("/Users");
        given().basePath(api.base())
                .header("Authorization", "Bearer " + SECRET)
                .get("/Users")
                .then()
                .statusCode(401);
        given().basePath(api.base())
                .header("Authorization", "Basic " + SECRET)
                .get("/Users")
                .then()
                .statusCode(401);
        Api.admin()
                .body("{\"conformance\":\"" + SECRET + "\"}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(400);
        api.scim().get("/Users/" + SECRET).then().statusCode(404);
        api.scim().get("/" + SECRET).then().statusCode(404);

        Await.count(REQUESTS, ROWS, api.tenant());
        String tokenSecret = api.token().split("_")[2];
        for (String secret : List.of(SECRET, tokenSecret, "Bearer", "Basic")) {
            assertEquals(
                    0,
                    TestDatabase.count(ROWS + " and l::text ilike ?", api.tenant(), "%" + secret + "%"),
                    () -> rowsWith(api, secret));
        }
        assertTrue(TestDatabase.count(ROWS + " and l::text ilike ?", api.tenant(), "%plain%") > 0);
    }

    private static String rowsWith(Api api, String secret) {
        try (var database = TestDatabase.superuser()) {
            return TestDatabase.query(
                            database,
                            "select l::text from provisioning_log l where l.tenant_id = ? and l::text ilike ?",
                            api.tenant(),
                            "%" + secret + "%")
                    .toString();
        } catch (SQLException failure) {
            return failure.toString();
        }
    }
}
