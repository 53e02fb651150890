package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Complaints about filters and pages. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class QueryComplaintsTest {

    private Wire wire;

    @BeforeEach
    void newTenant() {
        wire = Wire.toNewTenant();
    }

    @Test
    void c08TheWorkEmailCanBeFilteredByPath() {
        wire.post("/Users", "{'userName':'ann','emails':[{'value':'a@x','type':'work'},{'value':'b@x','type':'home'}]}")
                .is(201);
        assertEquals(
                1,
                wire.query("/Users", "emails[type eq \"work\"].value eq \"A@x\"")
                        .totalResults());
        assertEquals(
                0,
                wire.query("/Users", "emails[type eq \"work\"].value eq \"b@x\"")
                        .totalResults());
        assertEquals(
                1,
                wire.query("/Users", "emails[type eq \"work\" and value eq \"a@x\"]")
                        .totalResults());
        assertEquals(1, wire.query("/Users", "emails eq \"b@x\"").totalResults());
    }

    @Test
    void c17NobodyIsFoundFastAmongMany() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 100; number++) {
            ids.add(wire.api().newUser("user" + number + "@example.com"));
        }
        String members = ids.stream().map(id -> "{'value':'" + id + "'}").collect(Collectors.joining(","));
        wire.post("/Groups", "{'displayName':'g','members':[" + members + "]}").is(201);
        wire.query("/Users", "userName eq \"nobody@example.com\"");
        long fastest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 3; attempt++) {
            Exchange nobody = wire.query("/Users", "userName eq \"nobody" + attempt + "@example.com\"");
            assertEquals(0, nobody.totalResults());
            fastest = Math.min(fastest, nobody.time().toMillis());
        }
        assertTrue(fastest < 600, "the fastest of three took " + fastest + " ms");
    }

    @Test
    void c19ExternalIdCanBeFilteredAndIsCaseExact() {
        wire.post("/Users", "{'userName':'ann','externalId':'Abc'}").is(201);
        wire.post("/Groups", "{'displayName':'g','externalId':'Def'}").is(201);
        assertEquals(1, wire.query("/Users", "externalId eq \"Abc\"").totalResults());
        assertEquals(0, wire.query("/Users", "externalId eq \"abc\"").totalResults());
        assertEquals(1, wire.query("/Groups", "externalId eq \"Def\"").totalResults());
        assertEquals(0, wire.query("/Groups", "externalId eq \"\"").totalResults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nope eq \"x\"",
                "userName like \"x\"",
                "userName regex \"x\"",
                "userName eq",
                "userName eq \"x\" and",
                "(userName eq \"x\"",
                "userName eq \"x\")",
                "active gt true",
                "userName eq \"x",
                "emails[type eq \"work\"",
                "eq"
            })
    void c21WhatIsNotUnderstoodIsRefusedNotGuessed(String filter) {
        wire.api().newUser("ann");
        wire.get("/Users" + Wire.filter(filter)).isError(400, "invalidFilter");
    }

    @Test
    void c22ValuesWithoutQuotationMarksAndOperatorsInCapitals() {
        wire.post("/Users", "{'userName':'ann@example.com','externalId':'jyoung'}")
                .is(201);
        assertEquals(1, wire.query("/Users", "externalId eq jyoung").totalResults());
        assertEquals(
                1,
                wire.query("/Users", "userName EQ \"ann@example.com\" AND externalId PR")
                        .totalResults());
        assertEquals(1, wire.query("/Users", "USERNAME Eq ann@example.com").totalResults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o'malley@example.com",
                "ann+tag@example.com",
                "a*b@example.com",
                "a_b@example.com",
                "a%b@example.com",
                "a\\b@example.com",
                "a\"b@example.com",
                "jörg.müller@example.com",
                "a&b=c#d@example.com",
                "user (guest) [x]",
                "用户@example.com"
            })
    void c23SpecialCharactersAreThemselves(String userName) {
        String id = wire.post(
                        "/Users",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("userName", userName)
                                .toString())
                .is(201)
                .id();
        for (String other :
                List.of("oXmalley@example.com", "a1b@example.com", "annXtag@example.com", "ab@example.com")) {
            wire.api().newUser(other);
        }
        String literal = JsonNodeFactory.instance.textNode(userName).toString();
        for (String operator : List.of("eq", "sw", "co", "ew")) {
            Exchange found = wire.query("/Users", "userName " + operator + " " + literal);
            assertEquals(1, found.totalResults(), operator);
            assertEquals(id, found.text("/Resources/0/id"));
        }
        assertEquals(4, wire.query("/Users", "userName ne " + literal).totalResults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            not (userName eq "ann")                                             | bea cleo
            not (userName eq "ann" or userName eq "bea")                        | cleo
            title pr and not (title eq "Lead")                                  | ann
            (title eq "Guide" or (title eq "Lead" and (active eq true)))        | ann bea
            ((userName eq "cleo"))                                              | cleo
            not (not (userName eq "ann"))                                       | ann
            userName eq "ann" or userName eq "bea" and title eq "Guide"         | ann
            (userName eq "ann" or userName eq "bea") and not (title eq "Guide") | bea
            """)
    void c24NotAndNestedParentheses(String filter, String names) {
        wire.post("/Users", "{'userName':'ann','title':'Guide'}").is(201);
        wire.post("/Users", "{'userName':'bea','title':'Lead','active':true}").is(201);
        wire.post("/Users", "{'userName':'cleo'}").is(201);
        assertEquals(names, names(wire.query("/Users", filter), " "));
    }

    @ParameterizedTest
    @CsvSource({
        "count=-1, 0, 1",
        "count=0, 0, 1",
        "count=2, 2, 1",
        "count=100000000000000000000, 3, 1",
        "count=-100000000000000000000, 0, 1",
        "startIndex=0, 3, 1",
        "startIndex=-5, 3, 1",
        "startIndex=3, 1, 3",
        "startIndex=100, 0, 100",
        "startIndex=2&count=1, 1, 2"
    })
    void c25AnyNumberIsAPage(String query, int items, int startIndex) {
        List.of("ann", "bea", "cleo").forEach(wire.api()::newUser);
        Exchange page = wire.get("/Users?" + query).is(200);
        assertEquals(3, page.totalResults());
        assertEquals(items, page.at("/itemsPerPage").intValue());
        assertEquals(items, page.at("/Resources").size());
        assertEquals(startIndex, page.at("/startIndex").intValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"count=abc", "startIndex=abc", "count=1.5"})
    void c25WhatIsNoNumberIsRefused(String query) {
        wire.get("/Users?" + query).isError(400, "invalidValue");
    }

    @Test
    void c26PagesNeitherOverlapNorMiss() {
        for (int number = 0; number < 23; number++) {
            wire.api().newUser("u" + number);
        }
        for (String sort : List.of("", "&sortBy=active", "&sortBy=userName&sortOrder=descending")) {
            List<String> seen = new ArrayList<>();
            for (int start = 1; start <= 23; start += 5) {
                Exchange page = wire.get("/Users?startIndex=" + start + "&count=5" + sort)
                        .is(200);
                assertEquals(23, page.totalResults());
                page.at("/Resources").forEach(user -> seen.add(user.path("id").asText()));
            }
            assertEquals(23, seen.size());
            assertEquals(23, new HashSet<>(seen).size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "count=-1, 200, 0",
        "count=0, 200, 0",
        "count=, 200, 3",
        "count=100000000000000000000, 400, invalidCount",
        "count=abc, 400, invalidCount",
        "startIndex=0, 400, invalidValue",
        "startIndex=abc, 400, invalidValue"
    })
    void c25PagesByCursorOutOfBoundsToo(String parameter, int status, String expected) {
        for (int number = 0; number < 3; number++) {
            wire.api().newUser("u" + number);
        }
        Exchange page = wire.get("/Users?cursor&" + parameter);
        if (status == 200) {
            assertEquals(
                    Integer.parseInt(expected), page.is(200).at("/Resources").size());
            assertEquals(3, page.totalResults());
        } else {
            page.isError(status, expected);
        }
    }

    @Test
    void c26PagesByCursorNeitherOverlapNorMiss() {
        for (int number = 0; number < 23; number++) {
            String title = number % 2 == 0 ? ",'title':'t" + number % 3 + "'" : "";
            wire.post("/Users", "{'userName':'u" + number + "'" + title + "}").is(201);
        }
        for (String sort : List.of("", "&sortBy=active", "&sortBy=title", "&sortBy=title&sortOrder=descending")) {
            List<String> seen = new ArrayList<>();
            Exchange page = wire.get("/Users?cursor&count=5" + sort).is(200);
            page.at("/Resources").forEach(user -> seen.add(user.path("id").asText()));
            while (page.body().has("nextCursor")) {
                page = wire.get("/Users?count=5&cursor=" + page.text("/nextCursor") + sort)
                        .is(200);
                page.at("/Resources").forEach(user -> seen.add(user.path("id").asText()));
            }
            assertEquals(23, seen.size(), sort);
            assertEquals(23, new HashSet<>(seen).size(), sort);
        }
    }

    @Test
    void c43SortingWithoutRegardToCaseAndNothingLast() {
        wire.post("/Users", "{'userName':'1','displayName':'bea'}").is(201);
        wire.post("/Users", "{'userName':'2'}").is(201);
        wire.post("/Users", "{'userName':'3','displayName':'Cleo'}").is(201);
        wire.post("/Users", "{'userName':'4','displayName':'Ann'}").is(201);
        assertEquals("4 1 3 2", names(wire.get("/Users?sortBy=displayName").is(200), " "));
        assertEquals(
                "2 3 1 4",
                names(wire.get("/Users?sortBy=displayName&sortOrder=descending").is(200), " "));
    }

    @Test
    void c52EveryListedResourceHasItsSchemas() {
        wire.post(
                        "/Users",
                        "{'userName':'ann','urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'d'}}")
                .is(201);
        wire.post("/Groups", "{'displayName':'g'}").is(201);
        assertEquals(2, wire.get("/Users").at("/Resources/0/schemas").size());
        assertEquals(1, wire.get("/Groups").at("/Resources/0/schemas").size());
    }

    private static String names(Exchange list, String separator) {
        List<String> names = new ArrayList<>();
        for (JsonNode user : list.at("/Resources")) {
            names.add(user.path("userName").asText());
        }
        return String.join(separator, names);
    }
}
