package dev.muster.scim.filter;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a filter asks for, without the values: {@code userName eq}, {@code emails.type eq}. */
public final class FilterOutline {

    private FilterOutline() {}

    /** Each attribute with its operator, once, in the order of the filter; none without a filter. */
    public static List<String> of(@Nullable Filter filter) {
        if (filter == null) {
            return List.of();
        }
        Set<String> outline = new LinkedHashSet<>();
        collect(filter, outline);
        return List.copyOf(outline);
    }

    private static void collect(Filter filter, Set<String> outline) {
        switch (filter) {
            case Filter.Comparison comparison -> outline.add(comparison.attribute() + " " + comparison.operator());
            case Filter.Present present -> outline.add(present.attribute() + " pr");
            case Filter.And and -> and.operands().forEach(operand -> collect(operand, outline));
            case Filter.Or or -> or.operands().forEach(operand -> collect(operand, outline));
            case Filter.Not not -> collect(not.operand(), outline);
            case Filter.Constant constant -> {}
            case Filter.ValuePath path -> collect(path.valueFilter(), outline);
        }
    }
}
