package dev.muster.endpoint;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;

/** What {@code sortBy} means (RFC 7644 §3.4.2.3) where resources of several types are sorted. */
record SortAttribute(Conformance conformance, String sortBy) {

    /**
     * A simple attribute or sub-attribute of {@code type}; for a complex one its {@code value} is meant.
     *
     * @throws ScimException invalidValue where there is none
     */
    static AttributeRef of(ResourceType type, Conformance conformance, String sortBy) {
        return new SortAttribute(conformance, sortBy).in(type).orElseThrow(SortAttribute::invalid);
    }

    /**
     * An attribute that at least one of the types has.
     *
     * @throws ScimException invalidValue where none has it
     */
    static SortAttribute ofOneOf(List<ResourceType> types, Conformance conformance, String sortBy) {
        SortAttribute attribute = new SortAttribute(conformance, sortBy);
        if (types.stream().allMatch(type -> attribute.in(type).isEmpty())) {
            throw invalid();
        }
        return attribute;
    }

    /** The attribute that is meant in a type; empty where the type has none. */
    Optional<AttributeRef> in(ResourceType type) {
        return new AttributeNames(type, conformance)
                .resolve(sortBy.strip())
                .map(ref -> ref.target().complex() ? ofValue(ref) : ref);
    }

    private static AttributeRef ofValue(AttributeRef complex) {
        Attribute value = complex.attribute().subAttribute("value").orElseThrow(SortAttribute::invalid);
        return complex.sub(value);
    }

    private static ScimException invalid() {
        return ScimException.invalidValue(
                "sortBy must name one attribute of this resource type, such as userName or name.familyName.");
    }
}
