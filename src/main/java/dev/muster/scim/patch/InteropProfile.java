package dev.muster.scim.patch;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Path;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.Mutability;

/**
 * The forms of RFC 7644 §3.5.2 that the SCIM 2.0 Interoperability Profile takes away: clients that keep to it say by a path
 * what they change, and change a value of a multi-valued attribute by its sub-attributes.
 */
final class InteropProfile {

    private InteropProfile() {}

    /** Refuses an operation without a path. */
    static void requirePath(RawOperation operation) {
        if (operation.path() == null) {
            throw ScimException.invalidSyntax(
                    "Every operation needs a 'path'; send one operation for each attribute to change.");
        }
    }

    /**
     * Refuses {@code emails[type eq "work"]} without a sub-attribute behind it. The one exception: what cannot be changed by
     * its sub-attributes, such as a member of a group, can be removed so; there is no other way.
     */
    static void requireSubAttribute(Path.OfAttribute path, RawOperation.Kind kind) {
        Attribute attribute = path.attribute().attribute();
        boolean element = path.valueFilter() != null
                && path.attribute().subAttribute() == null
                && attribute.complex()
                && attribute.multiValued();
        if (element && !(kind == RawOperation.Kind.REMOVE && hasImmutableValue(attribute))) {
            throw ScimException.invalidPath("A 'path' with a filter must go on to a sub-attribute, such as '"
                    + path.attribute() + "[type eq \"work\"].value'.");
        }
    }

    private static boolean hasImmutableValue(Attribute attribute) {
        return attribute
                .subAttribute("value")
                .filter(value -> value.mutability() == Mutability.IMMUTABLE)
                .isPresent();
    }
}
