package dev.muster.scim.schema;

import java.util.Arrays;
import java.util.Optional;

/** How values of an attribute are kept apart (RFC 7643 §2.2, §7); Muster enforces server and global per tenant and resource type. */
public enum Uniqueness {
    NONE("none"),
    SERVER("server"),
    GLOBAL("global");

    private final String keyword;

    Uniqueness(String keyword) {
        this.keyword = keyword;
    }

    /** The value as it stands in a Schema resource. */
    public String keyword() {
        return keyword;
    }

    /** The constant for a Schema resource's value, exactly as the RFC spells it. */
    public static Optional<Uniqueness> of(String keyword) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.keyword.equals(keyword))
                .findFirst();
    }
}
