package dev.muster.scim.message;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.error.ScimException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRequestTest {

    @Test
    void readsTheExampleOfRfc7644Section343() {
        SearchRequest request = SearchRequest.of(json("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
                 "attributes": ["displayName", "userName"],
                 "filter": "displayName sw \\"smith\\"",
                 "startIndex": 1,
                 "count": 10}"""), PageLimits.DEFAULT);
        assertEquals(
                new SearchRequest(
                        List.of("displayName", "userName"),
                        List.of(),
                        "displayName sw \"smith\"",
                        null,
                        SortOrder.ASCENDING,
                        new PageRequest(1, 10)),
                request);
    }

    @Test
    void namesAreInAnyCaseAndNullIsAbsent() {
        SearchRequest request = SearchRequest.of(
                json("{'SCHEMAS':['" + SearchRequest.SCHEMA
                        + "'],'SortBy':'userName','sortorder':'Descending','filter':null,"
                        + "'excludedattributes':['members'],'STARTINDEX':11,'CURSOR':null,'unheardOf':'x'}"),
                PageLimits.DEFAULT);
        assertEquals("userName", request.sortBy());
        assertEquals(SortOrder.DESCENDING, request.sortOrder());
        assertEquals(List.of("members"), request.excludedAttributes());
        assertEquals(new PageRequest(11, 100), request.page());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'filter':1              | filter must be a string
            'sortBy':['a']          | sortBy must be a string
            'sortOrder':'up'        | sortOrder must be ascending or descending, not "up"
            'attributes':'userName' | attributes must be an array of strings
            'attributes':[1]        | attributes must be an array of strings
            'count':true            | count must be an integer, not "BOOLEAN"
            'COUNT':1,'count':2     | a member is given more than once; names do not differ by case
            """)
    void wrongMembersAreNamed(String members, String detail) {
        ScimException failure = assertThrows(
                ScimException.class,
                () -> SearchRequest.of(
                        json("{'schemas':['" + SearchRequest.SCHEMA + "']," + members + "}"), PageLimits.DEFAULT));
        assertEquals(detail, failure.error().detail());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}
            []
            {'schemas':'urn:ietf:params:scim:api:messages:2.0:SearchRequest'}
            {'schemas':['urn:ietf:params:scim:api:messages:2.0:ListResponse']}
            """)
    void otherBodiesAreNotSearchRequests(String body) {
        ScimException failure =
                assertThrows(ScimException.class, () -> SearchRequest.of(json(body), PageLimits.DEFAULT));
        assertEquals("invalidSyntax", failure.error().scimType().keyword());
    }
}
