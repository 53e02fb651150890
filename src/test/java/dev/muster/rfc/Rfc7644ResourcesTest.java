package dev.muster.rfc;

import static dev.muster.rfc.Rfc7644Example.BJENSEN;
import static dev.muster.rfc.Rfc7644Example.checkMeta;
import static dev.muster.rfc.Rfc7644Example.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7644 §3.3, §3.4.1, §3.5.1, §3.6, §3.9, §3.12 and §3.14, held to the text. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc7644ResourcesTest {

    private Wire wire;

    @BeforeEach
    void strictTenant() {
        wire = Wire.toStrictTenant();
    }

    @Test
    @DisplayName("§3.3: POST /Users answers 201 with the resource, Location and ETag")
    void creates() {
        Exchange created = wire.post("/Users", BJENSEN).is(201);
        assertEquals(Json.json(BJENSEN), sent(created));
        checkMeta(created, "User", wire.tenantUrl() + "/Users/" + created.id());
        assertEquals(created.at("/meta/created"), created.at("/meta/lastModified"));
        wire.post("/Users", BJENSEN).isError(409, "uniqueness");
    }

    @Test
    @DisplayName("§3.4.1: GET /Users/{id} answers 200 with the resource")
    void reads() {
        String body = BJENSEN.replaceFirst(
                "\\{",
                "{\"phoneNumbers\":[{\"value\":\"555-555-8377\",\"type\":\"work\"}],"
                        + "\"emails\":[{\"value\":\"bjensen@example.com\",\"type\":\"work\"}],");
        String id = wire.post("/Users", body).is(201).id();
        Exchange read = wire.get("/Users/" + id).is(200);
        assertEquals(Json.json(body), sent(read));
        assertEquals(id, read.id());
        checkMeta(read, "User", wire.tenantUrl() + "/Users/" + id);
    }

    @Test
    @DisplayName("§3.5.1: PUT /Users/{id} with If-Match answers 200 with the entire updated user")
    void replaces() {
        Exchange created = wire.post("/Users", BJENSEN).is(201);
        String put = """
                {
                  "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
                  "id":"%s",
                  "userName":"bjensen",
                  "externalId":"bjensen",
                  "name":{
                    "formatted":"Ms. Barbara J Jensen III",
                    "familyName":"Jensen",
                    "givenName":"Barbara",
                    "middleName":"Jane"
                  },
                  "roles":[],
                  "emails":[
                    {
                        "value":"bjensen@example.com"
                    },
                    {
                        "value":"babs@jensen.org"
                    }
                  ]
                }
                """.formatted(created.id());
        Exchange replaced = wire.send("PUT", "/Users/" + created.id(), Map.of("If-Match", created.header("ETag")), put)
                .is(200);
        assertEquals(Json.json("""
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"bjensen","externalId":"bjensen",
                         "name":{"formatted":"Ms. Barbara J Jensen III","familyName":"Jensen","givenName":"Barbara",
                                 "middleName":"Jane"},
                         "emails":[{"value":"bjensen@example.com"},{"value":"babs@jensen.org"}]}
                        """), sent(replaced));
        checkMeta(replaced, "User", wire.tenantUrl() + "/Users/" + created.id());
        assertEquals(created.at("/meta/created"), replaced.at("/meta/created"));
        assertNotEquals(created.header("ETag"), replaced.header("ETag"));
        assertEquals(replaced.body(), wire.get("/Users/" + created.id()).body());
    }

    @Test
    @DisplayName("§3.5.1: PUT does not create")
    void putDoesNotCreate() {
        wire.put("/Users/2819c223-7f76-453a-919d-413861904646", BJENSEN).isError(404);
    }

    @Test
    @DisplayName("§3.6: DELETE answers 204; the user is gone and its name free")
    void deletes() {
        Exchange created = wire.post("/Users", BJENSEN).is(201);
        String user = "/Users/" + created.id();
        Exchange deleted = wire.send("DELETE", user, Map.of("If-Match", created.header("ETag")), null)
                .is(204);
        assertTrue(deleted.body().isMissingNode());
        Exchange gone = wire.get(user).isError(404);
        assertFalse(gone.text("/detail").isEmpty());
        wire.put(user, BJENSEN).isError(404);
        wire.operations(user, "{'op':'remove','path':'title'}").isError(404);
        wire.delete(user).isError(404);
        assertEquals(0, wire.query("/Users", "userName eq \"bjensen\"").totalResults());
        wire.post("/Users", BJENSEN).is(201);
    }

    @Test
    @DisplayName("§3.9: GET /Users/{id}?attributes=userName answers the minimum and userName")
    void projects() {
        Exchange created = wire.post("/Users", BJENSEN).is(201);
        Exchange read =
                wire.get("/Users/" + created.id() + "?attributes=userName").is(200);
        assertEquals(
                Json.json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'id':'" + created.id()
                        + "','userName':'bjensen'}"),
                read.body());
        assertEquals(wire.tenantUrl() + "/Users/" + created.id(), read.header("Location"));
        assertEquals(created.header("ETag"), read.header("ETag"));
        Exchange without = wire.get("/Users/" + created.id() + "?excludedAttributes=name,externalId,id")
                .is(200);
        assertEquals(
                Json.json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'bjensen'}"),
                sent(without));
        assertEquals(created.id(), without.id());
        Exchange written =
                wire.send("PUT", "/Users/" + created.id() + "?attributes=name.familyName", Map.of(), BJENSEN);
        assertEquals(Json.json("{'familyName':'Jensen'}"), written.is(200).at("/name"));
        assertFalse(written.body().has("userName"));
    }

    @Test
    @DisplayName("§3.12: a GET of what does not exist is 404 with schemas, detail and the status as a string")
    void errorForWhatDoesNotExist() {
        Exchange error = wire.get("/Users/2819c223-7f76-453a-919d-413861904646").isError(404);
        assertEquals(3, error.body().size());
        assertTrue(error.at("/detail").isTextual());
    }

    /** The example's PUT of another "id"; that one is ignored (§3.5.1), so PATCH has to do. */
    @Test
    @DisplayName("§3.12: changing what is readOnly is 400 mutability")
    void errorForWhatIsReadOnly() {
        String user = "/Users/" + wire.post("/Users", BJENSEN).is(201).id();
        Exchange error = wire.operations(user, "{'op':'replace','path':'id','value':'x'}")
                .isError(400, "mutability");
        assertTrue(error.text("/detail").contains("id"));
    }

    @Test
    @DisplayName("§3.14: conditional retrieval by If-None-Match, 304 while nothing has changed")
    void readsConditionally() {
        Exchange created = wire.post("/Users", BJENSEN).is(201);
        assertTrue(created.header("ETag").startsWith("W/\""));
        String displayName = "/Users/" + created.id() + "?attributes=displayName";
        Map<String, String> ifNoneMatch = Map.of("If-None-Match", created.header("ETag"));
        Exchange unchanged = wire.send("GET", displayName, ifNoneMatch, null).is(304);
        assertTrue(unchanged.body().isMissingNode());
        wire.operations("/Users/" + created.id(), "{'op':'add','path':'displayName','value':'Babs'}")
                .is(200);
        assertEquals(
                "Babs", wire.send("GET", displayName, ifNoneMatch, null).is(200).text("/displayName"));
        wire.send("PUT", "/Users/" + created.id(), Map.of("If-Match", created.header("ETag")), BJENSEN)
                .isError(412);
    }
}
