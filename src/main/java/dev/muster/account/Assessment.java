package dev.muster.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of the account of one user.
 *
 * @param before null where there is no account
 * @param after null where there is none, and is to be none
 * @param waits why it is not applied; null where it is
 * @param candidates with {@link PendingReason#REVIEW} and {@link PendingReason#CONFLICT}: whose owner the user may be
 */
record Assessment(
        UUID resource,
        @Nullable Account before,
        @Nullable Account after,
        @Nullable PendingReason waits,
        List<UUID> candidates) {

    Assessment {
        candidates = List.copyOf(candidates);
    }

    /** Whether the account is to be another than it is. */
    boolean changes() {
        return after != null && (before == null || !after.sameAs(before));
    }

    /** Whether it takes an account out of use. */
    boolean deprovisions() {
        return before != null
                && before.status().inUse()
                && after != null
                && !after.status().inUse();
    }

    /** What it makes another value of the account; {@code status} comes first. Empty where it is not known whose account. */
    SequencedMap<String, ValueChange> differences() {
        SequencedMap<String, ValueChange> differences = new LinkedHashMap<>();
        if (after == null || waits == PendingReason.CONFLICT) {
            return differences;
        }
        ValueChange.add(
                differences,
                "status",
                before == null ? null : before.status().keyword(),
                after.status().keyword());
        differences.putAll(ProfileDifference.between(before == null ? null : before.profile(), after.profile()));
        return differences;
    }
}
