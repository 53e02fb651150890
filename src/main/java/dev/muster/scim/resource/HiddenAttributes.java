package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What stored documents hold of attributes that have been switched off since: it stays where it is, so that it is there again
 * when they are switched on, but nothing that is done with a document sees it.
 */
public final class HiddenAttributes {

    private static final String SCHEMAS = "schemas";

    private HiddenAttributes() {}

    /** What there is of {@code stored} as long as the attributes of {@code type} are all; {@code stored} is not changed. */
    public static ObjectNode without(ResourceType type, ObjectNode stored) {
        if (!type.partial()) {
            return stored;
        }
        ObjectNode shown = stored.objectNode();
        stored.properties().forEach(member -> {
            Optional<Schema> extension = type.extension(member.getKey());
            if (extension.isPresent() && member.getValue() instanceof ObjectNode attributes) {
                set(shown, member.getKey(), shown(extension.get()::attribute, attributes));
            } else {
                core(type, member.getKey())
                        .ifPresent(known -> set(shown, member.getKey(), shown(known, member.getValue())));
            }
        });
        Documents.refreshSchemas(type, shown);
        return shown;
    }

    /**
     * What is to be stored of {@code shown}, with what {@code stored} has besides. A value of a multi-valued attribute keeps its
     * hidden parts when it has not changed, or else its type has not; one that has no other parts stays.
     */
    public static ObjectNode kept(ResourceType type, ObjectNode stored, ObjectNode shown) {
        if (!type.partial()) {
            return shown;
        }
        ObjectNode kept = shown.deepCopy();
        for (Map.Entry<String, JsonNode> member : stored.properties()) {
            Optional<Schema> extension = type.extension(member.getKey());
            if (extension.isPresent() && member.getValue() instanceof ObjectNode attributes) {
                ObjectNode target = object(kept, member.getKey());
                keep(extension.get()::attribute, attributes, target);
                set(kept, member.getKey(), target);
            } else {
                keep(core(type, member.getKey()), member, kept);
            }
        }
        keepSchemas(stored, kept);
        return kept;
    }

    /** {@code schemas} goes on naming the schemas of hidden attributes, for the time when they are shown again. */
    private static void keepSchemas(ObjectNode stored, ObjectNode kept) {
        Set<JsonNode> schemas = new LinkedHashSet<>();
        kept.path(SCHEMAS).forEach(schemas::add);
        stored.path(SCHEMAS).valueStream().filter(uri -> kept.has(uri.asText())).forEach(schemas::add);
        kept.putArray(SCHEMAS).addAll(schemas);
    }

    private static Optional<Attribute> core(ResourceType type, String name) {
        return type.resolve(null, name, null).map(AttributeRef::attribute);
    }

    private static ObjectNode shown(Function<String, Optional<Attribute>> attributes, ObjectNode stored) {
        ObjectNode shown = stored.objectNode();
        stored.properties()
                .forEach(member -> attributes
                        .apply(member.getKey())
                        .ifPresent(known -> set(shown, member.getKey(), shown(known, member.getValue()))));
        return shown;
    }

    private static JsonNode shown(Attribute attribute, JsonNode stored) {
        if (stored instanceof ObjectNode object) {
            return shown(attribute::subAttribute, object);
        }
        if (!attribute.complex() || !stored.isArray()) {
            return stored;
        }
        ArrayNode shown = ((ArrayNode) stored).arrayNode();
        stored.forEach(element -> {
            JsonNode part = shown(attribute, element);
            if (!part.isEmpty()) {
                shown.add(part);
            }
        });
        return shown;
    }

    private static void keep(Function<String, Optional<Attribute>> attributes, ObjectNode stored, ObjectNode target) {
        stored.properties().forEach(member -> keep(attributes.apply(member.getKey()), member, target));
    }

    private static void keep(Optional<Attribute> attribute, Map.Entry<String, JsonNode> stored, ObjectNode target) {
        String name = stored.getKey();
        if (attribute.isEmpty()) {
            target.set(name, stored.getValue());
        } else if (stored.getValue() instanceof ObjectNode object) {
            ObjectNode parts = object(target, name);
            keep(attribute.get()::subAttribute, object, parts);
            set(target, name, parts);
        } else if (attribute.get().complex() && stored.getValue().isArray()) {
            ArrayNode elements = target.get(name) instanceof ArrayNode shown ? shown : target.arrayNode();
            keepElements(attribute.get(), stored.getValue(), elements);
            set(target, name, elements);
        }
    }

    private static void keepElements(Attribute attribute, JsonNode stored, ArrayNode elements) {
        List<ObjectNode> untaken = new ArrayList<>();
        stored.forEach(element -> untaken.add((ObjectNode) element));
        List<ObjectNode> changed = new ArrayList<>();
        for (JsonNode element : elements) {
            ObjectNode target = (ObjectNode) element;
            Predicate<ObjectNode> same = before -> shown(attribute, before).equals(target);
            if (!take(untaken, same, attribute, target)) {
                changed.add(target);
            }
        }
        for (ObjectNode target : changed) {
            take(
                    untaken,
                    before -> target.has("type") && target.get("type").equals(before.get("type")),
                    attribute,
                    target);
        }
        untaken.stream().filter(before -> shown(attribute, before).isEmpty()).forEach(elements::add);
    }

    /** Gives {@code target} the hidden parts of the first of {@code untaken} that it comes from; whether there is one. */
    private static boolean take(
            List<ObjectNode> untaken, Predicate<ObjectNode> origin, Attribute attribute, ObjectNode target) {
        Optional<ObjectNode> found = untaken.stream().filter(origin).findFirst();
        found.ifPresent(before -> {
            untaken.remove(before);
            keep(attribute::subAttribute, before, target);
        });
        return found.isPresent();
    }

    private static ObjectNode object(ObjectNode owner, String name) {
        return owner.get(name) instanceof ObjectNode object ? object : owner.objectNode();
    }

    private static void set(ObjectNode owner, String name, JsonNode value) {
        if (value.isContainerNode() && value.isEmpty()) {
            owner.remove(name);
        } else {
            owner.set(name, value);
        }
    }
}
