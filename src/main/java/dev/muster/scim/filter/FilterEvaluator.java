package dev.muster.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.DateTimes;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a canonical document meets a filter (RFC 7644 §3.4.2.2). PATCH selects values by it; searching is done by
 * the database, which must come to the same answer.
 *
 * <p>Where several values are there, one that compares is enough; {@code ne} is exactly the contrary of {@code eq}, so it
 * also holds where there is no value. Texts of attributes that are not caseExact are compared folded, and ordered by code
 * point.
 */
public final class FilterEvaluator {

    private FilterEvaluator() {}

    /** Whether {@code resource}, a canonical document, meets {@code filter}. */
    public static boolean matches(Filter filter, JsonNode resource) {
        return holds(filter, reference -> valuesIn(resource, reference));
    }

    /**
     * Whether one value of an attribute meets a {@linkplain Filter.ValuePath#valueFilter value filter}.
     *
     * @param element an element of a multi-valued attribute, or the value of a single-valued one
     */
    public static boolean matchesElement(Filter valueFilter, JsonNode element) {
        return holds(valueFilter, reference -> valuesOf(element, reference.subAttribute()));
    }

    private static boolean holds(Filter filter, Function<AttributeRef, Stream<JsonNode>> values) {
        return switch (filter) {
            case Filter.Comparison comparison -> compares(comparison, values.apply(comparison.attribute()));
            case Filter.Present present -> values.apply(present.attribute()).anyMatch(FilterEvaluator::isPresent);
            case Filter.And and -> and.operands().stream().allMatch(operand -> holds(operand, values));
            case Filter.Or or -> or.operands().stream().anyMatch(operand -> holds(operand, values));
            case Filter.Not not -> !holds(not.operand(), values);
            case Filter.ValuePath path ->
                values.apply(path.attribute()).anyMatch(element -> matchesElement(path.valueFilter(), element));
            case Filter.Constant constant -> constant.holds();
        };
    }

    private static boolean compares(Filter.Comparison comparison, Stream<JsonNode> values) {
        boolean negated = comparison.operator() == Operator.NE;
        Operator operator = negated ? Operator.EQ : comparison.operator();
        if (comparison.value() instanceof Literal.Null) {
            return operator == Operator.EQ && negated == values.anyMatch(FilterEvaluator::isPresent);
        }
        Attribute target = comparison.attribute().target();
        return negated != values.anyMatch(value -> compares(target, value, operator, comparison.value()));
    }

    private static boolean compares(Attribute target, JsonNode value, Operator operator, Literal literal) {
        return switch (literal) {
            case Literal.Text text ->
                value.isTextual() && compareText(target, value.textValue(), operator, text.value());
            case Literal.Number number ->
                value.isNumber() && ordered(operator, value.decimalValue().compareTo(number.value()));
            case Literal.Bool bool ->
                value.isBoolean() && ordered(operator, Boolean.compare(value.booleanValue(), bool.value()));
            case Literal.DateTime dateTime ->
                value.isTextual()
                        && DateTimes.parse(value.textValue())
                                .filter(instant -> ordered(operator, instant.compareTo(dateTime.value())))
                                .isPresent();
            case Literal.Null absent -> false;
        };
    }

    private static boolean compareText(Attribute target, String value, Operator operator, String literal) {
        if (target.type() == AttributeType.DATE_TIME) {
            String normalised =
                    DateTimes.parse(value).map(DateTimes::normalised).orElse(value);
            return compareText(normalised, operator, target.caseExact() ? literal : literal.toUpperCase(Locale.ROOT));
        }
        return target.caseExact()
                ? compareText(value, operator, literal)
                : compareText(CaseFolding.fold(value), operator, CaseFolding.fold(literal));
    }

    private static boolean compareText(String left, Operator operator, String right) {
        return switch (operator) {
            case CO -> left.contains(right);
            case SW -> left.startsWith(right);
            case EW -> left.endsWith(right);
            case EQ, NE, GT, GE, LT, LE -> ordered(operator, compareCodePoints(left, right));
        };
    }

    private static boolean ordered(Operator operator, int comparison) {
        return switch (operator) {
            case EQ -> comparison == 0;
            case NE -> comparison != 0;
            case GT -> comparison > 0;
            case GE -> comparison >= 0;
            case LT -> comparison < 0;
            case LE -> comparison <= 0;
            case CO, SW, EW -> false;
        };
    }

    /** As UTF-8 bytes compare; {@link String#compareTo} puts supplementary characters before U+E000–U+FFFF. */
    static int compareCodePoints(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char l = left.charAt(i);
            char r = right.charAt(i);
            if (l != r) {
                return Character.isSurrogate(l) == Character.isSurrogate(r)
                        ? Character.compare(l, r)
                        : Integer.compare(codePointRank(l), codePointRank(r));
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int codePointRank(char unit) {
        return Character.isSurrogate(unit) ? Character.MAX_VALUE + 1 : unit;
    }

    private static Stream<JsonNode> valuesIn(JsonNode resource, AttributeRef reference) {
        JsonNode container = reference.extension() == null ? resource : resource.path(reference.extension());
        return each(container.path(reference.attribute().name()))
                .flatMap(value -> valuesOf(value, reference.subAttribute()));
    }

    private static Stream<JsonNode> valuesOf(JsonNode element, @Nullable Attribute subAttribute) {
        return subAttribute == null ? Stream.of(element) : each(element.path(subAttribute.name()));
    }

    private static Stream<JsonNode> each(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false);
        }
        return value.isMissingNode() || value.isNull() ? Stream.empty() : Stream.of(value);
    }

    /** RFC 7644 table 3: "a non-empty or non-null value, or … a non-empty node for complex attributes". */
    private static boolean isPresent(JsonNode value) {
        return !value.isNull()
                && !(value.isContainerNode() && value.isEmpty())
                && !(value.isTextual() && value.textValue().isEmpty());
    }
}
