package dev.muster.account;

import dev.muster.tenant.settings.DeletionGuard;
import org.jspecify.annotations.Nullable;

/** The deletion guard at work: counts deprovisionings up to those that have to be held. */
final class DeletionLimit {

    private final @Nullable DeletionGuard guard;
    private final long accounts;
    private long deprovisioned;

    /**
     * @param guard null where nothing is ever held
     * @param inUse the accounts in use now
     * @param deprovisioned those taken out of use since the window began
     */
    DeletionLimit(@Nullable DeletionGuard guard, long inUse, long deprovisioned) {
        this.guard = guard;
        this.accounts = inUse + deprovisioned;
        this.deprovisioned = deprovisioned;
    }

    /** Counts one more, if it may be carried out. */
    boolean allows() {
        if (guard == null || !exceeded(guard, deprovisioned + 1)) {
            deprovisioned++;
            return true;
        }
        return false;
    }

    /** Counts one that an operator has approved. */
    void count() {
        deprovisioned++;
    }

    private boolean exceeded(DeletionGuard limits, long number) {
        Integer count = limits.count();
        Double share = limits.share();
        return (count == null || number > count) && (share == null || number > share * accounts);
    }
}
