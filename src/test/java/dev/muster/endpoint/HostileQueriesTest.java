package dev.muster.endpoint;

import static dev.muster.endpoint.ScimErrors.assertScimError;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.scim.message.SearchRequest;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query parameters and ids that no honest client sends. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class HostileQueriesTest {

    private Api api;

    private String id;

    @BeforeEach
    void oneUser() {
        api = Api.newTenant();
        id = api.newUser("only@example.com");
    }

    /** RFC 7644 §3.4.2.4: a negative count is 0, a startIndex below 1 is 1. */
    @ParameterizedTest
    @CsvSource({
        "count,-1,0,1",
        "count,0,0,1",
        "count,100000000000000000000,1,1",
        "count,-100000000000000000000,0,1",
        "startIndex,0,1,1",
        "startIndex,-5,1,1",
        "count,'',1,1"
    })
    void pagesOutOfBoundsAreBroughtWithin(String parameter, String value, int resources, int startIndex) {
        api.scim()
                .queryParam(parameter, value)
                .get("/Users")
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(1))
                .body("startIndex", equalTo(startIndex))
                .body("Resources", hasSize(resources));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000000000000000", "9223372036854775807", "9223372036854775806", "2147483648"})
    void aStartIndexBeyondTheEndHasNothing(String startIndex) {
        api.scim()
                .queryParam("startIndex", startIndex)
                .get("/Users")
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(1))
                .body("Resources", hasSize(0));
        search(Map.of("startIndex", new BigInteger(startIndex)))
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "count,abc",
        "count,1.5",
        "count,1e3",
        "count,0x1",
        "startIndex,abc",
        "startIndex,NaN",
        "sortBy,unheardOf",
        "sortBy,emails[type",
        "sortBy,''",
        "sortOrder,sideways",
        "sortBy,userName;drop table resource",
        "filter,''",
        "filter,' '",
        "filter,userName",
        "filter,userName eq",
        "filter,userName eq \"x",
        "filter,userName eq \"x\\",
        "filter,userName zz \"x\"",
        "filter,(userName pr",
        "filter,userName pr)",
        "filter,not userName pr",
        "filter,emails[type eq \"work\"",
        "filter,unheardOf eq \"x\"",
        "filter,userName eq \"x\" or",
        "filter,userName eq \"\\u0000\""
    })
    void whatCannotBeUnderstoodIsRefused(String parameter, String value) {
        Response response = api.scim().queryParam(parameter, value).get("/Users");
        if (parameter.equals("filter")) {
            assertScimError(400, "invalidFilter", response);
        } else {
            assertScimError(400, response);
        }
    }

    @Test
    void attributesAndExcludedAttributesTogetherAreRefused() {
        assertScimError(
                400,
                api.scim()
                        .queryParam("attributes", "userName")
                        .queryParam("excludedAttributes", "emails")
                        .get("/Users"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000})
    void aHostileFilterIsRefusedAndNeverAStackOverflow(int size) {
        for (String filter : new String[] {
            "(".repeat(size),
            "(".repeat(size) + "userName pr" + ")".repeat(size),
            "not (".repeat(size) + "userName pr" + ")".repeat(size),
            "userName eq \"" + "x".repeat(size),
            "userName pr " + "and userName pr ".repeat(size),
            "a" + ".a".repeat(size),
            "emails[".repeat(size)
        }) {
            assertScimError(400, "invalidFilter", search(Map.of("filter", filter)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"filter\":7",
                "\"filter\":[]",
                "\"sortBy\":{}",
                "\"attributes\":{}",
                "\"attributes\":[1]",
                "\"count\":\"x\"",
                "\"count\":{}",
                "\"startIndex\":1.5",
                "\"sortOrder\":1"
            })
    void aSearchRequestOfTheWrongTypesIsRefused(String member) {
        search(Map.of()).then().statusCode(200);
        assertScimError(
                400,
                api.scim()
                        .body("{\"schemas\":[\"" + SearchRequest.SCHEMA + "\"]," + member + "}")
                        .post("/Users/.search"));
    }

    private Response search(Map<String, Object> members) {
        Map<String, Object> body = new HashMap<>(members);
        body.put("schemas", List.of(SearchRequest.SCHEMA));
        return api.scim().body(body).post("/Users/.search");
    }

    @Test
    void idsThatAreNoneAreNotFound() {
        for (String hostile : new String[] {
            "1",
            "null",
            "..%2f..%2fetc%2fpasswd",
            "%00",
            "%20",
            "%27%20or%201%3D1",
            id.toUpperCase(java.util.Locale.ROOT),
            "x".repeat(5_000),
            id + "x",
            "00000000-0000-0000-0000-000000000000"
        }) {
            String path = "/Users/" + hostile;
            assertScimError(404, api.scim().urlEncodingEnabled(false).get(path));
            assertScimError(
                    404,
                    api.scim()
                            .urlEncodingEnabled(false)
                            .body("{\"userName\":\"x\"}")
                            .put(path));
            assertScimError(
                    404,
                    api.scim()
                            .urlEncodingEnabled(false)
                            .body("{\"Operations\":[{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}]}")
                            .patch(path));
            assertScimError(404, api.scim().urlEncodingEnabled(false).delete(path));
        }
        api.scim().get("/Users/" + id).then().statusCode(200);
    }
}
