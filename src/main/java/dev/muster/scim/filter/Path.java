package dev.muster.scim.filter;

import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Schema;
import org.jspecify.annotations.Nullable;

/** What the {@code path} of a PATCH operation means (RFC 7644 §3.5.2). */
public sealed interface Path {

    /**
     * {@code attrPath / valuePath [subAttr]}.
     *
     * @param attribute the attribute or sub-attribute that is acted on
     * @param valueFilter which values of the attribute are meant, null for all of them; its references are full references
     *     as in {@link Filter.ValuePath}
     */
    record OfAttribute(AttributeRef attribute, @Nullable Filter valueFilter) implements Path {}

    /** A schema URI alone: everything that a resource has from this schema, core or extension. */
    record OfSchema(Schema schema) implements Path {}
}
