package dev.muster.scim.filter;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType;
import java.util.List;

/**
 * Reads filters over the resources of several types at once (RFC 7644 §3.4.2.1). A name means each type's own attribute; in a
 * type that has none of that name, the attribute has no value. Immutable.
 */
public final class FilterOverTypes {

    private final List<ResourceType> types;
    private final Conformance conformance;
    private final FilterLimits limits;

    public FilterOverTypes(List<ResourceType> types, Conformance conformance, FilterLimits limits) {
        this.types = List.copyOf(types);
        this.conformance = conformance;
        this.limits = limits;
    }

    /**
     * What a filter means for the resources of one type.
     *
     * @param filter {@link Filter.Constant} where it means all of them
     */
    public record ForType(ResourceType type, Filter filter) {}

    /**
     * What {@code text} means for each type, without those of which it can mean no resource.
     *
     * @throws ScimException 400 {@code invalidFilter}: as {@link FilterParser#parse}; an attribute that no type has; a
     *     comparison that the attribute of one of the types does not have
     */
    public List<ForType> parse(String text) {
        return types.stream()
                .map(type -> new ForType(type, parse(text, type)))
                .filter(found -> !found.filter().equals(Filter.Constant.FALSE))
                .toList();
    }

    private Filter parse(String text, ResourceType type) {
        NamesOfSeveralTypes names = new NamesOfSeveralTypes(type, types, conformance);
        return new FilterForType(type, names).of(new FilterParser(names, conformance, limits).parse(text));
    }
}
