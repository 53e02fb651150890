package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.schema.Attribute;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that a remove operation names beside its path, as Entra ID does for group members: complex ones by their
 * {@code value}, others, and complex ones without it, as a whole.
 */
final class NamedValues {

    private final Attribute attribute;
    private final Set<JsonNode> byValue = new HashSet<>();
    private final Set<JsonNode> whole = new HashSet<>();

    private NamedValues(Attribute attribute) {
        this.attribute = attribute;
    }

    static NamedValues of(Attribute attribute, List<JsonNode> values) {
        NamedValues named = new NamedValues(attribute);
        for (JsonNode value : values) {
            JsonNode normal = ValueIdentity.normal(attribute, value);
            if (normal.has("value")) {
                named.byValue.add(normal.get("value"));
            } else {
                named.whole.add(normal);
            }
        }
        return named;
    }

    /** The elements that are not named. */
    List<JsonNode> removedFrom(List<JsonNode> elements) {
        return elements.stream().filter(element -> !names(element)).toList();
    }

    private boolean names(JsonNode element) {
        JsonNode normal = ValueIdentity.normal(attribute, element);
        return whole.contains(normal) || (normal.has("value") && byValue.contains(normal.get("value")));
    }
}
