package dev.muster.directory;

import dev.muster.scim.error.ScimError;

/** What has become of one write. */
sealed interface WriteOutcome {

    /** The resource is as was wanted. */
    record Stored(long version, WriteNotes notes) implements WriteOutcome {}

    /** The resource is gone. */
    record Deleted(WriteNotes notes) implements WriteOutcome {}

    /** Nothing was written. */
    record Refused(ScimError error) implements WriteOutcome {}

    static WriteOutcome stored(WrittenResource written) {
        return new Stored(written.resource().version(), written.notes());
    }
}
