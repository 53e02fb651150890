package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * RFC 7644 §3.5.2: "a PATCH operation that sets a value's "primary" sub-attribute to "true" SHALL cause the server to
 * automatically set "primary" to "false" for any other values in the array".
 */
final class PrimaryRule {

    private static final String PRIMARY = "primary";

    private final Attribute attribute;
    private final Set<JsonNode> primaryBefore = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Remembers which of {@code elements} were primary before an operation on {@code attribute}. */
    PrimaryRule(Attribute attribute, List<JsonNode> elements) {
        this.attribute = attribute;
        elements.stream().filter(PrimaryRule::isPrimary).forEach(primaryBefore::add);
    }

    /**
     * Takes {@code primary} from the elements that had it before, where the operation gave it to another.
     *
     * @throws ScimException invalidValue where the operation gave it to more than one
     */
    void restore(List<JsonNode> elements) {
        List<JsonNode> made = elements.stream()
                .filter(PrimaryRule::isPrimary)
                .filter(element -> !primaryBefore.contains(element))
                .toList();
        if (made.size() > 1) {
            throw several(attribute);
        }
        if (made.size() == 1) {
            elements.stream()
                    .filter(PrimaryRule::isPrimary)
                    .filter(element -> element != made.getFirst())
                    .forEach(element -> ((ObjectNode) element).put(PRIMARY, false));
        }
    }

    /**
     * Refuses to make several values primary at once.
     *
     * @param given the value for {@code target} that several elements are to get
     */
    static void requireNotMade(AttributeRef target, JsonNode given) {
        Attribute sub = target.subAttribute();
        boolean made = sub == null ? isPrimary(given) : sub.name().equals(PRIMARY) && given.asBoolean(false);
        if (made) {
            throw several(target.attribute());
        }
    }

    private static ScimException several(Attribute attribute) {
        return ScimException.invalidValue(
                "Only one value of '" + attribute.name() + "' can be primary; set primary on one of them.");
    }

    private static boolean isPrimary(JsonNode element) {
        return element.isObject() && element.path(PRIMARY).asBoolean(false);
    }
}
