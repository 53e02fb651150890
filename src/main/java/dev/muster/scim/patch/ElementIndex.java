package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.AttributeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The elements of a multi-valued attribute by their {@link ValueIdentity}: adding thousands costs a look-up each. */
final class ElementIndex {

    private final AttributeRef attribute;
    private final List<JsonNode> elements;
    private final Map<JsonNode, JsonNode> byIdentity = new HashMap<>();

    ElementIndex(AttributeRef attribute, List<JsonNode> elements) {
        this.attribute = attribute;
        this.elements = new ArrayList<>(elements);
        elements.forEach(element -> byIdentity.putIfAbsent(identity(element), element));
    }

    /** Appends a value that is not there; what {@code added} says more about one that is there is merged into it. */
    void add(JsonNode added) {
        JsonNode present = byIdentity.get(identity(added));
        if (present == null) {
            JsonNode copy = added.deepCopy();
            elements.add(copy);
            byIdentity.put(identity(copy), copy);
        } else if (present instanceof ObjectNode element) {
            ComplexValue.merge(attribute, element, added, true);
        }
    }

    List<JsonNode> elements() {
        return elements;
    }

    private JsonNode identity(JsonNode element) {
        return ValueIdentity.of(attribute.attribute(), element);
    }
}
