package dev.muster.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can do with an account. */
public enum AccountStatus {
    /** It has not been activated yet: nobody can sign in. */
    PENDING,
    /** It can be used. */
    ACTIVE,
    /** It cannot be used: its user has been deactivated or deleted. */
    INACTIVE,
    /** As {@link #INACTIVE}, until it is erased on the day on which its retention ends. */
    BLOCKED,
    /** It has been erased: what is left is its id. */
    DELETED;

    /** Whether it is, or is about to be, somebody's who may use the product. */
    public boolean inUse() {
        return this == PENDING || this == ACTIVE;
    }

    /** As it is written outside of Java. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status with that keyword. */
    public static Optional<AccountStatus> of(String keyword) {
        return Arrays.stream(values())
                .filter(status -> status.keyword().equals(keyword))
                .findFirst();
    }
}
