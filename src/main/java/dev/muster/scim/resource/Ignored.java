package dev.muster.scim.resource;

import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The names of attributes that were sent and dropped, the first hundred of them; and whether those that no schema has are. */
final class Ignored {

    private static final int LIMIT = 100;
    /** What values are selected by, where it is not their type: it may be personal data. */
    private static final Pattern VALUES = Pattern.compile("\\[(?!\\d+]|type eq \"[\\w-]*\"])[^]]*]?");

    private final List<String> names = new ArrayList<>();
    private final Unsupported unsupported;
    private final Consumer<String> listener;

    /** @param listener hears every name as it is added */
    Ignored(Unsupported unsupported, Consumer<String> listener) {
        this.unsupported = unsupported;
        this.listener = listener;
    }

    /**
     * Drops what the resource type does not have, if that is dropped.
     *
     * @throws ScimException invalidSyntax with the detail that {@code why} gives, if it is refused
     */
    void addUnsupported(Object name, Supplier<String> why) {
        if (unsupported == Unsupported.REFUSED) {
            throw ScimException.invalidSyntax(why.get());
        }
        add(name);
    }

    void add(Object name) {
        if (names.size() < LIMIT) {
            String shown = Shown.of(VALUES.matcher(name.toString()).replaceAll("[…]"));
            names.add(shown);
            listener.accept(shown);
        }
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
