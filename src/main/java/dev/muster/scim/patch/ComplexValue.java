package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Changes to the sub-attributes of one complex value, in place. */
final class ComplexValue {

    private ComplexValue() {}

    /**
     * Sets the sub-attributes that {@code given} has; others are left as they are.
     *
     * @param append whether the values of multi-valued sub-attributes are added to those that are there
     * @throws ScimException mutability where an immutable sub-attribute would get another value
     */
    static void merge(AttributeRef attribute, ObjectNode value, JsonNode given, boolean append) {
        for (Map.Entry<String, JsonNode> member : given.properties()) {
            Attribute sub = attribute.attribute().subAttribute(member.getKey()).orElseThrow();
            set(attribute.sub(sub), value, member.getValue(), append);
        }
    }

    /**
     * What takes the place of {@code value}: {@code given}, and what {@code value} has of immutable sub-attributes.
     *
     * @throws ScimException mutability where an immutable sub-attribute would get another value
     */
    static ObjectNode replaced(AttributeRef attribute, ObjectNode value, JsonNode given) {
        return replaced(attribute, value, given, Set.of());
    }

    /** As {@link #replaced(AttributeRef, ObjectNode, JsonNode)}; sub-attributes in {@code kept} stay too. */
    static ObjectNode replaced(AttributeRef attribute, ObjectNode value, JsonNode given, Set<String> kept) {
        ObjectNode replacement = JsonNodeFactory.instance.objectNode();
        for (Attribute sub : attribute.attribute().subAttributes()) {
            JsonNode current = value.get(sub.name());
            if (current != null && (sub.mutability() == Mutability.IMMUTABLE || kept.contains(sub.name()))) {
                replacement.set(sub.name(), current);
            }
        }
        merge(attribute, replacement, given, false);
        return replacement;
    }

    /** Sets one sub-attribute, as {@link #merge} does. */
    static void set(AttributeRef subAttribute, ObjectNode value, JsonNode given, boolean append) {
        String name = subAttribute.target().name();
        JsonNode current = value.get(name);
        JsonNode next = append && current != null && subAttribute.target().multiValued()
                ? union(subAttribute.target(), current, given)
                : given.deepCopy();
        if (current != null
                && subAttribute.target().mutability() == Mutability.IMMUTABLE
                && !ValueIdentity.identical(current, next)) {
            throw immutable(subAttribute);
        }
        value.set(name, next);
    }

    /**
     * Removes one sub-attribute.
     *
     * @throws ScimException mutability where it is immutable and has a value
     */
    static void remove(AttributeRef subAttribute, ObjectNode value) {
        boolean removed = value.remove(subAttribute.target().name()) != null;
        if (removed && subAttribute.target().mutability() == Mutability.IMMUTABLE) {
            throw immutable(subAttribute);
        }
    }

    static ScimException immutable(AttributeRef attribute) {
        return ScimException.mutability("'" + attribute
                + "' is immutable: it keeps the value that it was given first; leave it out of the request.");
    }

    /** The values of both, each once. */
    private static ArrayNode union(Attribute attribute, JsonNode current, JsonNode added) {
        Map<JsonNode, JsonNode> values = new LinkedHashMap<>();
        current.forEach(element -> values.putIfAbsent(ValueIdentity.of(attribute, element), element));
        added.forEach(element -> values.putIfAbsent(ValueIdentity.of(attribute, element), element));
        return JsonNodeFactory.instance.arrayNode(values.size()).addAll(values.values());
    }
}
