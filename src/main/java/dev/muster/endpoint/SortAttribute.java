package dev.muster.endpoint;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;

/** What {@code sortBy} means (RFC 7644 §3.4.2.3). */
final class SortAttribute {

    private SortAttribute() {}

    /** A simple attribute or sub-attribute; for a complex one its {@code value} is meant. */
    static AttributeRef of(ResourceType type, Conformance conformance, FilterLimits limits, String sortBy) {
        Path path = parse(type, conformance, limits, sortBy);
        if (path instanceof Path.OfAttribute(AttributeRef ref, var filter) && filter == null) {
            return ref.target().complex() ? ofValue(ref) : ref;
        }
        throw invalid();
    }

    private static Path parse(ResourceType type, Conformance conformance, FilterLimits limits, String sortBy) {
        try {
            return new PathParser(type, conformance, limits).parse(sortBy);
        } catch (ScimException e) {
            throw invalid();
        }
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
