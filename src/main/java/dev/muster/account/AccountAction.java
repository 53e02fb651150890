package dev.muster.account;

import java.util.Locale;

/** What is done to an account, or to a group as the product sees it. */
public enum AccountAction {
    /** It is made. */
    CREATE,
    /** What it says becomes something else, or it can be used again. */
    UPDATE,
    /** It cannot be used any more. */
    DEACTIVATE,
    /** It cannot be used any more, and is erased when its retention ends. */
    BLOCK,
    /** It is erased, or the group is gone. */
    DELETE,
    /** An account that is there gets a user. */
    LINK,
    /** Nothing. */
    NONE;

    /** As it is written outside of Java. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an assessment comes to, if nothing has to wait any more. */
    static AccountAction of(Assessment assessment) {
        Account before = assessment.before();
        Account after = assessment.after();
        if (assessment.waits() == PendingReason.CONFLICT || after == null || !assessment.changes()) {
            return NONE;
        }
        if (before == null) {
            return CREATE;
        }
        if (after.resourceId() != null && !after.resourceId().equals(before.resourceId())) {
            return LINK;
        }
        return before.status() == after.status() ? UPDATE : of(after.status());
    }

    private static AccountAction of(AccountStatus status) {
        return switch (status) {
            case PENDING, ACTIVE -> UPDATE;
            case INACTIVE -> DEACTIVATE;
            case BLOCKED -> BLOCK;
            case DELETED -> DELETE;
        };
    }
}
