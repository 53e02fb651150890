package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of everything that a tenant has (RFC 7644 §3.4.2.1, §3.4.3). */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class RootQueryTest {

    private Wire wire;
    private String ann;
    private String group;

    @BeforeEach
    void usersAndGroups() {
        wire = Wire.toNewTenant();
        ann = wire.post(
                        "/Users",
                        "{'userName':'ann','displayName':'Smith, Ann','title':'Lead','emails':[{'value':'ann@x','type':'work'}]}")
                .is(201)
                .id();
        wire.post("/Users", "{'userName':'bea','displayName':'Jones','externalId':'b1'}")
                .is(201);
        group = wire.post("/Groups", "{'displayName':'Smith Family','members':[{'value':'" + ann + "'}]}")
                .is(201)
                .id();
        wire.post("/Groups", "{'displayName':'Empty','externalId':'b1'}").is(201);
    }

    private static String names(Exchange list) {
        return StreamSupport.stream(list.at("/Resources").spliterator(), false)
                .map(resource -> resource.path("displayName").asText())
                .collect(Collectors.joining(" | "));
    }

    @Test
    void withoutAFilterItIsEverythingAsItsOwnEndpointShowsIt() {
        for (String path : List.of("", "/")) {
            Exchange all = wire.get(path).is(200);
            assertEquals(4, all.totalResults());
            assertEquals("Smith, Ann | Jones | Smith Family | Empty", names(all));
            assertEquals(wire.get("/Users/" + ann).body(), all.at("/Resources/0"));
            assertEquals(wire.get("/Groups/" + group).body(), all.at("/Resources/2"));
            assertEquals(group, all.text("/Resources/0/groups/0/value"));
            assertEquals(ann, all.text("/Resources/2/members/0/value"));
            assertFalse(all.at("/Resources/2").has("groups"));
        }
    }

    /** "the service provider SHALL treat the attribute as if there is no attribute value". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            displayName sw "smith"                                         | Smith, Ann ; Smith Family
            userName pr                                                    | Smith, Ann ; Jones
            not (userName pr)                                              | Smith Family ; Empty
            userName eq "ann"                                              | Smith, Ann
            userName ne "ann"                                              | Jones ; Smith Family ; Empty
            externalId eq "b1"                                             | Jones ; Empty
            emails[type eq "work"] or members pr                           | Smith, Ann ; Smith Family
            meta.resourceType eq "User"                                    | Smith, Ann ; Jones
            meta.resourceType eq "Group" and externalId eq "b1"            | Empty
            meta.resourceType ne "User" or userName eq "bea"               | Jones ; Smith Family ; Empty
            (meta.resourceType eq User) or (meta.resourceType eq Group)    | Smith, Ann ; Jones ; Smith Family ; Empty
            meta.resourceType eq "Nothing"                                 | -
            department pr                                                  | -
            title eq "lead" and displayName co "family"                    | -
            """)
    void anAttributeThatATypeDoesNotHaveHasNoValue(String filter, String names) {
        Exchange found = wire.query("/", filter);
        assertEquals(names == null ? "" : names.replace(" ; ", " | "), names(found));
        assertEquals(names == null ? 0 : names.split(" ; ").length, found.totalResults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unheardOf eq \"x\"", "userName eq", "active gt true", "not userName pr", "members[unheardOf pr]"
            })
    void whatNoTypeHasIsRefused(String filter) {
        wire.get("/" + Wire.filter(filter)).isError(400, "invalidFilter");
    }

    @Test
    void sortingTreatsAnAttributeThatATypeDoesNotHaveAsUnassigned() {
        assertEquals("Empty | Jones | Smith Family | Smith, Ann", names(wire.get("/?sortBy=displayName")));
        assertEquals("Smith, Ann | Jones | Smith Family | Empty", names(wire.get("/?sortBy=userName")));
        assertEquals(
                "Empty | Smith Family | Jones | Smith, Ann", names(wire.get("/?sortBy=userName&sortOrder=descending")));
        assertEquals("Smith Family | Empty", names(wire.get("/?sortBy=userName&startIndex=3")));
        wire.get("/?sortBy=unheardOf").isError(400, "invalidValue");
        wire.get("/?sortBy=members").isError(400, "invalidValue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&sortBy=userName", "&sortBy=displayName&sortOrder=descending", "&sortBy=title"})
    void pagesByIndexAndByCursorAreTheWhole(String sort) {
        String whole = names(wire.get("/?count=100" + sort).is(200));
        List<String> byIndex = new ArrayList<>();
        for (int start = 1; start <= 4; start++) {
            byIndex.add(names(wire.get("/?count=1&startIndex=" + start + sort).is(200)));
        }
        assertEquals(whole, String.join(" | ", byIndex));
        List<String> byCursor = new ArrayList<>();
        Exchange page = wire.get("/?count=1&cursor" + sort).is(200);
        byCursor.add(names(page));
        while (page.body().has("nextCursor")) {
            page = wire.get("/?count=1&cursor=" + page.text("/nextCursor") + sort)
                    .is(200);
            byCursor.add(names(page));
        }
        assertEquals(whole, String.join(" | ", byCursor));
    }

    @Test
    void eachTypeIsProjected() {
        Exchange only = wire.get("/?attributes=displayName,members,userName").is(200);
        assertEquals(4, only.at("/Resources/0").size(), "schemas, id, userName, displayName");
        assertTrue(only.at("/Resources/2").has("members"));
        Exchange without = wire.get("/?excludedAttributes=members,groups,meta").is(200);
        assertFalse(without.at("/Resources/0").has("groups"));
        assertFalse(without.at("/Resources/2").has("members"));
        assertFalse(without.at("/Resources/2").has("meta"));
        assertTrue(without.at("/Resources/0").has("userName"));
    }

    @Test
    void theCountAloneIsOfAllTypes() {
        Exchange none = wire.get("/?count=0").is(200);
        assertEquals(4, none.totalResults());
        assertEquals(0, none.at("/Resources").size());
    }

    /** The example of RFC 7644 §3.4.3, figures 4 and 5, at the address that it has there. */
    @Test
    void searchByPostFindsUsersAndGroups() {
        Exchange found = wire.post("/.search", """
                {
                  "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
                  "attributes": ["displayName", "userName"],
                  "filter":
                    "displayName sw \\"smith\\"",
                  "startIndex": 1,
                  "count": 10
                }
                """).is(200);
        assertEquals(2, found.totalResults());
        assertEquals("ann", found.text("/Resources/0/userName"));
        assertEquals("Smith Family", found.text("/Resources/1/displayName"));
        wire.post("/.search", "{}").isError(400, "invalidSyntax");
        wire.send("POST", "/.search", Map.of("Authorization", "Bearer x"), "{}").isError(401);
    }

    @Test
    void otherMethodsAreNotAllowed() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            Exchange refused = wire.send(method, "/", Map.of(), "{}").isError(405);
            assertEquals("GET, HEAD, OPTIONS", refused.header("Allow"));
        }
        assertEquals("POST, OPTIONS", wire.get("/.search").isError(405).header("Allow"));
    }

    @Test
    void aTenantsOwnTypesAreAmongThem() {
        Wire own = new Wire(dev.muster.Api.newTenant("""
                {"schemas":[{"id":"urn:example:Device","name":"Device","resourceType":"Device","attributes":[
                   {"name":"serial","type":"string","caseExact":true},{"name":"displayName","type":"string"},
                   {"name":"title","type":"integer"}]}],
                 "resourceTypes":[{"name":"Device","endpoint":"/Devices","schema":"urn:example:Device"}]}"""));
        own.post("/Users", "{'userName':'ann','displayName':'A'}").is(201);
        own.post("/Devices", "{'schemas':['urn:example:Device'],'serial':'S1','displayName':'D'}")
                .is(201);
        assertEquals("A | D", names(own.get("/?sortBy=displayName").is(200)));
        assertEquals("D", names(own.query("/", "serial eq \"S1\"")));
        assertEquals("D", names(own.query("/", "urn:example:Device:displayName pr")));
        assertEquals("A", names(own.query("/", "not (serial pr)")));
        own.get("/?sortBy=title").isError(400, "invalidValue");
    }

    @Test
    void otherTenantsAreNotSeen() {
        assertEquals(0, Wire.toNewTenant().get("/").is(200).totalResults());
        assertEquals(
                401, wire.send("GET", "/", Map.of("Authorization", ""), null).status());
    }
}
