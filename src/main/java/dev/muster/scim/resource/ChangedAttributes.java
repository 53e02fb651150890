package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the attributes that a write has added, changed and removed, never their values: {@code emails}, or
 * {@code urn:…:User:department} for one of an extension.
 */
public record ChangedAttributes(List<String> added, List<String> changed, List<String> removed) {

    /** Nothing was changed. */
    public static final ChangedAttributes NONE = new ChangedAttributes(List.of(), List.of(), List.of());

    private static final String MEMBERS = "members";
    private static final String SCHEMAS = "schemas";

    public ChangedAttributes {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
    }

    /** What stands between two canonical documents. */
    public static ChangedAttributes between(ObjectNode before, ObjectNode after) {
        ChangedAttributes differences = new Collector().compare("", before, after);
        return differences.isEmpty() ? NONE : differences;
    }

    /** All that a new canonical document has. */
    public static ChangedAttributes allOf(ObjectNode document) {
        return new Collector().compare("", document.objectNode(), document);
    }

    /** These, and {@code members} among the changed ones. */
    public ChangedAttributes withMembers() {
        List<String> more = new ArrayList<>(changed);
        more.add(MEMBERS);
        return new ChangedAttributes(added, more, removed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    private static final class Collector {

        private final List<String> added = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();

        ChangedAttributes compare(String prefix, JsonNode before, JsonNode after) {
            for (Map.Entry<String, JsonNode> member : after.properties()) {
                JsonNode old = before.get(member.getKey());
                note(prefix, member.getKey(), old, member.getValue());
            }
            for (Map.Entry<String, JsonNode> member : before.properties()) {
                if (!after.has(member.getKey())) {
                    note(prefix, member.getKey(), member.getValue(), null);
                }
            }
            return new ChangedAttributes(added, changed, removed);
        }

        private void note(String prefix, String name, @Nullable JsonNode before, @Nullable JsonNode after) {
            if (name.equals(SCHEMAS) || (before != null && before.equals(after))) {
                return;
            }
            if (prefix.isEmpty() && name.indexOf(':') >= 0) {
                compare(name + ":", orEmpty(before), orEmpty(after));
            } else if (before == null) {
                added.add(prefix + name);
            } else if (after == null) {
                removed.add(prefix + name);
            } else {
                changed.add(prefix + name);
            }
        }

        private static JsonNode orEmpty(@Nullable JsonNode extension) {
            return extension == null ? JsonNodeFactory.instance.objectNode() : extension;
        }
    }
}
