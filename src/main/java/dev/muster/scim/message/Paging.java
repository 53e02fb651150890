package dev.muster.scim.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: by index (RFC 7644 §3.4.2.4), which is the default, or by cursor (RFC 9865). A request
 * chooses cursors by sending {@code cursor}, empty for the first page.
 */
public sealed interface Paging permits PageRequest, CursorRequest {

    /** As many resources as one response has where neither the request nor the configuration says. */
    int DEFAULT_COUNT = 100;

    /** More resources than these are never in one response. */
    int MAX_COUNT = 1_000;

    /** At most so many resources, 0 to {@value #MAX_COUNT}; 0 asks for {@code totalResults} alone. */
    int count();

    /**
     * The page that query parameters ask for; null where one is absent.
     *
     * @throws ScimException invalidValue, or invalidCount with a cursor, where a number is none; invalidValue where both
     *     methods are asked for at once
     */
    static Paging of(@Nullable String startIndex, @Nullable String cursor, @Nullable String count, PageLimits limits) {
        if (cursor == null) {
            return PageRequest.of(startIndex, count, limits);
        }
        refuseBoth(startIndex != null && !startIndex.isBlank());
        return CursorRequest.of(cursor, count, limits);
    }

    /** The same for members of a JSON body. */
    static Paging of(
            @Nullable JsonNode startIndex, @Nullable JsonNode cursor, @Nullable JsonNode count, PageLimits limits) {
        if (cursor == null || cursor.isNull()) {
            return PageRequest.of(startIndex, count, limits);
        }
        refuseBoth(startIndex != null && !startIndex.isNull());
        return CursorRequest.of(cursor, count, limits);
    }

    private static void refuseBoth(boolean both) {
        if (both) {
            throw ScimException.invalidValue(
                    "startIndex and cursor are two methods of paging (RFC 9865 §2.4); send one of them");
        }
    }
}
