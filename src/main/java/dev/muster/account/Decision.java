package dev.muster.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator has decided of a resource of which something waits. */
enum Decision {
    /** What waits because of dry-run is applied. */
    RELEASE,
    /** What waits for approval is applied. */
    APPROVE,
    /** The account is not deprovisioned. */
    REJECT,
    /** The user is the owner of an account. */
    LINK,
    /** The user is the owner of none of the accounts in question: a new one is made. */
    CREATE;

    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Decision> of(@Nullable String keyword) {
        return Arrays.stream(values())
                .filter(decision -> decision.keyword().equals(keyword))
                .findFirst();
    }
}
