package dev.muster.directory;

import dev.muster.scim.bulk.BulkMethod;
import dev.muster.scim.bulk.BulkOperation;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.resource.ChangedAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a Bulk request whose turn has come.
 *
 * @param path of the resource that it is about, null where it is about none or creates it
 * @param references the places of the operations that create what this one refers to
 * @param write what is to be done, null where {@code error} says why it cannot be
 */
record BulkStep(
        BulkOperation operation,
        @Nullable String path,
        List<Integer> references,
        @Nullable ResourceWrite write,
        @Nullable ScimError error) {

    BulkStep {
        references = List.copyOf(references);
    }

    int index() {
        return operation.index();
    }

    /** The id of the resource that is written; only where there is a write. */
    UUID target() {
        return Objects.requireNonNull(write).id();
    }

    /** Whether one statement can do this together with others of its kind; memberships are changed group by group. */
    boolean batchable() {
        return !(write instanceof ResourceWrite.Change change)
                || change.members().isEmpty();
    }

    BulkResult failed(ScimError why) {
        return new BulkResult(
                index(), operation.method(), operation.bulkId(), path, null, why.status(), why, target(sent()));
    }

    BulkResult result(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Refused refused -> failed(refused.error());
            case WriteOutcome.Deleted deleted -> succeeded(null, 204, deleted.notes());
            case WriteOutcome.Stored stored -> succeeded(stored.version(), status(), stored.notes());
        };
    }

    /** A group's PATCH answers without a body (see docs/architecture.md), and so with 204. */
    private int status() {
        if (operation.method() == BulkMethod.POST) {
            return 201;
        }
        boolean silent = operation.method() == BulkMethod.PATCH
                && Objects.requireNonNull(write).type().name().equals("Group");
        return silent ? 204 : 200;
    }

    private BulkResult succeeded(@Nullable Long version, int status, WriteNotes notes) {
        ResourceWrite done = Objects.requireNonNull(write);
        String resource = done.type().endpoint() + "/" + done.id();
        return new BulkResult(
                index(), operation.method(), operation.bulkId(), resource, version, status, null, target(notes));
    }

    private BulkResult.Target target(WriteNotes notes) {
        return write == null
                ? new BulkResult.Target(null, idInPath().orElse(null), notes)
                : new BulkResult.Target(write.type().name(), write.id(), notes);
    }

    private Optional<UUID> idInPath() {
        return path == null ? Optional.empty() : ResourceIds.parse(path.substring(path.lastIndexOf('/') + 1));
    }

    /** Whom an operation was about that has changed nothing. */
    private WriteNotes sent() {
        return new WriteNotes(operation.identity(), ChangedAttributes.NONE, List.of());
    }
}
