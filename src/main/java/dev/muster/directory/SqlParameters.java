package dev.muster.directory;

import java.util.ArrayList;
import java.util.List;

/** Collects the parameters of a statement while its text is written. */
final class SqlParameters {

    private final int first;
    private final List<Object> values = new ArrayList<>();

    /** @param first the number of the first placeholder to hand out */
    SqlParameters(int first) {
        this.first = first;
    }

    /** The placeholder that stands for {@code value}; each call makes a new one, whatever the value. */
    String add(Object value) {
        values.add(value);
        return "$" + (first + values.size() - 1);
    }

    List<Object> values() {
        return values;
    }
}
