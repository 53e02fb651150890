package dev.muster.audit;

import dev.muster.scim.resource.ChangedAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of names as the database has them: a name a line, in {@code changes} with a sign in front. */
final class LogNames {

    private static final String ADDED = "+";
    private static final String CHANGED = "~";
    private static final String REMOVED = "-";

    private LogNames() {}

    static @Nullable String text(List<String> names) {
        return names.isEmpty() ? null : String.join("\n", names);
    }

    static @Nullable String text(ChangedAttributes changes) {
        if (changes.isEmpty()) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        changes.added().forEach(name -> lines.add(ADDED + name));
        changes.changed().forEach(name -> lines.add(CHANGED + name));
        changes.removed().forEach(name -> lines.add(REMOVED + name));
        return text(lines);
    }

    static List<String> names(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split("\n"));
    }

    static ChangedAttributes changes(@Nullable String text) {
        List<String> lines = names(text);
        return lines.isEmpty()
                ? ChangedAttributes.NONE
                : new ChangedAttributes(signed(lines, ADDED), signed(lines, CHANGED), signed(lines, REMOVED));
    }

    private static List<String> signed(List<String> lines, String sign) {
        return lines.stream()
                .filter(line -> line.startsWith(sign))
                .map(line -> line.substring(sign.length()))
                .toList();
    }
}
