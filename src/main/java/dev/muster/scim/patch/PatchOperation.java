package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.filter.Path;
import org.jspecify.annotations.Nullable;

/**
 * One canonical PATCH operation: it always has a path (an operation without one, or one whose path is a schema URI, has
 * become one operation per attribute), and its value is canonical for the path's target.
 */
public sealed interface PatchOperation {

    /** Where the operation acts. */
    Path.OfAttribute path();

    /** Adds (RFC 7644 §3.5.2.1). */
    record Add(Path.OfAttribute path, JsonNode value) implements PatchOperation {}

    /** Replaces (RFC 7644 §3.5.2.3); a null or empty value has become {@link Remove}. */
    record Replace(Path.OfAttribute path, JsonNode value) implements PatchOperation {}

    /**
     * Removes (RFC 7644 §3.5.2.2).
     *
     * @param value what Entra ID sends beside the path: the values to remove, canonical; null where all that the path
     *     means is removed
     */
    record Remove(Path.OfAttribute path, @Nullable JsonNode value) implements PatchOperation {}
}
