package dev.muster.scim.dialect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeType;
import java.util.Optional;

/**
 * Takes one complex value for what it means: a bare string is its {@code value}; an array of one is that one; JSON in a
 * string, as Entra ID's {@code AssertiveAppRoleAssignmentsComplex} sends roles, is that JSON. What has no clear meaning
 * comes back as it was. A null node means unassigned.
 */
public final class LenientComplex {

    private static final String VALUE = "value";
    private static final int MAX_JSON_IN_STRING = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LenientComplex() {}

    /** {@code value} as a value of {@code complex}: its members still have the names that were sent. */
    public static JsonNode object(Attribute complex, JsonNode value) {
        return single(complex, value.isArray() && value.size() == 1 ? value.get(0) : value);
    }

    private static JsonNode single(Attribute complex, JsonNode value) {
        if (value.isObject()) {
            return withJsonValue(complex, (ObjectNode) value);
        }
        if (LenientValues.isEmptyText(value)) {
            return NullNode.instance;
        }
        Optional<ObjectNode> parsed = jsonInString(complex, value);
        if (parsed.isPresent()) {
            return parsed.get();
        }
        boolean bare = value.isTextual() || value.isNumber();
        return bare && complex.subAttribute(VALUE).isPresent()
                ? JsonNodeFactory.instance.objectNode().set(VALUE, value)
                : value;
    }

    /** {@code {"primary":true,"value":"{\"value\":\"x\"}"}} is {@code {"primary":true,"value":"x"}}. */
    private static ObjectNode withJsonValue(Attribute complex, ObjectNode object) {
        JsonNode value = object.get(VALUE);
        boolean holdsText = complex.subAttribute(VALUE)
                .map(sub -> sub.type() == AttributeType.STRING)
                .orElse(false);
        if (value == null || !holdsText) {
            return object;
        }
        return jsonInString(complex, value)
                .map(inner -> {
                    ObjectNode merged = object.deepCopy();
                    merged.remove(VALUE);
                    merged.setAll(inner);
                    return merged;
                })
                .orElse(object);
    }

    private static Optional<ObjectNode> jsonInString(Attribute complex, JsonNode value) {
        if (!value.isTextual() || value.textValue().length() > MAX_JSON_IN_STRING) {
            return Optional.empty();
        }
        String text = value.textValue().strip();
        if (!text.startsWith("{") && !text.startsWith("[{")) {
            return Optional.empty();
        }
        JsonNode parsed = parse(text);
        JsonNode only = parsed.isArray() && parsed.size() == 1 ? parsed.get(0) : parsed;
        return only instanceof ObjectNode object && means(complex, object) ? Optional.of(object) : Optional.empty();
    }

    private static boolean means(Attribute complex, ObjectNode object) {
        for (String name : (Iterable<String>) object::fieldNames) {
            if (complex.subAttribute(name).isPresent()
                    || SubAttributeAliases.find(complex, name).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            return NullNode.instance;
        }
    }
}
