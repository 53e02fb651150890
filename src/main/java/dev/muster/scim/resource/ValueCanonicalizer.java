package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.LenientComplex;
import dev.muster.scim.dialect.LenientValues;
import dev.muster.scim.dialect.SubAttributeAliases;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of attributes, checked and in canonical form; null is unassigned (RFC 7643 §2.5). */
final class ValueCanonicalizer {

    private final boolean lenient;
    private final Ignored ignored;

    /**
     * @param lenient whether other forms than the RFC's are understood
     * @param ignored takes the names of what is dropped
     */
    ValueCanonicalizer(boolean lenient, Ignored ignored) {
        this.lenient = lenient;
        this.ignored = ignored;
    }

    /** The whole value of an attribute: an array if it is multi-valued. */
    @Nullable
    JsonNode whole(Attribute attribute, JsonNode value, Place place) {
        if (unassigned(value)) {
            return null;
        }
        return attribute.multiValued() ? elements(attribute, value, place) : single(attribute, value, place);
    }

    /** One value of an attribute. */
    @Nullable
    JsonNode single(Attribute attribute, JsonNode value, Place place) {
        if (unassigned(value)) {
            return null;
        }
        if (attribute.complex()) {
            JsonNode meant = lenient ? LenientComplex.object(attribute, value) : value;
            return unassigned(meant) ? null : complex(attribute, meant, place);
        }
        JsonNode meant = lenient ? LenientValues.simple(attribute.type(), value) : value;
        if (meant.isArray()) {
            throw place.invalid("must be a single value, not an array");
        }
        boolean emptyExternalId =
                attribute.name().equals("externalId") && meant.asText().isEmpty();
        return unassigned(meant) || emptyExternalId ? null : SimpleValues.check(attribute, meant, place);
    }

    private static boolean unassigned(JsonNode value) {
        return value.isNull() || value.isMissingNode() || (value.isContainerNode() && value.isEmpty());
    }

    private @Nullable JsonNode elements(Attribute attribute, JsonNode value, Place place) {
        if (!value.isArray() && !lenient) {
            throw place.invalid("must be an array");
        }
        ArrayNode elements = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new HashSet<>();
        boolean primary = false;
        int number = 0;
        for (JsonNode sent : LenientValues.array(value)) {
            Place at = place.element(number++);
            JsonNode element = single(attribute, sent, at);
            if (element == null || repeats(attribute, element, seen)) {
                continue;
            }
            requireSubAttributes(attribute, element, at);
            if (element.path("primary").asBoolean()) {
                if (primary) {
                    throw place.invalid("must have at most one value with primary true");
                }
                primary = true;
            }
            elements.add(element);
        }
        return elements.isEmpty() ? null : elements;
    }

    /** Where {@code value} cannot be changed it is what an element is, as in {@code members}: there is only one of each. */
    private static boolean repeats(Attribute attribute, JsonNode element, Set<String> seen) {
        boolean identified = attribute.complex()
                && attribute
                        .subAttribute("value")
                        .map(value -> value.mutability() == Mutability.IMMUTABLE)
                        .orElse(false);
        JsonNode value = element.get("value");
        return identified && value != null && !seen.add(value.asText());
    }

    private static void requireSubAttributes(Attribute attribute, JsonNode element, Place place) {
        for (Attribute sub : attribute.subAttributes()) {
            if (sub.demanded() && !element.has(sub.name())) {
                throw place.sub(sub.name()).invalid("is required");
            }
        }
    }

    private @Nullable JsonNode complex(Attribute attribute, JsonNode value, Place place) {
        if (!value.isObject()) {
            throw place.invalid("must be an object" + (value.isArray() ? ", not an array" : ""));
        }
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        Set<String> seen = new HashSet<>();
        List<Map.Entry<String, JsonNode>> aliases = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            Optional<Attribute> sub = attribute.subAttribute(member.getKey());
            if (sub.isPresent()) {
                if (!seen.add(sub.get().name())) {
                    throw ScimException.invalidSyntax(
                            place.sub(sub.get().name()) + " is given more than once; names do not differ by case");
                }
                put(canonical, sub.get(), member.getValue(), place);
            } else {
                aliases.add(member);
            }
        }
        aliases.forEach(member -> putAlias(canonical, attribute, member, seen, place));
        return canonical.isEmpty() ? null : canonical;
    }

    private void put(ObjectNode canonical, Attribute sub, JsonNode value, Place place) {
        if (sub.mutability() == Mutability.READ_ONLY || !sub.readable()) {
            ignored.add(place.sub(sub.name()));
            return;
        }
        JsonNode checked = whole(sub, value, place.sub(sub.name()));
        if (checked != null) {
            canonical.set(sub.name(), checked);
        }
    }

    private void putAlias(
            ObjectNode canonical,
            Attribute attribute,
            Map.Entry<String, JsonNode> member,
            Set<String> seen,
            Place place) {
        Optional<Attribute> meant = lenient ? SubAttributeAliases.find(attribute, member.getKey()) : Optional.empty();
        if (meant.isPresent() && seen.add(meant.get().name())) {
            put(canonical, meant.get(), member.getValue(), place);
        } else {
            ignored.addUnsupported(
                    place.sub(member.getKey()),
                    () -> place + " has no sub-attribute \"" + Shown.of(member.getKey()) + "\"");
        }
    }
}
