package dev.muster.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operator decides of a resource of which something waits. */
public enum Decision {
    /** What waits because of dry-run is applied. */
    RELEASE(PendingReason.DRY_RUN),
    /** What waits for approval is applied. */
    APPROVE(PendingReason.DELETION_GUARD),
    /** The account is not deprovisioned. */
    REJECT(PendingReason.DELETION_GUARD),
    /** The user is the owner of an account. */
    LINK(PendingReason.REVIEW, PendingReason.CONFLICT),
    /** The user is the owner of none of the accounts in question: a new one is made. */
    CREATE(PendingReason.REVIEW, PendingReason.CONFLICT);

    private final Set<PendingReason> reasons;

    Decision(PendingReason... reasons) {
        this.reasons = Set.of(reasons);
    }

    /** What waits for such a decision. */
    public Set<PendingReason> reasons() {
        return reasons;
    }

    /** As it is written outside of Java. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Decision> of(@Nullable String keyword) {
        return Arrays.stream(values())
                .filter(decision -> decision.keyword().equals(keyword))
                .findFirst();
    }
}
