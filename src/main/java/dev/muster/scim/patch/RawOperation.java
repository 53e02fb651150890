package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the request has it.
 *
 * @param path null where there is none
 * @param value null where there is no such member, a NullNode where it is null
 */
record RawOperation(
        Kind kind, @Nullable String path, @Nullable JsonNode value) {

    /** The values of {@code op}. */
    enum Kind {
        ADD,
        REMOVE,
        REPLACE
    }

    /** The same operation on another target, with the value meant for it. */
    RawOperation on(String otherPath, JsonNode itsValue) {
        return new RawOperation(kind, otherPath, itsValue);
    }
}
