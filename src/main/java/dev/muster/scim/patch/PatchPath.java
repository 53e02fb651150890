package dev.muster.scim.patch;

import dev.muster.scim.filter.Filter;
import dev.muster.scim.schema.AttributeRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a PATCH operation acts (RFC 7644 §3.5.2, {@code PATH = attrPath / valuePath [subAttr]}).
 *
 * @param attribute the attribute or sub-attribute
 * @param valueFilter which values of the attribute are meant, null for all of them
 */
public record PatchPath(AttributeRef attribute, @Nullable Filter valueFilter) {}
