package dev.muster.directory;

import dev.muster.scim.schema.SchemaRegistry;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group.
 *
 * @param type the member's resource type: {@code User} or {@code Group}
 * @param display the member's {@code displayName}, null where it has none, or none is shown
 */
public record Member(UUID id, String type, @Nullable String display) {

    /** This member without its name where {@code displayName} of its type is off. */
    Member shownBy(SchemaRegistry schemas) {
        boolean named = display == null
                || schemas.resourceType(type)
                        .flatMap(known -> known.resolve(null, "displayName", null))
                        .isPresent();
        return named ? this : new Member(id, type, null);
    }
}
