package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.dialect.SentName;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a resource-like JSON object, each with the attribute that it means. */
final class SentMembers {

    /** A member: what it means and what was sent. */
    record Sent(SentName name, JsonNode value) {}

    private final ResourceType type;
    private final boolean lenient;
    private final Ignored ignored;
    private final List<Sent> members = new ArrayList<>();

    private SentMembers(ResourceType type, boolean lenient, Ignored ignored) {
        this.type = type;
        this.lenient = lenient;
        this.ignored = ignored;
    }

    /** All members of {@code object} and of the extension objects in it, except {@code schemas}. */
    static List<Sent> of(ResourceType type, JsonNode object, boolean lenient, Ignored ignored) {
        SentMembers sent = new SentMembers(type, lenient, ignored);
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            sent.take(member.getKey(), member.getValue());
        }
        return sent.members;
    }

    private void take(String name, JsonNode value) {
        if (name.equalsIgnoreCase("schemas")) {
            return;
        }
        if (add(null, name, value)) {
            return;
        }
        Optional<Schema> extension = type.extension(name);
        if (extension.isPresent()) {
            takeAll(extension.get().id(), extension.get().id(), value);
        } else if (lenient && name.equalsIgnoreCase(type.schema().id())) {
            takeAll(null, type.schema().id(), value);
        } else {
            takePath(name, value);
        }
    }

    private void takeAll(@Nullable String schemaId, String prefix, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isObject()) {
            throw ScimException.invalidValue(prefix + " must be an object");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!add(schemaId, member.getKey(), member.getValue())) {
                takePath(prefix + ":" + member.getKey(), member.getValue());
            }
        }
    }

    private boolean add(@Nullable String schemaId, String name, JsonNode value) {
        Optional<AttributeRef> attribute = type.resolve(schemaId, name, null);
        attribute.ifPresent(found -> members.add(new Sent(new SentName(found, null), value)));
        return attribute.isPresent();
    }

    private void takePath(String path, JsonNode value) {
        Optional<SentName> meant = lenient ? SentName.parse(type, path) : Optional.empty();
        if (meant.isPresent()) {
            members.add(new Sent(meant.get(), value));
        } else if (path.indexOf(':') >= 0 && value.isObject() && !value.isEmpty()) {
            value.fieldNames().forEachRemaining(attribute -> unsupported(path + ":" + attribute));
        } else {
            unsupported(path);
        }
    }

    private void unsupported(String path) {
        ignored.addUnsupported(
                path,
                () -> type.name() + " has no attribute \"" + Shown.of(path)
                        + "\" in the schemas that this endpoint knows");
    }
}
