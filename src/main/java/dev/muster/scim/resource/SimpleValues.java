package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.DateTimes;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** The types of RFC 7643 §2.3, except complex. */
final class SimpleValues {

    private static final int MAX_DIGITS = 100;
    /** base64 and base64url (RFC 4648 §4, §5), padded or not (RFC 7643 §2.3.6), in lines or not. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_\\s-]*+={0,2}\\s*+");

    private SimpleValues() {}

    /** {@code value}, which is not null, as the canonical node of the attribute's type. */
    static JsonNode check(Attribute attribute, JsonNode value, Place place) {
        return switch (attribute.type()) {
            case STRING, REFERENCE -> text(attribute, value, place);
            case BOOLEAN -> bool(value, place);
            case INTEGER -> integer(value, place);
            case DECIMAL -> DecimalNode.valueOf(decimal(value, place));
            case DATE_TIME -> dateTime(attribute, value, place);
            case BINARY -> binary(attribute, value, place);
            case COMPLEX -> throw new IllegalArgumentException(attribute.name() + " is complex");
        };
    }

    private static JsonNode text(Attribute attribute, JsonNode value, Place place) {
        if (!value.isTextual()) {
            throw place.invalid("must be a string");
        }
        TextRules.check(attribute, value.textValue(), place);
        TextRules.checkListed(attribute, value.textValue(), place);
        return value;
    }

    private static JsonNode bool(JsonNode value, Place place) {
        if (!value.isBoolean()) {
            throw place.invalid("must be a boolean");
        }
        return value;
    }

    /** The node that the JSON parser itself makes of such a number, so that equal values are equal nodes. */
    private static JsonNode integer(JsonNode value, Place place) {
        if (value.canConvertToInt() && value.isIntegralNumber()) {
            return IntNode.valueOf(value.intValue());
        }
        BigDecimal number = decimal(value, place);
        try {
            long exact = number.longValueExact();
            return exact == (int) exact ? IntNode.valueOf((int) exact) : LongNode.valueOf(exact);
        } catch (ArithmeticException e) {
            throw place.invalid("must be an integer between -2^63 and 2^63-1");
        }
    }

    /** Bounded before anything is computed with it: 1e999999 is nine characters of input and a megabyte of digits. */
    private static BigDecimal decimal(JsonNode value, Place place) {
        if (!value.isNumber()) {
            throw place.invalid("must be a number");
        }
        boolean finite = (!value.isDouble() && !value.isFloat()) || Double.isFinite(value.doubleValue());
        if (!finite || (value.isBigInteger() && value.bigIntegerValue().bitLength() > 4 * MAX_DIGITS)) {
            throw tooManyDigits(place);
        }
        BigDecimal number = value.decimalValue();
        boolean small = number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
        if (!small) {
            throw tooManyDigits(place);
        }
        return number;
    }

    private static RuntimeException tooManyDigits(Place place) {
        return place.invalid("must be a number of at most " + MAX_DIGITS + " digits");
    }

    private static JsonNode dateTime(Attribute attribute, JsonNode value, Place place) {
        JsonNode text = text(attribute, value, place);
        if (DateTimes.parse(text.textValue()).isEmpty()) {
            throw place.invalid("must be a dateTime such as 2026-01-31T13:45:00Z");
        }
        return text;
    }

    private static JsonNode binary(Attribute attribute, JsonNode value, Place place) {
        JsonNode text = text(attribute, value, place);
        String base64 = text.textValue();
        long digits = base64.chars()
                .filter(c -> c != '=' && !Character.isWhitespace(c))
                .count();
        // A last group of one digit holds six bits: not a byte.
        if (!BASE64.matcher(base64).matches() || digits % 4 == 1) {
            throw place.invalid("must be base64");
        }
        return text;
    }
}
