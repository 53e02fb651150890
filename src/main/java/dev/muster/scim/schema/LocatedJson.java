package dev.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stands, so that what is wrong with it can be said with its JSON pointer (RFC 6901).
 * A member that is null counts as absent.
 */
record LocatedJson(JsonNode node, String pointer) {

    ScimException wrong(String what) {
        return ScimException.invalidValue((pointer.isEmpty() ? "the schema" : pointer) + " " + what);
    }

    /** What is wrong with a member, there or not. */
    ScimException wrongMember(String name, String what) {
        return new LocatedJson(node, pointer + "/" + name).wrong(what);
    }

    LocatedJson object() {
        if (!node.isObject()) {
            throw wrong("must be an object");
        }
        return this;
    }

    /** Refuses a misspelt member, which would otherwise silently have no effect. */
    void knownMembers(Set<String> known) {
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!known.contains(name)) {
                throw wrong("has an unknown member \"" + Shown.of(name) + "\"; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    @Nullable
    LocatedJson member(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : new LocatedJson(value, pointer + "/" + name);
    }

    String text(String name) {
        LocatedJson member = member(name);
        if (member == null) {
            throw new LocatedJson(node, pointer + "/" + name).wrong("is required");
        }
        return member.text();
    }

    String text(String name, String otherwise) {
        LocatedJson member = member(name);
        return member == null ? otherwise : member.text();
    }

    boolean flag(String name, boolean otherwise) {
        LocatedJson member = member(name);
        if (member == null) {
            return otherwise;
        }
        if (!member.node.isBoolean()) {
            throw member.wrong("must be true or false");
        }
        return member.node.booleanValue();
    }

    List<LocatedJson> elements(String name) {
        LocatedJson member = member(name);
        if (member == null) {
            return List.of();
        }
        if (!member.node.isArray()) {
            throw member.wrong("must be an array");
        }
        List<LocatedJson> elements = new ArrayList<>();
        for (JsonNode element : member.node) {
            elements.add(new LocatedJson(element, member.pointer + "/" + elements.size()));
        }
        return elements;
    }

    List<String> texts(String name) {
        return elements(name).stream().map(LocatedJson::text).toList();
    }

    /** One of an enumeration's values, exactly as the RFC spells it. */
    <T> T choice(String name, Function<String, Optional<T>> lookup, T otherwise, List<String> keywords) {
        LocatedJson member = member(name);
        return member == null
                ? otherwise
                : lookup.apply(member.text())
                        .orElseThrow(() -> member.wrong("must be one of " + String.join(", ", keywords)));
    }

    String text() {
        if (!node.isTextual() || node.textValue().indexOf('\0') >= 0) {
            throw wrong("must be a string without NUL characters");
        }
        return node.textValue();
    }
}
