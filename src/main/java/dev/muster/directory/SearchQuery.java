package dev.muster.directory;

import dev.muster.scim.filter.Filter;
import dev.muster.scim.schema.AttributeRef;
import org.jspecify.annotations.Nullable;

/**
 * A query over one resource type (RFC 7644 §3.4.2).
 *
 * @param filter null: all
 * @param sortBy null: in the order of creation
 * @param startIndex of the first resource wanted, from 1
 * @param count how many at most; 0 asks for the total alone
 */
public record SearchQuery(
        @Nullable Filter filter, @Nullable AttributeRef sortBy, boolean descending, long startIndex, int count) {}
