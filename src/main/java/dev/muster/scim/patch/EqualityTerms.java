package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.Mutability;
import java.math.BigDecimal;
import java.util.Optional;

/** What a value filter that nothing matches says about the value to create: {@code type eq "work"} says {@code type: work}. */
final class EqualityTerms {

    private EqualityTerms() {}

    /**
     * The sub-attributes that {@code valueFilter} demands.
     *
     * @return empty where the filter is no conjunction of equalities, contradicts itself, or demands what a client cannot set
     */
    static Optional<ObjectNode> of(Filter valueFilter) {
        ObjectNode terms = JsonNodeFactory.instance.objectNode();
        return collect(valueFilter, terms) ? Optional.of(terms) : Optional.empty();
    }

    private static boolean collect(Filter filter, ObjectNode terms) {
        return switch (filter) {
            case Filter.And and -> and.operands().stream().allMatch(operand -> collect(operand, terms));
            case Filter.Comparison comparison -> comparison.operator() == Operator.EQ && collect(comparison, terms);
            case Filter.Present present -> false;
            case Filter.Or or -> false;
            case Filter.Not not -> false;
            case Filter.ValuePath path -> false;
            case Filter.Constant constant -> false;
        };
    }

    private static boolean collect(Filter.Comparison equality, ObjectNode terms) {
        Attribute sub = equality.attribute().subAttribute();
        Optional<JsonNode> value = json(equality.attribute().target(), equality.value());
        if (sub == null || value.isEmpty()) {
            return value.isPresent();
        }
        if (sub.mutability() == Mutability.READ_ONLY) {
            return false;
        }
        JsonNode canonical =
                sub.multiValued() ? JsonNodeFactory.instance.arrayNode().add(value.get()) : value.get();
        JsonNode earlier = terms.get(sub.name());
        terms.set(sub.name(), canonical);
        return earlier == null || ValueIdentity.normal(sub, earlier).equals(ValueIdentity.normal(sub, canonical));
    }

    private static Optional<JsonNode> json(Attribute target, Literal literal) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (literal) {
            case Literal.Text text -> Optional.of(json.textNode(text.value()));
            case Literal.Bool bool -> Optional.of(json.booleanNode(bool.value()));
            case Literal.DateTime dateTime ->
                Optional.of(json.textNode(dateTime.value().toString()));
            case Literal.Number number when target.type() == AttributeType.INTEGER -> integer(number.value());
            case Literal.Number number -> Optional.of(json.numberNode(number.value()));
            case Literal.Null unassigned -> Optional.empty();
        };
    }

    private static Optional<JsonNode> integer(BigDecimal value) {
        boolean integral = value.stripTrailingZeros().scale() <= 0
                && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
        return integral ? Optional.of(integer(value.longValue())) : Optional.empty();
    }

    /** The node that the JSON parser makes of such a number. */
    private static JsonNode integer(long value) {
        return value == (int) value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }
}
