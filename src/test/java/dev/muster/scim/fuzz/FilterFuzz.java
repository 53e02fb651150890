package dev.muster.scim.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.Json;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterParser;
import dev.muster.scim.filter.FilterText;
import dev.muster.scim.schema.ResourceType;
import java.util.List;

/** Any text is a filter or invalidFilter; a filter that is written and read again is the same, and can be evaluated. */
public final class FilterFuzz {

    private static final FilterLimits WIDE = new FilterLimits(1_000_000, 100, 10_000);
    private static final List<JsonNode> DOCUMENTS = List.of(Json.json("{}"), Json.json("""
                    {"id":"1","userName":"bjensen","active":true,"emails":[{"value":"a@example.com","type":"work","primary":true},
                     {"value":"b@example.com","type":"home"}],"name":{"familyName":"Jensen"},"title":"t","tags":["a"],
                     "count":3,"weight":1.5,"builtAt":"2011-05-13T04:42:34Z","displayName":"g",
                     "meta":{"created":"2011-05-13T04:42:34Z","version":"W/\\"1\\""}}
                    """));

    private FilterFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = FuzzInput.text(input);
        for (ResourceType type : FuzzInput.TYPES) {
            for (Conformance conformance : Conformance.values()) {
                check(type, conformance, text);
            }
        }
    }

    private static void check(ResourceType type, Conformance conformance, String text) {
        Filter filter;
        try {
            filter = new FilterParser(type, conformance, FilterLimits.DEFAULT).parse(text);
        } catch (ScimException e) {
            require(e.error().scimType() == ScimType.INVALID_FILTER, e.error());
            return;
        }
        String written = FilterText.of(filter);
        Filter again = new FilterParser(type, Conformance.STRICT, WIDE).parse(written);
        require(filter.equals(again), written);
        for (JsonNode document : DOCUMENTS) {
            boolean matches = FilterEvaluator.matches(filter, document);
            require(matches != FilterEvaluator.matches(new Filter.Not(filter), document), written);
        }
    }

    private static void require(boolean holds, Object about) {
        if (!holds) {
            throw new AssertionError(about);
        }
    }
}
