package dev.muster.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resource of which something waits to be applied.
 *
 * @param type {@code User} or {@code Group}
 * @param since since when; another change of the same resource does not begin it anew
 * @param account the account that is concerned, null where there is none yet
 * @param candidates the accounts that a new user may be the owner of
 */
public record Pending(
        UUID resource,
        String type,
        PendingReason reason,
        Instant since,
        @Nullable UUID account,
        List<UUID> candidates) {

    public Pending {
        candidates = List.copyOf(candidates);
    }
}
