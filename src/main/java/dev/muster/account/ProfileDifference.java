package dev.muster.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In what two profiles differ. */
final class ProfileDifference {

    private ProfileDifference() {}

    /** The names of what differs; {@code fields.} stands in front of the names of fields. */
    static List<String> names(Profile one, Profile other) {
        return List.copyOf(between(one, other).keySet());
    }

    /**
     * What differs, by name.
     *
     * @param one null where there was none
     */
    static SequencedMap<String, ValueChange> between(@Nullable Profile one, Profile other) {
        SequencedMap<String, JsonNode> before = one == null ? new LinkedHashMap<>() : values(one);
        SequencedMap<String, JsonNode> after = values(other);
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(new TreeSet<>(before.keySet()));
        SequencedMap<String, ValueChange> changes = new LinkedHashMap<>();
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                changes.put(name, new ValueChange(before.get(name), after.get(name)));
            }
        }
        return changes;
    }

    private static SequencedMap<String, JsonNode> values(Profile profile) {
        SequencedMap<String, JsonNode> values = new LinkedHashMap<>();
        put(values, "externalId", profile.externalId());
        put(values, "userName", profile.userName());
        put(values, "email", profile.email());
        put(values, "employeeNumber", profile.employeeNumber());
        put(values, "department", profile.department());
        if (!profile.roles().isEmpty()) {
            ArrayNode roles = JsonNodeFactory.instance.arrayNode();
            profile.roles().forEach(roles::add);
            values.put("roles", roles);
        }
        put(values, "signIn", AccountRepository.keyword(profile.signIn()));
        profile.fields().properties().forEach(field -> values.put("fields." + field.getKey(), field.getValue()));
        return values;
    }

    private static void put(SequencedMap<String, JsonNode> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, TextNode.valueOf(value));
        }
    }
}
