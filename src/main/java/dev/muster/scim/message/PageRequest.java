package dev.muster.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Shown;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for (RFC 7644 §3.4.2.4).
 *
 * @param startIndex the number of the first resource, counted from 1
 * @param count at most so many resources, 0 to {@value #MAX_COUNT}; 0 asks for {@code totalResults} alone
 */
public record PageRequest(long startIndex, int count) {

    /** As many resources as one response has where neither the request nor the configuration says. */
    public static final int DEFAULT_COUNT = 100;
    /** More resources than these are never in one response. */
    public static final int MAX_COUNT = 1_000;

    /** The first page of the usual size. */
    public static final PageRequest FIRST = new PageRequest(1, DEFAULT_COUNT);

    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final int LONG_DIGITS = 18;

    public PageRequest {
        if (startIndex < 1 || count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("not a page: " + startIndex + ", " + count);
        }
    }

    /**
     * The page that two query parameters ask for; absent or blank ones mean the default. Integers of any size are taken: a
     * startIndex below 1 is 1, a negative count is 0 and one above the maximum is the maximum (RFC 7644 §3.4.2.4).
     *
     * @throws ScimException invalidValue where one is not an integer
     */
    public static PageRequest of(@Nullable String startIndex, @Nullable String count, PageLimits limits) {
        return clamped(integer("startIndex", startIndex, 1), integer("count", count, limits.usual()), limits);
    }

    /** The same for members of a JSON body, absent where null; an integer may be written as a number or as a string. */
    public static PageRequest of(@Nullable JsonNode startIndex, @Nullable JsonNode count, PageLimits limits) {
        return clamped(integer("startIndex", startIndex, 1), integer("count", count, limits.usual()), limits);
    }

    private static PageRequest clamped(long startIndex, long count, PageLimits limits) {
        return new PageRequest(Math.max(1, startIndex), Math.clamp(count, 0, limits.most()));
    }

    private static long integer(String name, @Nullable String text, long otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        String digits = text.strip();
        if (!INTEGER.matcher(digits).matches()) {
            throw notAnInteger(name, text);
        }
        String significant = digits.replaceFirst("^(-?)0+(?=\\d)", "$1");
        if (significant.length() > LONG_DIGITS) {
            return significant.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return Long.parseLong(significant);
    }

    private static long integer(String name, @Nullable JsonNode value, long otherwise) {
        if (value == null || value.isNull()) {
            return otherwise;
        }
        if (value.isTextual()) {
            return integer(name, value.textValue(), otherwise);
        }
        if (!value.isNumber()) {
            throw notAnInteger(name, value.getNodeType().name());
        }
        if (value.isLong() || value.isInt()) {
            return value.longValue();
        }
        boolean endless =
                value.isFloatingPointNumber() && !value.isBigDecimal() && Double.isInfinite(value.doubleValue());
        if (endless) {
            return value.doubleValue() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return integer(name, value.decimalValue());
    }

    private static long integer(String name, BigDecimal number) {
        if (number.stripTrailingZeros().scale() > 0) {
            throw notAnInteger(name, "a fraction");
        }
        if (number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return number.longValueExact();
    }

    private static ScimException notAnInteger(String name, String sent) {
        return ScimException.invalidValue(name + " must be an integer, not \"" + Shown.of(sent) + "\"");
    }
}
