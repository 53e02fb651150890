package dev.muster.scim.schema;

import org.jspecify.annotations.Nullable;

/**
 * An attribute, or one of its sub-attributes, found in the schemas of a resource type: what a path or a filter means once
 * it has been resolved.
 *
 * @param extension the id of the extension schema the attribute stands in, null for the core schema and the common attributes
 * @param attribute the attribute
 * @param subAttribute the sub-attribute that is meant, null for the whole attribute
 */
public record AttributeRef(
        @Nullable String extension,
        Attribute attribute,
        @Nullable Attribute subAttribute) {

    /** The definition that values are checked and compared by: the sub-attribute's if there is one. */
    public Attribute target() {
        return subAttribute == null ? attribute : subAttribute;
    }

    /** Whether no client can write it: it is read-only, or part of what is. */
    public boolean isServers() {
        return attribute.mutability() == Mutability.READ_ONLY || target().mutability() == Mutability.READ_ONLY;
    }

    /** The same attribute without its sub-attribute. */
    public AttributeRef whole() {
        return subAttribute == null ? this : new AttributeRef(extension, attribute, null);
    }

    /** The sub-attribute {@code sub} of the same attribute. */
    public AttributeRef sub(Attribute sub) {
        return new AttributeRef(extension, attribute, sub);
    }

    /** The path in RFC 7644 §3.10 notation, in the schema's spelling. */
    @Override
    public String toString() {
        String name = extension == null ? attribute.name() : extension + ":" + attribute.name();
        return subAttribute == null ? name : name + "." + subAttribute.name();
    }
}
