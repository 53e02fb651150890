package dev.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.function.Function;

/**
 * Makes of a filter over several types what it means for one of them: an attribute that the type does not have has no value
 * (RFC 7644 §3.4.2.1), and what is said of {@code meta.resourceType} is settled.
 */
final class FilterForType {

    private final NamesOfSeveralTypes names;
    private final JsonNode typeOnly;

    FilterForType(ResourceType type, NamesOfSeveralTypes names) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("meta").put("resourceType", type.name());
        this.names = names;
        this.typeOnly = document;
    }

    /** {@link Filter.Constant} stands nowhere in {@code and}, {@code or} and {@code not} of the result. */
    Filter of(Filter filter) {
        return switch (filter) {
            case Filter.Comparison comparison -> comparison(comparison);
            case Filter.Present present ->
                names.isOwn(present.attribute()) ? settled(present.attribute(), present) : Filter.Constant.FALSE;
            case Filter.And and -> chain(and.operands(), Filter.Constant.TRUE, Filter.And::new);
            case Filter.Or or -> chain(or.operands(), Filter.Constant.FALSE, Filter.Or::new);
            case Filter.Not not -> negated(of(not.operand()));
            case Filter.ValuePath path -> valuePath(path);
            case Filter.Constant constant -> constant;
        };
    }

    private static Filter negated(Filter operand) {
        return operand instanceof Filter.Constant constant
                ? new Filter.Constant(!constant.holds())
                : new Filter.Not(operand);
    }

    private Filter comparison(Filter.Comparison comparison) {
        if (names.isOwn(comparison.attribute())) {
            return settled(comparison.attribute(), comparison);
        }
        boolean isNull = comparison.value() instanceof Literal.Null;
        return new Filter.Constant(
                isNull == (comparison.operator() == Operator.EQ) && (isNull || comparison.operator() == Operator.NE));
    }

    private Filter settled(AttributeRef attribute, Filter filter) {
        return attribute.toString().equals("meta.resourceType")
                ? new Filter.Constant(FilterEvaluator.matches(filter, typeOnly))
                : filter;
    }

    private Filter valuePath(Filter.ValuePath path) {
        if (!names.isOwn(path.attribute())) {
            return Filter.Constant.FALSE;
        }
        Filter inner = of(path.valueFilter());
        boolean settled = inner instanceof Filter.Constant constant
                && (!constant.holds() || path.attribute().toString().equals("meta"));
        return settled ? inner : new Filter.ValuePath(path.attribute(), inner);
    }

    /** @param neutral what an operand may be without a meaning for the whole; its contrary decides the whole */
    private Filter chain(List<Filter> operands, Filter.Constant neutral, Function<List<Filter>, Filter> chained) {
        List<Filter> meant = operands.stream()
                .map(this::of)
                .filter(operand -> !operand.equals(neutral))
                .toList();
        if (meant.stream().anyMatch(Filter.Constant.class::isInstance)) {
            return new Filter.Constant(!neutral.holds());
        }
        return switch (meant.size()) {
            case 0 -> neutral;
            case 1 -> meant.getFirst();
            default -> chained.apply(meant);
        };
    }
}
