package dev.muster.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group as the product sees it.
 *
 * @param id that of its resource
 * @param version counts the changes of its names, from 1
 */
public record AccountGroup(
        UUID id,
        @Nullable String externalId,
        @Nullable String displayName,
        long version,
        Instant created,
        Instant lastModified) {

    /** As the product and operators read it. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id.toString());
        if (externalId != null) {
            json.put("externalId", externalId);
        }
        if (displayName != null) {
            json.put("displayName", displayName);
        }
        json.put("version", version);
        json.put("created", created.toString());
        json.put("lastModified", lastModified.toString());
        return json;
    }

    boolean sameNames(AccountGroup other) {
        return Objects.equals(externalId, other.externalId) && Objects.equals(displayName, other.displayName);
    }
}
