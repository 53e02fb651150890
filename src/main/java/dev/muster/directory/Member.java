package dev.muster.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group.
 *
 * @param type the member's resource type: {@code User} or {@code Group}
 * @param display the member's {@code displayName}, null where it has none
 */
public record Member(UUID id, String type, @Nullable String display) {}
