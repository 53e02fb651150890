package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What administrators have complained about elsewhere, about changes of users; the names carry the numbers of that list.
 * Values that are null, readOnly or in extensions are in {@link AttributeComplaintsTest}.
 */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class UserComplaintsTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private Wire wire;
    private String user;

    @BeforeEach
    void newUser() {
        wire = Wire.toNewTenant();
        user = "/Users/"
                + wire.post("/Users", "{'userName':'ann@example.com','externalId':'e1','active':true,'title':'Guide'}")
                        .is(201)
                        .id();
    }

    @Test
    void c01ActiveIsTakenAsAString() {
        assertEquals(Json.json("false"), patched("{'op':'replace','path':'active','value':'False'}", "/active"));
        assertEquals(Json.json("true"), patched("{'op':'replace','path':'active','value':'True'}", "/active"));
        assertEquals(Json.json("false"), patched("{'op':'replace','value':{'active':'false'}}", "/active"));
        assertEquals(
                Json.json("true"),
                wire.put(user, "{'userName':'ann@example.com','active':'True'}")
                        .is(200)
                        .at("/active"));
        assertEquals(
                Json.json("false"),
                wire.post("/Users", "{'userName':'bea','active':'False'}")
                        .is(201)
                        .at("/active"));
        wire.operations(user, "{'op':'replace','path':'active','value':'maybe'}")
                .isError(400, "invalidValue");
    }

    @Test
    void c02DeactivationByAdd() {
        assertEquals(Json.json("false"), patched("{'op':'Add','path':'active','value':'False'}", "/active"));
    }

    @Test
    void c03ActivatingAnActiveUserAgainAndAgainChangesNothing() {
        String version = wire.get(user).text("/meta/version");
        for (int cycle = 0; cycle < 3; cycle++) {
            Exchange patched = wire.operations(user, "{'op':'replace','path':'active','value':true}")
                    .is(200);
            assertEquals(version, patched.text("/meta/version"));
        }
    }

    @Test
    void c04OperationsInAnyCase() {
        assertEquals(
                "A",
                patched("{'op':'ADD','path':'nickName','value':'A'}", "/nickName")
                        .asText());
        assertEquals(
                "B",
                patched("{'op':'Replace','path':'nickName','value':'B'}", "/nickName")
                        .asText());
        assertTrue(patched("{'op':'REMOVE','path':'nickName'}", "/nickName").isMissingNode());
    }

    @Test
    void c05DottedKeysAreSubAttributes() {
        JsonNode name = patched(
                "{'op':'replace','value':{'name.givenName':'Ann','name.familyName':'Aa','displayName':'Ann Aa'}}",
                "/name");
        assertEquals(Json.json("{'givenName':'Ann','familyName':'Aa'}"), name);
        Exchange read = wire.get(user).is(200);
        assertFalse(read.body().has("name.givenName"));
        assertEquals("Ann Aa", read.text("/displayName"));
        assertEquals(
                Json.json("'Bea'"),
                patched("{'op':'replace','path':'name.givenName','value':'Bea'}", "/name/givenName"));
    }

    @Test
    void c06ExtensionsInEveryForm() {
        String department = "/" + ENTERPRISE + "/department";
        assertEquals(
                "a",
                patched("{'op':'add','value':{'ENT:department':'a'}}", department)
                        .asText());
        assertEquals(
                "b",
                patched("{'op':'add','value':{'ENT':{'department':'b'}}}", department)
                        .asText());
        assertEquals(
                "c",
                patched("{'op':'replace','path':'ENT:department','value':'c'}", department)
                        .asText());
        assertEquals(
                "d",
                patched("{'op':'replace','path':'ENT','value':{'department':'d'}}", department)
                        .asText());
        assertEquals(
                "e",
                patched("{'op':'replace','path':'ENT.department','value':'e'}", department)
                        .asText());
        assertEquals(
                "1",
                patched("{'op':'add','path':'ENT:employeeNumber','value':'1'}", "/" + ENTERPRISE + "/employeeNumber")
                        .asText());
        assertEquals("e", wire.get(user).text(department));
    }

    @Test
    void c07AValuePathCreatesWhatIsAbsent() {
        for (String op : new String[] {"Add", "Replace"}) {
            String other = op.equals("Add") ? "work" : "home";
            JsonNode emails = patched(
                    "{'op':'" + op + "','path':\"emails[type eq \\\"" + other + "\\\"].value\",'value':'" + other
                            + "@x'}",
                    "/emails");
            assertTrue(emails.toString().contains("\"value\":\"" + other + "@x\""), emails::toString);
            assertTrue(emails.toString().contains("\"type\":\"" + other + "\""), emails::toString);
        }
        assertEquals(2, wire.get(user).at("/emails").size());
    }

    @Test
    void c09RemoveNeverSetsTheValueItCarries() {
        assertTrue(patched("{'op':'Remove','path':'title','value':'Other'}", "/title")
                .isMissingNode());
        assertTrue(patched("{'op':'Remove','path':'nickName','value':'Other'}", "/nickName")
                .isMissingNode());
    }

    @Test
    void c10ManagerInEveryForm() {
        String manager = "/" + ENTERPRISE + "/manager";
        assertEquals(Json.json("{'value':'m1'}"), patched("{'op':'Add','path':'ENT:manager','value':'m1'}", manager));
        assertEquals(
                Json.json("{'value':'m2'}"),
                patched("{'op':'Replace','path':'ENT:manager','value':{'value':'m2'}}", manager));
        assertEquals(
                "m3",
                patched(
                                "{'op':'Add','path':'ENT:manager','value':[{'$ref':'../Users/m3','value':'m3'}]}",
                                manager + "/value")
                        .asText());
        assertEquals(
                "m4",
                patched("{'op':'Replace','path':'ENT:manager.value','value':'m4'}", manager + "/value")
                        .asText());
        assertEquals(
                "m5",
                patched("{'op':'Add','value':{'ENT:manager':'m5'}}", manager + "/value")
                        .asText());
        assertTrue(patched("{'op':'Replace','path':'ENT:manager','value':''}", manager)
                .isMissingNode());
    }

    @Test
    void c11RolesAsJsonInAString() {
        String role = "{\\\"id\\\":\\\"r1\\\",\\\"value\\\":\\\"Admin\\\",\\\"displayName\\\":\\\"Administrator\\\"}";
        Exchange created = wire.post(
                        "/Users",
                        "{\"userName\":\"bea\",\"roles\":[{\"primary\":false,\"type\":\"WindowsAzureActiveDirectoryRole\",\"value\":\""
                                + role + "\"}]}")
                .is(201);
        assertEquals("Admin", created.text("/roles/0/value"));
        JsonNode added =
                patched("{\"op\":\"Add\",\"path\":\"roles\",\"value\":[{\"value\":\"" + role + "\"}]}", "/roles");
        assertEquals("Admin", added.path(0).path("value").asText());
        JsonNode primary = patched(
                "{\"op\":\"Replace\",\"path\":\"roles[primary eq \\\"True\\\"].value\",\"value\":\"Guide\"}", "/roles");
        assertTrue(primary.toString().contains("\"value\":\"Guide\""), primary::toString);
        assertEquals(
                1,
                wire.query("/Users", "roles[primary eq true and value eq \"guide\"]")
                        .totalResults());
    }

    @Test
    void c20ExternalIdIsKeptAndEchoed() {
        assertEquals("e1", wire.get(user).text("/externalId"));
        assertEquals(
                "e2",
                patched("{'op':'replace','path':'externalId','value':'e2'}", "/externalId")
                        .asText());
        assertEquals("e2", wire.get("/Users").text("/Resources/0/externalId"));
        assertEquals(
                "e3",
                wire.put(user, "{'userName':'ann@example.com','externalId':'e3'}")
                        .text("/externalId"));
    }

    @Test
    void c30DuplicatesAreConflicts() {
        wire.post("/Users", "{'userName':'ANN@example.com'}").isError(409, "uniqueness");
        String bea =
                "/Users/" + wire.post("/Users", "{'userName':'bea'}").is(201).id();
        wire.put(bea, "{'userName':'ann@example.com'}").isError(409, "uniqueness");
        wire.operations(bea, "{'op':'replace','path':'userName','value':'Ann@Example.com'}")
                .isError(409, "uniqueness");
        assertEquals("bea", wire.get(bea).text("/userName"));
    }

    /** Who comes back is found though inactive, and is activated again; after a deletion the name is free. */
    @Test
    void c31WhoIsRehiredIsFoundOrCreated() {
        patched("{'op':'replace','path':'active','value':false}", "/active");
        assertEquals(1, wire.query("/Users", "externalId eq \"e1\"").totalResults());
        assertEquals(1, wire.query("/Users", "userName eq \"ann@example.com\"").totalResults());
        wire.post("/Users", "{'userName':'ann@example.com','externalId':'e1'}").isError(409, "uniqueness");
        assertEquals(Json.json("true"), patched("{'op':'replace','path':'active','value':true}", "/active"));
        wire.delete(user).is(204);
        Exchange again = wire.post("/Users", "{'userName':'ann@example.com','externalId':'e1'}")
                .is(201);
        assertFalse(user.endsWith(again.id()));
    }

    @Test
    void c34PutWithoutActiveLeavesItAsItIs() {
        assertEquals(
                Json.json("true"),
                wire.put(user, "{'userName':'ann@example.com'}").is(200).at("/active"));
        patched("{'op':'replace','path':'active','value':false}", "/active");
        assertEquals(
                Json.json("false"),
                wire.put(user, "{'userName':'ann@example.com'}").is(200).at("/active"));
        assertEquals(Json.json("false"), wire.get(user).at("/active"));
    }

    private JsonNode patched(String operation, String pointer) {
        JsonNode answered = wire.operations(user, operation.replace("ENT", ENTERPRISE))
                .is(200)
                .at(pointer);
        assertEquals(wire.get(user).is(200).at(pointer), answered, "the answer is what was stored");
        return answered;
    }
}
