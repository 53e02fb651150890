package dev.muster.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.schema.Shown;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An integer parameter of a query, of any size: one beyond the range of long is the nearest long.
 *
 * @param failure what the client hears where it is no integer
 */
record IntegerParameter(String name, ScimType failure) {

    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final int LONG_DIGITS = 18;

    /** The integer that is written as text; {@code otherwise} where it is absent or blank. */
    long of(@Nullable String text, long otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        String digits = text.strip();
        if (!INTEGER.matcher(digits).matches()) {
            throw notAnInteger(text);
        }
        String significant = digits.replaceFirst("^(-?)0+(?=\\d)", "$1");
        if (significant.length() > LONG_DIGITS) {
            return significant.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return Long.parseLong(significant);
    }

    /** The same of a member of a JSON body, which may be a number or a string. */
    long of(@Nullable JsonNode value, long otherwise) {
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (value.isTextual()) {
            return of(value.textValue(), otherwise);
        }
        if (!value.isNumber()) {
            throw notAnInteger(value.getNodeType().name());
        }
        if (value.isLong() || value.isInt()) {
            return value.longValue();
        }
        boolean endless =
                value.isFloatingPointNumber() && !value.isBigDecimal() && Double.isInfinite(value.doubleValue());
        if (endless) {
            return value.doubleValue() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return of(value.decimalValue());
    }

    private long of(BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            throw notAnInteger("a fraction");
        }
        if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return number.longValueExact();
    }

    private ScimException notAnInteger(String sent) {
        return ScimException.of(failure, name + " must be an integer, not \"" + Shown.of(sent) + "\"");
    }
}
