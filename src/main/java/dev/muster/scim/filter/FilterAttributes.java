package dev.muster.scim.filter;

import dev.muster.scim.schema.AttributeRef;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a filter looks at. */
public final class FilterAttributes {

    private FilterAttributes() {}

    /** The attributes and sub-attributes that a filter refers to, each once, in its order. */
    public static Set<AttributeRef> of(Filter filter) {
        Set<AttributeRef> attributes = new LinkedHashSet<>();
        collect(filter, attributes);
        return attributes;
    }

    private static void collect(Filter filter, Set<AttributeRef> attributes) {
        switch (filter) {
            case Filter.Comparison comparison -> attributes.add(comparison.attribute());
            case Filter.Present present -> attributes.add(present.attribute());
            case Filter.And and -> and.operands().forEach(operand -> collect(operand, attributes));
            case Filter.Or or -> or.operands().forEach(operand -> collect(operand, attributes));
            case Filter.Not not -> collect(not.operand(), attributes);
            case Filter.ValuePath path -> collect(path.valueFilter(), attributes);
            case Filter.Constant constant -> {}
        }
    }
}
