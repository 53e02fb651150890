package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.LenientValues;
import dev.muster.scim.dialect.SentName;
import dev.muster.scim.dialect.SentName.Selector;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that a body says of one attribute: as a whole, and by members that are paths into it. */
final class SentAttribute {

    private final AttributeRef attribute;
    private @Nullable JsonNode whole;
    /** By the selector's text; the empty text where there is none. */
    private final Map<String, ObjectNode> parts = new LinkedHashMap<>(2);

    SentAttribute(AttributeRef attribute) {
        this.attribute = attribute;
    }

    AttributeRef attribute() {
        return attribute;
    }

    void add(SentName name, JsonNode value) {
        Attribute sub = name.attribute().subAttribute();
        Selector selector = name.selector();
        if (sub == null && selector == null) {
            if (whole != null) {
                throw repeated(name);
            }
            whole = value;
            return;
        }
        ObjectNode part = parts.computeIfAbsent(
                selector == null ? "" : selector.toString(), key -> JsonNodeFactory.instance.objectNode());
        if (sub == null) {
            if (value instanceof ObjectNode object) {
                part.setAll(object);
            } else {
                put(part, "value", value, name);
            }
        } else {
            put(part, sub.name(), value, name);
        }
        if (selector != null && !part.has(selector.sub().name())) {
            part.put(selector.sub().name(), selector.value());
        }
    }

    /** One value that says the same in the RFC's form. */
    JsonNode value() {
        if (parts.isEmpty()) {
            return whole == null ? NullNode.instance : whole;
        }
        return attribute.attribute().multiValued() ? elements() : merged();
    }

    private JsonNode elements() {
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        if (whole != null) {
            LenientValues.array(whole).forEach(elements::add);
        }
        return elements.addAll(parts.values());
    }

    private JsonNode merged() {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        if (whole instanceof ObjectNode object) {
            merged.setAll(object);
        } else if (whole != null && !whole.isNull()) {
            throw ScimException.invalidSyntax(attribute + " is given as a whole and in parts");
        }
        parts.values()
                .forEach(part -> part.properties().forEach(member -> {
                    if (merged.has(member.getKey())) {
                        throw ScimException.invalidSyntax(
                                attribute + "." + member.getKey() + " is given more than once");
                    }
                    merged.set(member.getKey(), member.getValue());
                }));
        return merged;
    }

    private static void put(ObjectNode part, String name, JsonNode value, SentName sent) {
        if (part.has(name)) {
            throw repeated(sent);
        }
        part.set(name, value);
    }

    private static ScimException repeated(SentName name) {
        return ScimException.invalidSyntax(name + " is given more than once; names do not differ by case");
    }
}
