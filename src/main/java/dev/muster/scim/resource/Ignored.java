package dev.muster.scim.resource;

import dev.muster.scim.schema.Shown;
import java.util.ArrayList;
import java.util.List;

/** The names of attributes that were sent and dropped; the first hundred of them. */
final class Ignored {

    private static final int LIMIT = 100;

    private final List<String> names = new ArrayList<>();

    void add(Object name) {
        if (names.size() < LIMIT) {
            names.add(Shown.of(name.toString()));
        }
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
