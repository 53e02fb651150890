package dev.muster.account;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the change log: which resource is to be looked at, not how it has changed.
 *
 * @param at when it was noted, by the database's clock
 * @param id tells changes of one moment apart
 * @param type {@code User} or {@code Group}
 * @param members empty where the resource itself has changed; else members that have been added or removed
 * @param decision null where a client wrote
 * @param account with the decision {@link Decision#LINK}: the account
 */
record Change(
        OffsetDateTime at,
        UUID id,
        UUID resource,
        String type,
        List<UUID> members,
        @Nullable Decision decision,
        @Nullable UUID account) {

    static final String USER = "User";
    static final String GROUP = "Group";

    Change {
        members = List.copyOf(members);
    }
}
