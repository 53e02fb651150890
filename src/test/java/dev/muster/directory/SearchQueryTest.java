package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterParser;
import dev.muster.scim.message.PageLimits;
import dev.muster.scim.message.Paging;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which queries look at all resources of a tenant, so that they are carried out one at a time. */
class SearchQueryTest {

    private static final ResourceType USER =
            SchemaRegistry.standard().byEndpoint("/Users").orElseThrow();
    private static final PageLimits LIMITS = new PageLimits(100, 1_000);
    private static final Paging BY_INDEX = Paging.of("1", null, "100", LIMITS);
    private static final Paging BY_CURSOR = Paging.of(null, "", "100", LIMITS);

    private static boolean scans(String filter, String sortBy, Paging page) {
        FilterParser parser = new FilterParser(USER, Conformance.COMPAT, FilterLimits.DEFAULT);
        Filter parsed = filter == null ? null : parser.parse(filter);
        AttributeRef sorted =
                sortBy == null ? null : USER.resolve(null, sortBy, null).orElseThrow();
        SearchQuery.Part part = new SearchQuery.Part(USER, parsed, sorted, false);
        return new SearchQuery("/Users", List.of(part), false, page, "", "").scans();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            userName eq "a", false
            externalId eq "a", false
            id eq "a", false
            emails[type eq "work" and value eq "a"], false
            emails.value eq "a", false
            title eq "a" and active eq true, false
            title eq "a" or userName eq "b", false
            title eq "a" or title co "b", true
            emails.value co "a", true
            title pr, true
            not (userName eq "a"), true
            """)
    void goesByWhetherAnIndexLeadsTheFilter(String filter, boolean scans) {
        assertEquals(scans, scans(filter, null, BY_INDEX));
        assertEquals(scans, scans(filter, null, BY_CURSOR));
    }

    @Test
    void withoutAFilterOnlyACursorInTheOrderOfCreationCostsAPage() {
        assertEquals(true, scans(null, null, BY_INDEX));
        assertEquals(false, scans(null, null, BY_CURSOR));
        assertEquals(true, scans(null, "title", BY_CURSOR));
    }
}
