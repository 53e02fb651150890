package dev.muster.scim.schema;

import java.util.Arrays;
import java.util.Optional;

/** When a client may set an attribute (RFC 7643 §2.2, §7). */
public enum Mutability {
    READ_ONLY("readOnly"),
    READ_WRITE("readWrite"),
    IMMUTABLE("immutable"),
    WRITE_ONLY("writeOnly");

    private final String keyword;

    Mutability(String keyword) {
        this.keyword = keyword;
    }

    /** The value as it stands in a Schema resource. */
    public String keyword() {
        return keyword;
    }

    /** The constant for a Schema resource's value, exactly as the RFC spells it. */
    public static Optional<Mutability> of(String keyword) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.keyword.equals(keyword))
                .findFirst();
    }
}
