package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replacing by the rules of mutability (RFC 7644 §3.5.1).
 *
 * @param prefix what stands in front of the attributes' names in errors: empty, or a schema id with a colon
 * @param keptIfOmitted the name of an attribute that stays where the request leaves it out; may be empty
 */
record Replacement(String prefix, String keptIfOmitted) {

    /** The attributes of one object: {@code current} replaced by {@code requested}. */
    ObjectNode of(List<Attribute> attributes, ObjectNode current, ObjectNode requested) {
        ObjectNode result = current.objectNode();
        for (Attribute attribute : attributes) {
            String name = attribute.name();
            JsonNode value = replaced(attribute, current.get(name), requested.get(name));
            if (value != null) {
                result.set(name, value);
            }
        }
        return result;
    }

    private @Nullable JsonNode replaced(Attribute attribute, @Nullable JsonNode current, @Nullable JsonNode requested) {
        return switch (attribute.mutability()) {
            case READ_ONLY, WRITE_ONLY -> current;
            case IMMUTABLE -> immutable(attribute, current, requested);
            case READ_WRITE -> readWrite(attribute, current, requested);
        };
    }

    private @Nullable JsonNode immutable(
            Attribute attribute, @Nullable JsonNode current, @Nullable JsonNode requested) {
        if (current == null) {
            return requested;
        }
        if (requested != null && !SameValue.test(attribute, current, requested)) {
            throw ScimException.mutability(prefix + attribute.name() + " is immutable and already has another value");
        }
        return current;
    }

    /** Sub-attributes have a mutability of their own; in a multi-valued attribute the values are replaced as they are. */
    private @Nullable JsonNode readWrite(
            Attribute attribute, @Nullable JsonNode current, @Nullable JsonNode requested) {
        if (requested == null) {
            return attribute.name().equals(keptIfOmitted) ? current : null;
        }
        boolean merges = attribute.complex() && !attribute.multiValued();
        if (merges && current instanceof ObjectNode before && requested instanceof ObjectNode after) {
            return new Replacement(prefix + attribute.name() + ".", "").of(attribute.subAttributes(), before, after);
        }
        return requested;
    }
}
