package dev.muster.scim.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The comparison operators of RFC 7644 §3.4.2.2, table 3, except {@code pr}. */
public enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE;

    /** The operator with that name, in any case. */
    public static Optional<Operator> of(String name) {
        return Arrays.stream(values())
                .filter(operator -> operator.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The operator as it is written in a filter. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
