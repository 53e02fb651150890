package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Complaints about what is around the resources: content types, errors, tokens, locations, versions. */
// Not in these classes: C32 and C33 (what becomes of accounts, issue 4), C35 and C37 to C41 (warnings, log, limits,
// console:
// later issues), and C51 (delivery, later issue).
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class ProtocolComplaintsTest {

    private Wire wire;

    @BeforeEach
    void newTenant() {
        wire = Wire.toNewTenant();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/scim+json",
                "application/scim+json; charset=utf-8",
                "application/json;charset=UTF-8"
            })
    void c27BothContentTypesAreTakenAndScimIsAnswered(String contentType) {
        for (String accept : List.of(
                "application/scim+json", "application/json", "*/*", "application/scim+json, application/json")) {
            Exchange created = wire.send(
                    "POST",
                    "/Users",
                    Map.of("Content-Type", contentType, "Accept", accept),
                    "{\"userName\":\"" + accept.hashCode() + "\"}");
            created.is(201);
            assertTrue(
                    created.header("Content-Type").startsWith("application/scim+json"), created.header("Content-Type"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /Nothing             |                   | 404
            GET    | /Users/a/b/c         |                   | 404
            GET    | /Users/none          |                   | 404
            PUT    | /Users               | {}                | 405
            DELETE | /Users               |                   | 405
            POST   | /Users               | {"userName":      | 400
            POST   | /Users               | []                | 400
            POST   | /Users               | {}                | 400
            POST   | /Users               |                   | 400
            PATCH  | /Users/none          | {"Operations":[]} | 400
            """)
    void c28EveryErrorIsAScimError(String method, String path, String body, int status) {
        Exchange error = wire.send(method, path, Map.of(), body).isError(status);
        assertTrue(error.header("Content-Type").startsWith("application/scim+json"));
        assertFalse(error.text("/detail").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer nonsense", "nonsense", "Basic YTpi", "Bearer muster_x_y", "Bearer a b"})
    void c28RefusedCredentialsAreScimErrorsToo(String authorization) {
        Exchange refused = wire.send("GET", "/Users", Map.of("Authorization", authorization), null)
                .isError(401);
        assertTrue(refused.header("WWW-Authenticate").startsWith("Bearer"));
    }

    @Test
    void c28AnUnknownContentTypeIsAScimError() {
        wire.send("POST", "/Users", Map.of("Content-Type", "text/plain"), "x").isError(415);
    }

    @Test
    void c29OfTheSameUserSentAtOnceOneIsCreated() {
        List<Integer> statuses = IntStream.range(0, 8)
                .parallel()
                .mapToObj(number -> wire.post("/Users", "{'userName':'ann'}").status())
                .sorted()
                .toList();
        assertEquals(201, statuses.getFirst());
        assertTrue(statuses.stream().skip(1).allMatch(status -> status == 409), statuses::toString);
        assertEquals(1, wire.get("/Users").totalResults());
    }

    @Test
    void c36TwoTokensAreValidAtOnce() {
        Api second = new Api(wire.api().tenant(), Api.newToken(wire.api().tenant()));
        wire.get("/Users").is(200);
        new Wire(second).get("/Users").is(200);
    }

    @Test
    void c43VersionsAreKeptAndChecked() {
        Exchange created = wire.post("/Users", "{'userName':'ann'}").is(201);
        String user = "/Users/" + created.id();
        String version = created.header("ETag");
        wire.send("GET", user, Map.of("If-None-Match", version), null).is(304);
        String replace = "{\"userName\":\"ann\",\"title\":\"Guide\"}";
        Exchange replaced =
                wire.send("PUT", user, Map.of("If-Match", version), replace).is(200);
        assertFalse(replaced.header("ETag").equals(version));
        assertEquals(replaced.header("ETag"), replaced.text("/meta/version"));
        wire.send("PUT", user, Map.of("If-Match", version), replace).isError(412);
        wire.send("DELETE", user, Map.of("If-Match", version), null).isError(412);
        wire.send("GET", user, Map.of("If-None-Match", version), null).is(200);
    }

    @Test
    void c43BulkIsThereWithReferencesAndAdvertised() {
        assertTrue(wire.get("/ServiceProviderConfig").at("/bulk/supported").asBoolean());
        Exchange bulk = wire.post("/Bulk", """
                {'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':[
                  {'method':'POST','path':'/Groups','bulkId':'g','data':{'displayName':'g','members':[{'value':'bulkId:u'}]}},
                  {'method':'POST','path':'/Users','bulkId':'u','data':{'userName':'u'}},
                  {'method':'POST','path':'/Users','bulkId':'v','data':{'userName':'U'}}]}""").is(200);
        assertEquals("201", bulk.text("/Operations/0/status"));
        assertEquals("201", bulk.text("/Operations/1/status"));
        assertEquals("409", bulk.text("/Operations/2/status"));
        String location = bulk.text("/Operations/1/location");
        Exchange groups = wire.query("/Groups", "displayName eq \"g\"");
        assertEquals(location, groups.text("/Resources/0/members/0/$ref"));
    }

    @Test
    void c47LocationsAreThoseTheClientSeesBehindAProxy() {
        Map<String, String> proxy = Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "scim.example.com");
        Exchange created =
                wire.send("POST", "/Users", proxy, "{\"userName\":\"ann\"}").is(201);
        String location = "https://scim.example.com" + wire.api().base() + "/Users/" + created.id();
        assertEquals(location, created.header("Location"));
        assertEquals(location, created.text("/meta/location"));
        Exchange group = wire.send(
                "POST", "/Groups", proxy, "{\"displayName\":\"g\",\"members\":[{\"value\":\"" + created.id() + "\"}]}");
        assertEquals(location, group.is(201).text("/members/0/$ref"));
        Map<String, String> forwarded = Map.of("Forwarded", "proto=https;host=scim.example.com");
        assertEquals(
                location,
                wire.send("GET", "/Users/" + created.id(), forwarded, null).text("/meta/location"));
    }
}
