package dev.muster.scim.bulk;

import java.util.Arrays;
import java.util.Optional;

/** What an operation does, named as its HTTP method (RFC 7644 §3.7). */
public enum BulkMethod {
    POST,
    PUT,
    PATCH,
    DELETE;

    /** The method of that name, exactly as the RFC writes it. */
    static Optional<BulkMethod> named(String name) {
        return Arrays.stream(values())
                .filter(method -> method.name().equals(name))
                .findFirst();
    }

    /** Whether the operation needs {@code data}. */
    boolean takesData() {
        return this != DELETE;
    }
}
