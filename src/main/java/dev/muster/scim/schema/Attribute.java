package dev.muster.scim.schema;

import java.util.List;
import java.util.Optional;

/**
 * An attribute definition (RFC 7643 §7). Names are compared without regard to case (§2.1).
 *
 * @param canonicalValues suggested values; the only ones taken when {@code restrictToCanonicalValues}
 * @param restrictToCanonicalValues Muster's own characteristic: the list is closed, another value is 400 invalidValue
 * @param caseExact whether string values are compared with regard to case
 * @param referenceTypes for references: resource type names, {@code external} or {@code uri}
 * @param subAttributes of a complex attribute, else empty; a sub-attribute is never complex
 */
public record Attribute(
        String name,
        AttributeType type,
        boolean multiValued,
        String description,
        boolean required,
        List<String> canonicalValues,
        boolean restrictToCanonicalValues,
        boolean caseExact,
        Mutability mutability,
        Returned returned,
        Uniqueness uniqueness,
        List<String> referenceTypes,
        List<Attribute> subAttributes) {

    public Attribute {
        canonicalValues = List.copyOf(canonicalValues);
        referenceTypes = List.copyOf(referenceTypes);
        subAttributes = AttributeList.copyOf(subAttributes);
    }

    /** This attribute with other sub-attributes. */
    Attribute with(List<Attribute> otherSubAttributes) {
        return copy(canonicalValues, uniqueness, otherSubAttributes);
    }

    /** This attribute with other suggested values. */
    Attribute suggesting(List<String> values) {
        return copy(values, uniqueness, subAttributes);
    }

    /** This attribute, of whose values each may be there once. */
    Attribute unique() {
        return copy(canonicalValues, Uniqueness.SERVER, subAttributes);
    }

    private Attribute copy(
            List<String> itsCanonicalValues, Uniqueness itsUniqueness, List<Attribute> itsSubAttributes) {
        return new Attribute(
                name,
                type,
                multiValued,
                description,
                required,
                itsCanonicalValues,
                restrictToCanonicalValues,
                caseExact,
                mutability,
                returned,
                itsUniqueness,
                referenceTypes,
                itsSubAttributes);
    }

    /** The sub-attribute of that name, in any case. */
    public Optional<Attribute> subAttribute(String subName) {
        return AttributeList.find(subAttributes, subName);
    }

    /** Whether this attribute has sub-attributes. */
    public boolean complex() {
        return type == AttributeType.COMPLEX;
    }

    /** Whether values of this type can be kept apart at all. */
    boolean canBeUnique() {
        return switch (type) {
            case STRING, REFERENCE, DECIMAL, INTEGER, DATE_TIME -> true;
            case BOOLEAN, BINARY, COMPLEX -> false;
        };
    }

    /** Whether a client can ever read its values; what nobody can read, such as a password, is not kept either. */
    public boolean readable() {
        return returned != Returned.NEVER && mutability != Mutability.WRITE_ONLY;
    }

    /** Whether a resource without it is not whole: it is required, and clients can give it. */
    public boolean demanded() {
        return required && readable() && mutability != Mutability.READ_ONLY;
    }
}
