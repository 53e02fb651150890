package dev.muster.directory;

import java.util.UUID;

/**
 * A member of a group.
 *
 * @param type the member's resource type: {@code User} or {@code Group}
 */
public record Member(UUID id, String type) {}
