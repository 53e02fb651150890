package dev.muster.directory;

import dev.muster.scim.schema.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of an attribute in a jsonb expression.
 *
 * @param from what they are drawn from, for a {@code from} clause; empty for a single value
 * @param json a value as jsonb
 * @param text a value as text
 */
record JsonValues(List<String> from, String json, String text) {

    JsonValues {
        from = List.copyOf(from);
    }

    /** The expression itself, a value of its own. */
    static JsonValues itself(String json) {
        return new JsonValues(List.of(), json, "(" + json + " #>> '{}')");
    }

    /** The searchable document of {@code r}, or the part of it that belongs to an extension. */
    static String document(@Nullable String extension) {
        return Optional.ofNullable(extension)
                .map(id -> "r.search->" + SqlLiteral.of(id))
                .orElse("r.search");
    }

    /**
     * The values of the member {@code attribute} of the object {@code parent}.
     *
     * @param alias names the elements where there are several; not used in {@code parent}
     */
    static JsonValues member(String parent, Attribute attribute, String alias) {
        String member = parent + "->" + SqlLiteral.of(attribute.name());
        return attribute.multiValued()
                ? elements(member, alias)
                : new JsonValues(
                        List.of(), "(" + member + ")", "(" + parent + "->>" + SqlLiteral.of(attribute.name()) + ")");
    }

    /** What is not an array, left from an older schema, has no elements. */
    private static JsonValues elements(String array, String alias) {
        String from = "jsonb_array_elements(case when jsonb_typeof(%s) = 'array' then %s end) %s(v)"
                .formatted(array, array, alias);
        return new JsonValues(List.of(from), alias + ".v", "(" + alias + ".v #>> '{}')");
    }

    /** The values of the member {@code sub} of each of these. */
    JsonValues member(Attribute sub) {
        JsonValues inner = member(json, sub, "s");
        List<String> all = new ArrayList<>(from);
        all.addAll(inner.from);
        return new JsonValues(all, inner.json, inner.text);
    }

    /** The condition that one of the values meets {@code condition}. */
    String any(Function<JsonValues, String> condition) {
        return from.isEmpty()
                ? condition.apply(this)
                : "exists (select 1 from " + String.join(", ", from) + " where " + condition.apply(this) + ")";
    }
}
