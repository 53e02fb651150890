package dev.muster.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9865, cursor-based pagination, held to the text. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class Rfc9865CursorTest {

    private static final String FILTER = "filter=userName%20sw%20%22J%22";

    private Wire wire;

    @BeforeEach
    void strictTenantWithUsers() {
        wire = Wire.toStrictTenant();
        for (String name : List.of("jane", "Jim", "joan", "Adam", "joe", "John", "judy", "zoe")) {
            wire.newUser(name);
        }
    }

    private static String names(Exchange page) {
        return StreamSupport.stream(page.at("/Resources").spliterator(), false)
                .map(user -> user.path("userName").asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }

    private static String next(Exchange page) {
        return page.is(200).text("/nextCursor");
    }

    private static boolean has(Exchange page, String member) {
        return page.body().has(member);
    }

    @Test
    @DisplayName("§2: GET /Users?filter=userName%20sw%20J&cursor&count=10, and on with nextCursor")
    void theExampleOfSection2() {
        Exchange first = wire.get("/Users?" + FILTER + "&cursor&count=4").is(200);
        assertEquals(Json.json("['urn:ietf:params:scim:api:messages:2.0:ListResponse']"), first.at("/schemas"));
        assertEquals(4, first.at("/itemsPerPage").intValue());
        assertEquals("jane jim joan joe", names(first));
        // The example itself spells the attribute in another way the second time.
        Exchange second = wire.get(
                        "/Users?" + FILTER.replace("userName", "username") + "&cursor=" + next(first) + "&count=4")
                .is(200);
        assertEquals("john judy", names(second));
        assertEquals(2, second.at("/itemsPerPage").intValue());
        assertFalse(
                has(second, "nextCursor"),
                "\"nextCursor MUST be omitted from a response only to indicate that there "
                        + "are no more result pages\"");
        Exchange back = wire.get("/Users?" + FILTER + "&count=4&cursor=" + second.text("/previousCursor"))
                .is(200);
        assertEquals("jane jim joan joe", names(back));
        assertFalse(has(back, "previousCursor"), "\"previousCursor MUST NOT be returned with the first page\"");
        assertEquals("john judy", names(wire.get("/Users?" + FILTER + "&count=4&cursor=" + next(back))));
    }

    @Test
    @DisplayName("§2: nextCursor on every page but the last, previousCursor on every page but the first")
    void theCursorsOfAllPages() {
        List<String> pages = new ArrayList<>();
        Exchange page = wire.get("/Users?cursor=&count=3").is(200);
        assertFalse(has(page, "previousCursor"));
        while (has(page, "nextCursor")) {
            pages.add(names(page));
            page = wire.get("/Users?count=3&cursor=" + next(page)).is(200);
            assertTrue(has(page, "previousCursor"));
        }
        pages.add(names(page));
        assertEquals(List.of("jane jim joan", "adam joe john", "judy zoe"), pages);
    }

    @Test
    @DisplayName("§2: a page that the results just fill is the last one")
    void aFullLastPageHasNoNextCursor() {
        Exchange page = wire.get("/Users?cursor&count=8").is(200);
        assertEquals(8, page.at("/Resources").size());
        assertFalse(has(page, "nextCursor"));
    }

    /**
     * "Service providers implementing cursor pagination that are unable to estimate totalResults MAY choose to omit the
     * totalResults attribute": it is there where it costs nothing, and where nothing but it is asked for.
     */
    @Test
    @DisplayName("§2: totalResults, and count=0: \"no resource results are to be returned except for totalResults\"")
    void totalResults() {
        assertEquals(8, wire.get("/Users?cursor").is(200).totalResults());
        assertFalse(has(wire.get("/Users?cursor&count=2").is(200), "totalResults"));
        for (String count : List.of("0", "-1")) {
            Exchange none =
                    wire.get("/Users?cursor&" + FILTER + "&count=" + count).is(200);
            assertEquals(6, none.totalResults());
            assertEquals(0, none.at("/Resources").size());
            assertFalse(has(none, "nextCursor"));
        }
        Exchange empty =
                wire.get("/Users?cursor&filter=userName%20eq%20%22nobody%22").is(200);
        assertEquals(0, empty.totalResults());
        assertFalse(has(empty, "nextCursor"));
    }

    @Test
    @DisplayName("§2: \"This value may only contain characters from the unreserved character set\"")
    void cursorsAreUnreserved() {
        for (int count = 1; count < 8; count++) {
            String cursor = next(wire.get("/Users?cursor&sortBy=userName&count=" + count));
            assertTrue(cursor.matches("[A-Za-z0-9._~-]+"), cursor);
        }
    }

    @ParameterizedTest
    @DisplayName("§2: \"all query parameters and values being identical to the initial query\"")
    @ValueSource(
            strings = {
                "/Users?cursor=%s&count=2",
                "/Users?cursor=%s&count=2&filter=userName%%20sw%%20%%22K%%22&sortBy=userName&attributes=userName",
                "/Users?cursor=%s&count=2&filter=userName%%20co%%20%%22J%%22&sortBy=userName&attributes=userName",
                "/Users?cursor=%s&count=2&filter=userName%%20sw%%20%%22J%%22&sortBy=id&attributes=userName",
                "/Users?cursor=%s&count=2&filter=userName%%20sw%%20%%22J%%22&sortBy=userName&attributes=userName"
                        + "&sortOrder=descending",
                "/Users?cursor=%s&count=2&filter=userName%%20sw%%20%%22J%%22&sortBy=userName&attributes=emails",
                "/Users?cursor=%s&count=2&filter=userName%%20sw%%20%%22J%%22&sortBy=userName",
                "/Groups?cursor=%s&count=2",
                "/?cursor=%s&count=2&filter=userName%%20sw%%20%%22J%%22&sortBy=userName&attributes=userName"
            })
    void aCursorGoesOnWithItsQueryOnly(String another) {
        String query = "count=2&filter=userName%20sw%20%22J%22&sortBy=userName&attributes=userName";
        String cursor = next(wire.get("/Users?cursor&" + query));
        assertEquals(
                "joan joe",
                names(wire.get("/Users?cursor=" + cursor + "&" + query).is(200)));
        wire.get(another.formatted(cursor)).isError(400, "invalidCursor");
    }

    @ParameterizedTest
    @DisplayName("§2.1, table 3: invalidCursor")
    @ValueSource(strings = {"x", "AAAA", "VZUTiyhEQJ94IR", "%00", "%C3%BC", "a%20b", "'", "-", "...."})
    void aCursorThatIsNoneIsInvalid(String cursor) {
        wire.get("/Users?cursor=" + cursor).isError(400, "invalidCursor");
    }

    @ParameterizedTest
    @DisplayName("§2.1, table 3: \"Count value must be between 0 and service provider's maxPageSize\"")
    @ValueSource(strings = {"1001", "100000000000000000000", "abc", "1.5", "0x1"})
    void aCountOutOfBoundsIsInvalid(String count) {
        wire.get("/Users?cursor&count=" + count).isError(400, "invalidCount");
    }

    @Test
    @DisplayName("§2.1, table 3: the count \"must be equal to the count value of the initial query\"")
    void anotherCountIsInvalid() {
        String cursor = next(wire.get("/Users?cursor&count=2"));
        for (String count : List.of("&count=3", "&count=1", "&count=0", "")) {
            wire.get("/Users?cursor=" + cursor + count).isError(400, "invalidCount");
        }
        wire.get("/Users?cursor=" + cursor + "&count=2").is(200);
    }

    @ParameterizedTest(name = "§2.2: cursor-paged results are sorted by {0} {1}")
    @CsvSource({
        "userName,ascending,adam jane jim joan joe john judy zoe",
        "userName,descending,zoe judy john joe joan jim jane adam",
        "title,ascending,adam jane jim joan joe john judy zoe",
        "id,descending,zoe judy john joe adam joan jim jane"
    })
    void pagesAreSorted(String sortBy, String sortOrder, String expected) {
        List<String> names = new ArrayList<>();
        for (JsonNode user : wire.get("/Users").at("/Resources")) {
            String title = user.path("userName").asText();
            wire.operations(
                    "/Users/" + user.path("id").asText(), "{'op':'add','path':'title','value':'" + title + "'}");
        }
        String query = "&count=3&sortBy=" + sortBy + "&sortOrder=" + sortOrder;
        Exchange page = wire.get("/Users?cursor=" + query).is(200);
        names.add(names(page));
        while (has(page, "nextCursor")) {
            page = wire.get("/Users?cursor=" + next(page) + query).is(200);
            names.add(names(page));
        }
        assertEquals(expected, String.join(" ", names));
    }

    @Test
    @DisplayName("§2.4: index is the default, startIndex and cursor choose; both at once are refused")
    void bothMethods() {
        Exchange byDefault = wire.get("/Users?count=2").is(200);
        assertFalse(has(byDefault, "nextCursor"));
        assertEquals(8, byDefault.totalResults());
        assertEquals(1, byDefault.at("/startIndex").intValue());
        assertFalse(has(wire.get("/Users?startIndex=1&count=2").is(200), "nextCursor"));
        assertFalse(has(wire.get("/Users?cursor&count=2").is(200), "startIndex"));
        wire.get("/Users?cursor&startIndex=1").isError(400, "invalidValue");
    }

    @Test
    @DisplayName("§3: POST .search with a cursor in the body")
    void theExampleOfSection3() {
        String body = """
                {
                  "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
                  "attributes": ["displayName", "userName"],
                  "filter": "userName sw \\"j\\"",
                  "cursor": "%s",
                  "count": 4
                }
                """;
        Exchange first = wire.post("/Users/.search", body.formatted("")).is(200);
        assertEquals("jane jim joan joe", names(first));
        Exchange second =
                wire.post("/Users/.search", body.formatted(next(first))).is(200);
        assertEquals("john judy", names(second));
        assertFalse(has(second, "nextCursor"));
        wire.post("/Users/.search", body.formatted("forged")).isError(400, "invalidCursor");
        wire.post("/Users/.search", body.formatted(next(first)).replace("\"count\": 4", "\"count\": 5"))
                .isError(400, "invalidCount");
        wire.post("/Users/.search", body.replace("\"%s\"", "7")).isError(400, "invalidCursor");
    }

    @Test
    @DisplayName("§4: the pagination of /ServiceProviderConfig is what is enforced")
    void theConfigurationSaysWhatIsSo() {
        JsonNode pagination = wire.get("/ServiceProviderConfig").is(200).at("/pagination");
        assertEquals(
                Json.json("{'cursor':true,'index':true,'defaultPaginationMethod':'index','defaultPageSize':100,"
                        + "'maxPageSize':1000,'cursorTimeout':3600}"),
                pagination);
        String schema = "/Schemas/urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
        assertTrue(wire.get(schema).is(200).body().toString().contains("defaultPaginationMethod"));
    }

    /** "identical error messages, so as not to disclose any details of the underlying data". */
    @Test
    @DisplayName("§5.2: a forged cursor and another tenant's are refused in the same words")
    void cursorsOpenNothing() {
        String cursor = next(wire.get("/Users?cursor&count=2"));
        Wire other = Wire.toStrictTenant();
        other.newUser("someone");
        Exchange foreign = other.get("/Users?count=2&cursor=" + cursor).isError(400, "invalidCursor");
        String forged = (cursor.charAt(0) == 'A' ? "B" : "A") + cursor.substring(1);
        assertEquals(
                foreign.body(),
                wire.get("/Users?count=2&cursor=" + forged).is(400).body());
        assertEquals(foreign.body(), wire.get("/Users?count=2&cursor=x").is(400).body());
        assertNotEquals(cursor, next(wire.get("/Users?cursor&count=2")), "no cursor is made twice");
    }
}
