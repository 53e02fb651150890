package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 7644 §3.4.2 and §3.4.3, held to the text. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc7644QueryTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private Wire wire;

    @BeforeEach
    void strictTenant() {
        wire = Wire.toStrictTenant();
    }

    @Test
    @DisplayName("§3.4.2: GET /Users?attributes=userName answers id and userName of all")
    void asksForTheUserNamesOfAll() {
        user("'userName':'bjensen','title':'t'");
        user("'userName':'jsmith'");
        Exchange list = wire.get("/Users?attributes=userName").is(200);
        assertEquals(Json.json("['" + LIST + "']"), list.at("/schemas"));
        assertEquals(2, list.totalResults());
        assertEquals("bjensen jsmith", userNames(list));
        list.at("/Resources").forEach(user -> assertEquals(3, user.size(), "schemas, id and userName: " + user));
    }

    @Test
    @DisplayName("§3.4.2: no match is 200 with totalResults 0")
    void noMatchIsSuccess() {
        assertEquals(0, wire.query("/Users", "userName eq \"nobody\"").totalResults());
    }

    /** Each example with who it finds among five users that differ in what the examples ask for. */
    @ParameterizedTest(name = "§3.4.2.2, figure 2: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = """
            userName eq "bjensen" | bjensen
            name.familyName co "O'Malley" | omalley
            userName sw "J" | james jsmith
            urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J" | james jsmith
            title pr | bjensen james omalley
            meta.lastModified gt "2011-05-13T04:42:34Z" | bjensen james jsmith omalley zoe
            meta.lastModified ge "2011-05-13T04:42:34Z" | bjensen james jsmith omalley zoe
            meta.lastModified lt "2011-05-13T04:42:34Z" |
            meta.lastModified le "2011-05-13T04:42:34Z" |
            title pr and userType eq "Employee" | bjensen omalley
            title pr or userType eq "Intern" | bjensen james jsmith omalley
            schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" | omalley
            userType eq "Employee" and (emails co "example.com" or emails.value co "example.org") | bjensen omalley
            userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org") | james
            userType eq "Employee" and (emails.type eq "work") | bjensen
            userType eq "Employee" and emails[type eq "work" and value co "@example.com"] | bjensen
            emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"] | bjensen zoe
            """)
    void findsWhatTheExampleMeans(String filter, String found) {
        user("'userName':'bjensen','title':'Tour Guide','userType':'Employee',"
                + "'emails':[{'value':'bjensen@example.com','type':'work'},{'value':'babs@jensen.org','type':'home'}]");
        user("'userName':'omalley','title':'Lead','userType':'Employee','name':{'familyName':\"Mc O'Malley\"},"
                + "'emails':[{'value':'o@example.org','type':'home'}],'" + ENTERPRISE + "':{'department':'d'}");
        user("'userName':'jsmith','userType':'Intern','emails':[{'value':'j@example.com','type':'home'}]");
        user("'userName':'James','title':'Guest','userType':'Guest','emails':[{'value':'j@foo.net','type':'work'}]");
        user(
                "'userName':'zoe','ims':[{'value':'zoe@foo.com','type':'xmpp'}],'emails':[{'value':'zoe@example.com','type':'home'}]");
        assertEquals(found == null ? "" : found, userNames(wire.query("/Users", filter)));
    }

    @Test
    @DisplayName("§3.4.2.2: an operator that is not known is 400 invalidFilter")
    void unknownOperator() {
        wire.get("/Users" + Wire.filter("userName regex \"x\"")).isError(400, "invalidFilter");
    }

    @Test
    @DisplayName("§3.4.2.4: GET /Users?startIndex=1&count=10 answers the first ten")
    void firstTen() {
        for (int number = 0; number < 12; number++) {
            wire.newUser("u" + number);
        }
        Exchange page = wire.get("/Users?startIndex=1&count=10").is(200);
        assertEquals(12, page.totalResults());
        assertEquals(10, page.at("/itemsPerPage").intValue());
        assertEquals(1, page.at("/startIndex").intValue());
        assertEquals(10, page.at("/Resources").size());
        assertEquals(
                2,
                wire.get("/Users?startIndex=11&count=10")
                        .is(200)
                        .at("/Resources")
                        .size());
    }

    /** The example asks the root; the types' own endpoints take the same message. */
    @Test
    @DisplayName("§3.4.3: POST .search with attributes, filter and count")
    void searchesByPost() {
        user("'userName':'jsmith','displayName':'Smith, James','title':'t'");
        user("'userName':'bjensen','displayName':'Babs'");
        String family = wire.post(
                        "/Groups",
                        "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'displayName':'Smith Family'}")
                .is(201)
                .id();
        String search = """
                {
                  "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
                  "attributes": ["displayName"%s],
                  "filter":
                    "displayName sw \\"smith\\"",
                  "startIndex": 1,
                  "count": 10
                }
                """;
        Exchange users =
                wire.post("/Users/.search", search.formatted(", \"userName\"")).is(200);
        assertEquals(Json.json("['" + LIST + "']"), users.at("/schemas"));
        assertEquals(1, users.totalResults());
        assertEquals(1, users.at("/itemsPerPage").intValue());
        assertEquals("Smith, James", users.text("/Resources/0/displayName"));
        assertEquals("jsmith", users.text("/Resources/0/userName"));
        assertEquals(4, users.at("/Resources/0").size(), () -> "schemas, id and two more: " + users.body());
        Exchange groups = wire.post("/Groups/.search", search.formatted("")).is(200);
        assertEquals(family, groups.text("/Resources/0/id"));
        assertEquals(1, groups.totalResults());
    }

    private void user(String attributes) {
        String schemas = attributes.contains(ENTERPRISE) ? "'" + CORE + "','" + ENTERPRISE + "'" : "'" + CORE + "'";
        wire.send("POST", "/Users", Map.of(), json("{'schemas':[" + schemas + "]," + attributes + "}"))
                .is(201);
    }

    private static String json(String text) {
        return Json.json(text).toString();
    }

    private static String userNames(Exchange list) {
        return StreamSupport.stream(list.at("/Resources").spliterator(), false)
                .map(user -> user.path("userName").asText().toLowerCase(java.util.Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
