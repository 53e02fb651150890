package dev.muster.scim.resource;

import dev.muster.scim.schema.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The names of attributes that were sent and dropped; the first hundred of them. */
final class Ignored {

    private static final int LIMIT = 100;

    private final List<String> names = new ArrayList<>();
    private final Consumer<String> listener;

    Ignored() {
        this(name -> {});
    }

    /** {@code listener} hears every name as it is added. */
    Ignored(Consumer<String> listener) {
        this.listener = listener;
    }

    void add(Object name) {
        if (names.size() < LIMIT) {
            String shown = Shown.of(name.toString());
            names.add(shown);
            listener.accept(shown);
        }
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
