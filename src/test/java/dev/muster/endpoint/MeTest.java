package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The alias of the user who asks (RFC 7644 §3.11). */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class MeTest {

    private Wire wire;
    private Wire person;
    private String id;
    private String location;

    @BeforeEach
    void aPersonsToken() {
        wire = Wire.toNewTenant();
        id = wire.newUser("ann");
        wire.newUser("bea");
        location = wire.get("/Users/" + id).text("/meta/location");
        String token = Api.admin()
                .body("{\"userId\":\"" + id + "\"}")
                .post("/admin/api/tenants/{id}/tokens", wire.api().tenant())
                .then()
                .statusCode(201)
                .extract()
                .path("token");
        person = new Wire(new Api(wire.api().tenant(), token));
    }

    /** "A service provider that does NOT support this feature SHOULD respond with HTTP status code 501". */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "POST"})
    void withATokenThatIsNoPersonsItIsNotImplemented(String method) {
        wire.send(method, "/Me", Map.of(), method.equals("GET") ? null : "{}").isError(501);
        assertEquals(200, wire.get("/Users/" + id).status());
    }

    @Test
    void itIsTheUserAtItsPermanentLocation() {
        Exchange me = person.get("/Me").is(200);
        assertEquals(wire.get("/Users/" + id).body(), me.body());
        assertEquals(location, me.header("Location"));
        assertEquals(location, me.text("/meta/location"));
        assertEquals(me.text("/meta/version"), me.header("ETag"));
        assertEquals(3, person.get("/Me?attributes=userName").body().size());
        assertEquals(200, person.send("HEAD", "/Me", Map.of(), null).status());
    }

    /** "In any response, the HTTP Location header MUST be the permanent location of the aliased resource". */
    @Test
    void everyResponseNamesThePermanentLocation() {
        String tag = person.get("/Me").header("ETag");
        for (Exchange response : List.of(
                person.send("GET", "/Me", Map.of("If-None-Match", tag), null).is(304),
                person.send("DELETE", "/Me", Map.of("If-Match", "W/\"7\""), null)
                        .is(412),
                person.operations("/Me", "{'op':'add','path':'title','value':'Lead'}")
                        .is(200),
                person.put("/Me", "{'userName':'ann','displayName':'Ann'}").is(200),
                person.put("/Me", "{'userName':'bea'}").is(409),
                person.post("/Me", "{'userName':'ann'}").is(501),
                person.delete("/Me").is(204),
                person.get("/Me").isError(404))) {
            assertEquals(location, response.header("Location"), response.request() + " " + response.status());
        }
    }

    @Test
    void whatIsChangedByWayOfTheAliasIsTheUser() {
        person.operations("/Me", "{'op':'add','path':'title','value':'Lead'}").is(200);
        assertEquals("Lead", wire.get("/Users/" + id).text("/title"));
        person.put("/Me", "{'userName':'ann','displayName':'Ann'}").is(200);
        assertEquals("Ann", wire.get("/Users/" + id).text("/displayName"));
        person.delete("/Me").is(204);
        wire.get("/Users/" + id).isError(404);
        person.get("/Me").isError(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/Users",
        "GET,/",
        "POST,/.search",
        "GET,/Users/%s",
        "POST,/Users",
        "DELETE,/Users/%s",
        "GET,/Groups",
        "POST,/Users/.search"
    })
    void aPersonsTokenOpensNothingElse(String method, String path) {
        Exchange refused = person.send(method, path.formatted(id), Map.of(), method.equals("POST") ? "{}" : null)
                .isError(403);
        assertTrue(refused.text("/detail").contains("/Me"), refused.text("/detail"));
    }

    @Test
    void aPersonsTokenReadsDiscovery() {
        for (String path : List.of("/ServiceProviderConfig", "/Schemas", "/ResourceTypes/User")) {
            person.get(path).is(200);
        }
    }

    @Test
    void withoutATokenNobodyIsMeant() {
        wire.send("GET", "/Me", Map.of("Authorization", ""), null).isError(401);
        wire.send("POST", "/Me", Map.of("Authorization", "Bearer x"), "{}").isError(401);
    }
}
