package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7644 §3.5.2, with the ids of users that exist. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc7644PatchTest {

    private static final String CORE = "'schemas':['urn:ietf:params:scim:schemas:core:2.0:User']";

    private Wire wire;
    private String babs;
    private String james;

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§3.5.2.1: add a member to a group; a member already is no change")
    void addsAMember(String conformance) {
        String group = group(conformance);
        Exchange created = wire.get(group);
        String add = "{'op':'add','path':'members','value':[" + member("Babs Jensen", babs) + "]}";
        Exchange added = ifMatch(group, created, add).is(204);
        assertEquals(Set.of(babs), members(group));
        assertNotEquals(created.header("ETag"), added.header("ETag"));
        assertEquals(added.header("ETag"), wire.operations(group, add).is(204).header("ETag"));
        assertEquals(Set.of(babs), members(group));
        ifMatch(group, created, add).isError(412);
    }

    @Test
    @DisplayName("§3.5.2.1: add attributes without a path")
    void addsAttributesWithoutPath() {
        String user = user("compat", "'nickName':'Barbara','emails':[{'value':'b@example.com','type':'work'}]");
        Exchange added = wire.operations(
                user, "{'op':'add','value':{'emails':[{'value':'babs@jensen.org','type':'home'}],'nickname':'Babs'}}");
        assertEquals(
                Json.json("[{'value':'b@example.com','type':'work'},{'value':'babs@jensen.org','type':'home'}]"),
                added.is(200).at("/emails"));
        assertEquals("Babs", wire.get(user).text("/nickName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§3.5.2.2: remove a single member, then all members")
    void removesMembers(String conformance) {
        String group = group(conformance, "babs", "james");
        wire.operations(group, "{'op':'remove','path':'members[value eq \\\"" + babs + "\\\"]'}")
                .is(204);
        assertEquals(Set.of(james), members(group));
        wire.operations(group, "{'op':'remove','path':'members'}").is(204);
        assertFalse(wire.get(group).body().has("members"));
    }

    @Test
    @DisplayName("§3.5.2.2: remove a value of a complex multi-valued attribute")
    void removesAValue() {
        String user = user(
                "compat",
                "'emails':[{'value':'b@example.com','type':'work'},{'value':'b@example.com','type':'home'},"
                        + "{'value':'b@example.org','type':'work'}]");
        wire.operations(user, "{'op':'remove','path':'emails[type eq \\\"work\\\" and value ew \\\"example.com\\\"]'}")
                .is(200);
        assertEquals(
                Json.json("[{'value':'b@example.com','type':'home'},{'value':'b@example.org','type':'work'}]"),
                wire.get(user).at("/emails"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§3.5.2.2: remove and add a member in one request")
    void removesAndAddsAMember(String conformance) {
        String group = group(conformance, "babs");
        wire.operations(
                        group,
                        "{'op':'remove','path':'members[value eq\\\"" + babs + "\\\"]'}",
                        "{'op':'add','path':'members','value':[" + member("James Smith", james) + "]}")
                .is(204);
        assertEquals(Set.of(james), members(group));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§3.5.2.2 and §3.5.2.3: replace all members, by remove and add and by replace")
    void replacesAllMembers(String conformance) {
        String group = group(conformance, "other");
        String value = "[" + member("Babs Jensen", babs) + "," + member("James Smith", james) + "]";
        wire.operations(
                        group,
                        "{'op':'remove','path':'members'}",
                        "{'op':'add','path':'members','value':" + value + "}")
                .is(204);
        assertEquals(new TreeSet<>(Set.of(babs, james)), members(group));
        wire.operations(group, "{'op':'replace','path':'members','value':[" + member("James Smith", james) + "]}")
                .is(204);
        assertEquals(Set.of(james), members(group));
        wire.operations(group, "{'op':'replace','path':'members','value':" + value + "}")
                .is(204);
        assertEquals(new TreeSet<>(Set.of(babs, james)), members(group));
    }

    @Test
    @DisplayName("§3.5.2.3: replace the whole work address; it becomes the primary one")
    void replacesTheWorkAddress() {
        String user = user(
                "compat",
                "'addresses':[{'type':'home','locality':'Los Angeles','primary':true},"
                        + "{'type':'work','streetAddress':'100 Universal City Plaza','locality':'Burbank'}]");
        String address = """
                {"type": "work", "streetAddress": "911 Universal City Plaza", "locality": "Hollywood", "region": "CA",
                 "postalCode": "91608", "country": "US",
                 "formatted": "911 Universal City Plaza\\nHollywood, CA 91608 US", "primary": true}
                """;
        wire.operations(
                        user,
                        "{\"op\":\"replace\",\"path\":\"addresses[type eq \\\"work\\\"]\",\"value\":" + address + "}")
                .is(200);
        JsonNode addresses = wire.get(user).at("/addresses");
        assertEquals(2, addresses.size());
        assertFalse(addresses.path(0).path("primary").asBoolean());
        assertEquals(Json.json(address), addresses.path(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§3.5.2.3: replace the street of the work address; without one strict answers noTarget")
    void replacesTheStreet(String conformance) {
        String replace =
                "{'op':'replace','path':'addresses[type eq \\\"work\\\"].streetAddress','value':'1010 Broadway Ave'}";
        String user = user(conformance, "'addresses':[{'type':'work','streetAddress':'x','region':'CA'}]");
        wire.operations(user, replace).is(200);
        assertEquals(
                Json.json("[{'type':'work','streetAddress':'1010 Broadway Ave','region':'CA'}]"),
                wire.get(user).at("/addresses"));
        wire.operations(user, "{'op':'remove','path':'addresses'}").is(200);
        if (conformance.equals("strict")) {
            wire.operations(user, replace).isError(400, "noTarget");
            assertFalse(wire.get(user).body().has("addresses"));
        } else {
            wire.operations(user, replace).is(200);
            assertEquals("1010 Broadway Ave", wire.get(user).text("/addresses/0/streetAddress"));
        }
    }

    @Test
    @DisplayName("§3.5.2.3: replace the values of several attributes; others are unaffected")
    void replacesAttributesWithoutPath() {
        String user = user(
                "compat",
                "'title':'t','nickName':'B','emails':[{'value':'old@example.com','type':'other','primary':true}]");
        String emails = "[{'value':'bjensen@example.com','type':'work','primary':true},"
                + "{'value':'babs@jensen.org','type':'home'}]";
        Exchange replaced = wire.operations(
                        user, "{'op':'replace','value':{'emails':" + emails + ",'nickname':'Babs'}}")
                .is(200);
        assertEquals(Json.json(emails), replaced.at("/emails"));
        assertEquals("Babs", replaced.text("/nickName"));
        assertEquals("t", replaced.text("/title"));
        assertTrue(replaced.text("/meta/version").startsWith("W/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compat", "strict"})
    @DisplayName("§3.5.2: all operations or none")
    void isAtomic(String conformance) {
        String user = user(conformance, "'title':'t'");
        wire.operations(
                        user,
                        "{'op':'replace','path':'title','value':'u'}",
                        "{'op':'replace','path':'active','value':'perhaps'}")
                .isError(400, "invalidValue");
        assertEquals("t", wire.get(user).text("/title"));
    }

    /** A group with those of the three people as members. */
    private String group(String conformance, String... memberNames) {
        wire = new Wire(Api.newTenant("{\"conformance\":\"" + conformance + "\"}"));
        babs = wire.newUser("babs");
        james = wire.newUser("james");
        Map<String, String> ids = Map.of("babs", babs, "james", james, "other", wire.newUser("other"));
        StringBuilder members = new StringBuilder();
        for (String name : memberNames) {
            members.append(members.isEmpty() ? "" : ",").append(member(name, ids.get(name)));
        }
        return "/Groups/"
                + wire.post(
                                "/Groups",
                                "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'Tour Guides','members':["
                                        + members + "]}")
                        .is(201)
                        .id();
    }

    private String user(String conformance, String attributes) {
        wire = new Wire(Api.newTenant("{\"conformance\":\"" + conformance + "\"}"));
        return "/Users/"
                + wire.post("/Users", "{" + CORE + ",'userName':'bjensen'," + attributes + "}")
                        .is(201)
                        .id();
    }

    private String member(String display, String id) {
        return "{'display':'" + display + "','$ref':'" + wire.tenantUrl() + "/Users/" + id + "','value':'" + id + "'}";
    }

    private Exchange ifMatch(String path, Exchange seen, String operation) {
        return wire.send(
                "PATCH",
                path,
                Map.of("If-Match", seen.header("ETag")),
                Json.json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[" + operation
                                + "]}")
                        .toString());
    }

    private Set<String> members(String group) {
        return new TreeSet<>(wire.get(group).is(200).at("/members").findValuesAsText("value"));
    }
}
