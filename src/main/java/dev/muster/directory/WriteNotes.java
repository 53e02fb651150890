package dev.muster.directory;

import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is said of a write in the log: names, and no values but those of the identity.
 *
 * @param changes what the write has changed; empty where all was so already, and of a deletion
 * @param ignored names of attributes that were sent and dropped
 */
public record WriteNotes(Identity identity, ChangedAttributes changes, List<String> ignored) {

    private static final String GROUP_MEMBERS = "members[type eq \"Group\"]";

    public WriteNotes {
        ignored = List.copyOf(ignored);
    }

    /** Of what was deleted. */
    static WriteNotes ofDeleted(StoredResource gone) {
        return new WriteNotes(Identity.of(Documents.parse(gone.document())), ChangedAttributes.NONE, List.of());
    }

    /** These, with the members that are groups among what was dropped. */
    WriteNotes withSkippedGroups() {
        return new WriteNotes(
                identity,
                changes,
                Stream.concat(ignored.stream(), Stream.of(GROUP_MEMBERS)).toList());
    }

    /** These, with {@code members} among what has changed. */
    WriteNotes withMembers() {
        return new WriteNotes(identity, changes.withMembers(), ignored);
    }
}
