package dev.muster.scim.schema;

import java.util.Arrays;
import java.util.Optional;

/** When an attribute stands in a response (RFC 7643 §2.2, §7). */
public enum Returned {
    ALWAYS("always"),
    NEVER("never"),
    DEFAULT("default"),
    REQUEST("request");

    private final String keyword;

    Returned(String keyword) {
        this.keyword = keyword;
    }

    /** The value as it stands in a Schema resource. */
    public String keyword() {
        return keyword;
    }

    /** The constant for a Schema resource's value, exactly as the RFC spells it. */
    public static Optional<Returned> of(String keyword) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.keyword.equals(keyword))
                .findFirst();
    }
}
