package dev.muster.scim.schema;

import java.util.Arrays;
import java.util.Optional;

/** The data types of RFC 7643 §2.3. */
public enum AttributeType {
    STRING("string"),
    BOOLEAN("boolean"),
    DECIMAL("decimal"),
    INTEGER("integer"),
    DATE_TIME("dateTime"),
    BINARY("binary"),
    REFERENCE("reference"),
    COMPLEX("complex");

    private final String keyword;

    AttributeType(String keyword) {
        this.keyword = keyword;
    }

    /** The value as it stands in a Schema resource. */
    public String keyword() {
        return keyword;
    }

    /** The constant for a Schema resource's value, exactly as the RFC spells it. */
    public static Optional<AttributeType> of(String keyword) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.keyword.equals(keyword))
                .findFirst();
    }
}
