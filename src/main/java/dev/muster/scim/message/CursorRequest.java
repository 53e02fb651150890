package dev.muster.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.jspecify.annotations.Nullable;

/**
 * A page by cursor (RFC 9865 §2).
 *
 * @param cursor as an earlier response had it; empty for the first page
 * @param count at most so many resources, 0 to {@value Paging#MAX_COUNT}
 */
public record CursorRequest(String cursor, int count) implements Paging {

    private static final IntegerParameter COUNT = new IntegerParameter("count", ScimType.INVALID_COUNT);

    public CursorRequest {
        if (count < 0 || count > MAX_COUNT) {
            throw new IllegalArgumentException("not a page: " + count);
        }
    }

    /** Whether the first page is asked for. */
    public boolean first() {
        return cursor.isEmpty();
    }

    static CursorRequest of(String cursor, @Nullable String count, PageLimits limits) {
        return new CursorRequest(cursor, bounded(COUNT.of(count, limits.usual()), limits.most()));
    }

    static CursorRequest of(JsonNode cursor, @Nullable JsonNode count, PageLimits limits) {
        if (!cursor.isTextual()) {
            throw ScimException.of(ScimType.INVALID_CURSOR, "cursor must be a string; it is empty for the first page");
        }
        return new CursorRequest(cursor.textValue(), bounded(COUNT.of(count, limits.usual()), limits.most()));
    }

    /** A negative count is 0 (RFC 9865 table 1); one above the maximum is refused (table 3), not cut as with an index. */
    private static int bounded(long count, int most) {
        if (count > most) {
            throw ScimException.of(ScimType.INVALID_COUNT, "count must be between 0 and " + most + " with a cursor");
        }
        return (int) Math.max(0, count);
    }
}
