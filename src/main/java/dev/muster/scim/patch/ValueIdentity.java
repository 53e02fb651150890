package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.Mutability;

/** When two values of an attribute are the same one. */
final class ValueIdentity {

    private ValueIdentity() {}

    /**
     * What the elements of a multi-valued attribute that count as the same value share.
     *
     * <p>RFC 7643 §2.4: a service provider "SHOULD NOT return the same (type, value) combination more than once per
     * attribute". So these two tell elements apart where there is a {@code value}; an immutable {@code type}, as that of
     * group members, belongs to the value and tells nothing. Elements without {@code value} are compared whole.
     */
    static JsonNode of(Attribute attribute, JsonNode element) {
        JsonNode normal = normal(attribute, element);
        if (!attribute.complex() || !normal.has("value")) {
            return normal;
        }
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        key.set("value", normal.get("value"));
        boolean typeTellsApart = attribute
                .subAttribute("type")
                .filter(type -> type.mutability() != Mutability.IMMUTABLE)
                .isPresent();
        if (typeTellsApart && normal.has("type")) {
            key.set("type", normal.get("type"));
        }
        return key;
    }

    /** {@code value} in the form that equal values share: texts folded unless caseExact, numbers by value. */
    static JsonNode normal(Attribute attribute, JsonNode value) {
        return switch (value) {
            case ArrayNode array -> {
                ArrayNode normal = JsonNodeFactory.instance.arrayNode(array.size());
                array.forEach(element -> normal.add(normal(attribute, element)));
                yield normal;
            }
            case ObjectNode object -> {
                ObjectNode normal = JsonNodeFactory.instance.objectNode();
                attribute.subAttributes().stream()
                        .filter(sub -> object.has(sub.name()))
                        .forEach(sub -> normal.set(sub.name(), normal(sub, object.get(sub.name()))));
                yield normal;
            }
            case TextNode text when !attribute.caseExact() -> TextNode.valueOf(CaseFolding.fold(text.textValue()));
            case JsonNode number
            when number.isNumber() -> DecimalNode.valueOf(number.decimalValue().stripTrailingZeros());
            case JsonNode other -> other;
        };
    }

    /** Whether both are written alike, except that numbers are compared by value. */
    static boolean identical(JsonNode one, JsonNode other) {
        return one.equals(
                (a, b) -> a.isNumber() && b.isNumber()
                        ? a.decimalValue().compareTo(b.decimalValue())
                        : a.equals(b) ? 0 : 1,
                other);
    }
}
