package dev.muster.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of what waits is listed, the longest waiting first.
 *
 * @param reason null for any
 * @param type {@code User} or {@code Group}; null for both
 * @param after where the page before has ended; null for the first page
 */
public record PendingQuery(
        @Nullable PendingReason reason,
        @Nullable String type,
        @Nullable Place after,
        int limit) {

    /** A place in the list: behind this resource. */
    public record Place(Instant since, UUID resource) {

        static final Place BEFORE_ALL = new Place(Instant.EPOCH, new UUID(0, 0));

        /** The place of an entry. */
        public static Place of(Pending pending) {
            return new Place(pending.since(), pending.resource());
        }
    }
}
