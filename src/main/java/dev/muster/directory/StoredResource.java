package dev.muster.directory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A resource as it is stored, without what the endpoint adds (locations) and without a group's members, which are read page
 * by page.
 *
 * @param type the resource type's name
 * @param version counts the changes, from 1
 * @param document the canonical document as JSON text: never empty, without {@code id}, {@code meta}, {@code members}
 * @param groups the groups that the resource is a direct member of; empty where they were not asked for
 */
public record StoredResource(
        String type,
        UUID id,
        long version,
        Instant created,
        Instant lastModified,
        String document,
        List<GroupLink> groups) {

    /**
     * A group that a resource is a member of.
     *
     * @param display the group's display name
     */
    public record GroupLink(UUID id, String display) {}

    public StoredResource {
        groups = List.copyOf(groups);
    }

    /** The next version, with another document. */
    StoredResource changed(String changedDocument, Instant now) {
        return new StoredResource(type, id, version + 1, created, now, changedDocument, groups);
    }

    /** The weak entity tag (RFC 7644 §3.14), also {@code meta.version}. */
    public String entityTag() {
        return EntityTags.of(version);
    }
}
