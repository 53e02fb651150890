package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.Mutability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That what is required is there, and that at most one value is primary (RFC 7643 §2.4). */
public final class Presence {

    private final String prefix;
    private final List<Attribute> attributes;

    /** @param prefix what stands in front of the attributes' names in errors: empty, or a schema id with a colon */
    Presence(String prefix, List<Attribute> attributes) {
        this.prefix = prefix;
        this.attributes = attributes.stream().filter(Presence::hasRules).toList();
    }

    private static boolean hasRules(Attribute attribute) {
        return attribute.demanded() || (attribute.complex() && attribute.mutability() != Mutability.READ_ONLY);
    }

    void check(JsonNode object) {
        for (Attribute attribute : attributes) {
            JsonNode value = object.get(attribute.name());
            if (isMissing(value)) {
                if (attribute.demanded()) {
                    throw ScimException.invalidValue(prefix + attribute.name() + " is required");
                }
            } else if (attribute.multiValued()) {
                checkElements(attribute, value);
            } else {
                checkSubAttributes(attribute, value, Place.of(prefix + attribute.name()));
            }
        }
    }

    private void checkElements(Attribute attribute, JsonNode elements) {
        Place place = Place.of(prefix + attribute.name());
        boolean primary = false;
        for (int i = 0; i < elements.size(); i++) {
            JsonNode element = elements.get(i);
            checkSubAttributes(attribute, element, place.element(i));
            boolean isPrimary = element.path("primary").asBoolean();
            if (isPrimary && primary) {
                throw place.invalid("must have at most one value with primary true");
            }
            primary |= isPrimary;
        }
    }

    private static void checkSubAttributes(Attribute attribute, JsonNode value, Place place) {
        for (Attribute sub : attribute.subAttributes()) {
            if (sub.demanded() && isMissing(value.get(sub.name()))) {
                throw place.sub(sub.name()).invalid("is required");
            }
        }
    }

    /** Whether {@code value} is none for an attribute that is required: text of blanks is not (RFC 7643 §4.1.1). */
    public static boolean isMissing(@Nullable JsonNode value) {
        return value == null
                || value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isBlank());
    }
}
