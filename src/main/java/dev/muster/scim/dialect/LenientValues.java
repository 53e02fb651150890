package dev.muster.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.scim.schema.AttributeType;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Takes simple values for what they mean: {@code "True"} for a boolean, {@code 4711} for a string. What has no clear meaning
 * comes back as it was, for the type check to refuse. A null node means unassigned.
 */
public final class LenientValues {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,100}(\\.\\d{1,100})?");

    private LenientValues() {}

    /** {@code value} as a value of {@code type}, which is not complex. */
    public static JsonNode simple(AttributeType type, JsonNode value) {
        JsonNode only = value.isArray() && value.size() == 1 ? value.get(0) : value;
        return switch (type) {
            case STRING -> only.isNumber() || only.isBoolean() ? TextNode.valueOf(only.asText()) : only;
            case BOOLEAN -> bool(only);
            case INTEGER, DECIMAL -> number(only);
            case DATE_TIME -> emptyIsNull(dateTime(only));
            case BINARY, REFERENCE -> emptyIsNull(only);
            case COMPLEX -> throw new IllegalArgumentException("complex attributes are read by LenientComplex");
        };
    }

    /** {@code value} as the array of values that a multi-valued attribute has: a single one stands for an array of it. */
    public static JsonNode array(JsonNode value) {
        if (value.isArray()) {
            return value;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode(1);
        return value.isNull() || isEmptyText(value) ? array : array.add(value);
    }

    static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isBlank();
    }

    private static JsonNode emptyIsNull(JsonNode value) {
        return isEmptyText(value) ? NullNode.instance : value;
    }

    /** A date alone, as Okta sends what it keeps as text, is the first moment of that day in UTC. */
    private static JsonNode dateTime(JsonNode value) {
        boolean isDate =
                value.isTextual() && DATE.matcher(value.textValue().strip()).matches();
        return isDate ? TextNode.valueOf(value.textValue().strip() + "T00:00:00Z") : value;
    }

    private static JsonNode bool(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        return switch (value.textValue().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "" -> NullNode.instance;
            default -> value;
        };
    }

    private static JsonNode number(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        String text = value.textValue().strip();
        if (text.isEmpty()) {
            return NullNode.instance;
        }
        return NUMBER.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : value;
    }
}
