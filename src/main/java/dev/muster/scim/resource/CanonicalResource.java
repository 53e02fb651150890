package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a client sent as a whole resource, in canonical form.
 *
 * @param document names in the schema's spelling, multi-valued attributes as arrays, values checked; nothing null or empty
 *     in it, and nothing that the client may not set
 * @param ignored names of attributes that were sent and dropped, at most a hundred, for the log; never values
 */
public record CanonicalResource(ObjectNode document, List<String> ignored) {

    public CanonicalResource {
        ignored = List.copyOf(ignored);
    }
}
