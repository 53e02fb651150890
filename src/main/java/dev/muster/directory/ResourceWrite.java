package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.patch.MemberChange;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.HiddenAttributes;
import dev.muster.scim.resource.Identity;
import dev.muster.scim.schema.ResourceType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to be done with one resource, read and checked as far as that can be done without the database. Made by
 * {@link ResourceWrites}; carried out one at a time by {@link Directory}, many at once by {@link BatchedWrites}.
 */
sealed interface ResourceWrite {

    ResourceType type();

    UUID id();

    /** A new resource. */
    record Create(ResourceType type, UUID id, ResourceRow row, List<UUID> members, WriteNotes notes)
            implements ResourceWrite {

        public Create {
            members = List.copyOf(members);
            if (members.contains(id)) {
                throw GroupMembers.ownMember();
            }
        }

        /** What it is when it has been stored. */
        StoredResource stored(Instant now) {
            return new StoredResource(type.name(), id, 1, now, now, row.document(), List.of());
        }

        WrittenResource written(Instant now, MembersOutcome outcome) {
            return new WrittenResource(stored(now), outcome.groupsSkipped() ? notes.withSkippedGroups() : notes);
        }
    }

    /**
     * Another state of a resource that is there.
     *
     * @param ifMatch the versions that may be changed, as in the header If-Match; null for any
     * @param document what the document becomes; the one that is given to it is not changed
     * @param members what becomes of a group's members
     * @param ignored names of attributes that were sent and dropped
     */
    record Change(
            ResourceType type,
            UUID id,
            @Nullable String ifMatch,
            UnaryOperator<ObjectNode> document,
            List<MemberChange> members,
            List<String> ignored)
            implements ResourceWrite {

        public Change {
            ignored = List.copyOf(ignored);
            members = List.copyOf(members);
        }

        /** What it comes to for the resource as it is. */
        Next next(StoredResource current) {
            ObjectNode stored = Documents.parse(current.document());
            ObjectNode before = HiddenAttributes.without(type, stored);
            ObjectNode after = document.apply(before);
            boolean same = after.equals(before);
            ChangedAttributes changes = same ? ChangedAttributes.NONE : ChangedAttributes.between(before, after);
            return new Next(
                    same ? null : ResourceRow.of(type, HiddenAttributes.kept(type, stored, after)),
                    new WriteNotes(Identity.of(after), changes, ignored));
        }
    }

    /**
     * What a change comes to.
     *
     * @param row what is to be stored; null where the document says so already: that is not written again
     */
    record Next(@Nullable ResourceRow row, WriteNotes notes) {}

    /** The end of a resource. */
    record Delete(ResourceType type, UUID id, @Nullable String ifMatch) implements ResourceWrite {}

    /**
     * The resource that was found under lock, if it is the one that may be written.
     *
     * @throws ScimException 404 where none was found, 412 where it has another version
     */
    static ResourceRepository.Locked matching(
            Optional<ResourceRepository.Locked> found, ResourceType type, @Nullable String ifMatch) {
        ResourceRepository.Locked locked = found.orElseThrow(() -> notFound(type));
        if (ifMatch != null && !EntityTags.matches(ifMatch, locked.resource().version())) {
            throw ScimException.of(
                    412, "The resource has changed: its version is not the one in If-Match. Read it again and retry.");
        }
        return locked;
    }

    static ScimException notFound(ResourceType type) {
        return ScimException.of(404, "There is no " + type.name() + " with this id.");
    }
}
