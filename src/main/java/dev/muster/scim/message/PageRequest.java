package dev.muster.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.jspecify.annotations.Nullable;

/**
 * A page by index (RFC 7644 §3.4.2.4).
 *
 * @param startIndex the number of the first resource, counted from 1
 * @param count at most so many resources, 0 to {@value Paging#MAX_COUNT}; 0 asks for {@code totalResults} alone
 */
public record PageRequest(long startIndex, int count) implements Paging {

    /** The first page of the usual size. */
    public static final PageRequest FIRST = new PageRequest(1, DEFAULT_COUNT);

    private static final IntegerParameter START_INDEX = new IntegerParameter("startIndex", ScimType.INVALID_VALUE);
    private static final IntegerParameter COUNT = new IntegerParameter("count", ScimType.INVALID_VALUE);

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
        return clamped(START_INDEX.of(startIndex, 1), COUNT.of(count, limits.usual()), limits);
    }

    /** The same for members of a JSON body, absent where null; an integer may be written as a number or as a string. */
    public static PageRequest of(@Nullable JsonNode startIndex, @Nullable JsonNode count, PageLimits limits) {
        return clamped(START_INDEX.of(startIndex, 1), COUNT.of(count, limits.usual()), limits);
    }

    private static PageRequest clamped(long startIndex, long count, PageLimits limits) {
        return new PageRequest(Math.max(1, startIndex), Math.clamp(count, 0, limits.most()));
    }
}
