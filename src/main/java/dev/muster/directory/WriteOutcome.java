package dev.muster.directory;

import dev.muster.scim.error.ScimError;

/** What has become of one write. */
sealed interface WriteOutcome {

    /** The resource is as was wanted. */
    record Stored(long version) implements WriteOutcome {}

    /** The resource is gone. */
    record Deleted() implements WriteOutcome {}

    /** Nothing was written. */
    record Refused(ScimError error) implements WriteOutcome {}

    static WriteOutcome of(StoredResource resource) {
        return new Stored(resource.version());
    }
}
