package dev.muster.account;

import java.util.Arrays;
import java.util.Optional;

/** Why something waits to be applied to the accounts. */
public enum PendingReason {
    /** The tenant is in dry-run; until it is released. */
    DRY_RUN("dry-run"),
    /** There are more deprovisionings than the deletion guard lets pass; until it is approved or rejected. */
    DELETION_GUARD("deletion-guard"),
    /** The user's department is not in the map; until it is. */
    DEPARTMENT("department"),
    /** The user has been recognised by something that the tenant wants reviewed; until it is linked, or created anew. */
    REVIEW("review"),
    /** The user could be the owner of several accounts; until it is linked to one, or created anew. */
    CONFLICT("conflict");

    private final String keyword;

    PendingReason(String keyword) {
        this.keyword = keyword;
    }

    /** As it is written outside of Java. */
    public String keyword() {
        return keyword;
    }

    /** The reason with that keyword. */
    public static Optional<PendingReason> of(String keyword) {
        return Arrays.stream(values())
                .filter(reason -> reason.keyword.equals(keyword))
                .findFirst();
    }
}
