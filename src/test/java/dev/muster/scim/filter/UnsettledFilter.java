package dev.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.schema.ResourceType;
import java.util.List;

/**
 * A filter over several types as it is read, without anything settled: evaluated on a whole document, where what a type does not
 * have is not there.
 */
public final class UnsettledFilter {

    private UnsettledFilter() {}

    /** Whether a document of {@code type}, with {@code meta}, meets a filter. */
    public static boolean matches(List<ResourceType> types, ResourceType type, String filter, JsonNode document) {
        NamesOfSeveralTypes names = new NamesOfSeveralTypes(type, types, Conformance.STRICT);
        Filter parsed = new FilterParser(names, Conformance.STRICT, FilterLimits.DEFAULT).parse(filter);
        return FilterEvaluator.matches(parsed, document);
    }
}
