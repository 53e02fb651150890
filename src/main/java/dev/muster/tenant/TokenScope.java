package dev.muster.tenant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token opens. */
public enum TokenScope {
    /** The SCIM endpoint: for the identity provider. */
    SCIM,
    /** The tenant's API: for the product. */
    APP;

    /** The scope as it stands in the Admin API. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope with that keyword. */
    public static Optional<TokenScope> of(String keyword) {
        return Arrays.stream(values())
                .filter(scope -> scope.keyword().equals(keyword))
                .findFirst();
    }
}
