package dev.muster.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's place on the road from resources to accounts, under lock: whoever has it is the only one who changes the tenant's
 * accounts.
 *
 * @param sequence of the last event
 * @param accountsInUse active and pending accounts
 * @param wantedJob the projection of all resources that is due, null where none is
 * @param tenantVersion of the tenant as it is now: its rules are those of this version
 * @param job the projection of all resources that was begun last
 */
record ProjectionState(
        long sequence,
        long accountsInUse,
        @Nullable UUID wantedJob,
        long tenantVersion,
        @Nullable Job job) {

    /**
     * A projection of all resources.
     *
     * @param after the last resource that was looked at; null at the beginning
     */
    record Job(UUID id, @Nullable UUID after, long total, long done, long changed) {}
}
