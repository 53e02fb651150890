package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people know a resource by, each null where it is not known: all that a log may say of a resource's values.
 *
 * @param userName as it was written
 * @param externalId as it was written
 * @param displayName as it was written
 */
public record Identity(
        @Nullable String userName,
        @Nullable String externalId,
        @Nullable String displayName) {

    /** Nobody knows. */
    public static final Identity UNKNOWN = new Identity(null, null, null);

    /** By a canonical document, or by what a client has sent as a resource, whatever else is wrong with it. */
    public static Identity of(JsonNode resource) {
        return new Identity(text(resource, "userName"), text(resource, "externalId"), text(resource, "displayName"));
    }

    /** Whether nothing is known. */
    public boolean isUnknown() {
        return userName == null && externalId == null && displayName == null;
    }

    private static @Nullable String text(JsonNode resource, String name) {
        JsonNode exact = resource.get(name);
        if (exact != null) {
            return exact.textValue();
        }
        for (Map.Entry<String, JsonNode> member : resource.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue().textValue();
            }
        }
        return null;
    }
}
