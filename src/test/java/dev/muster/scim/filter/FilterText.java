package dev.muster.scim.filter;

import dev.muster.scim.schema.AttributeRef;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a filter in the grammar of RFC 7644 §3.4.2.2; reading it again yields an equal filter. */
public final class FilterText {

    private FilterText() {}

    public static String of(Filter filter) {
        return of(filter, null);
    }

    private static String of(Filter filter, @Nullable AttributeRef parent) {
        return switch (filter) {
            case Filter.Comparison(AttributeRef attribute, Operator operator, Literal value) ->
                name(attribute, parent) + " " + operator + " " + literal(value);
            case Filter.Present(AttributeRef attribute) -> name(attribute, parent) + " pr";
            case Filter.And(List<Filter> operands) -> chain(operands, " and ", parent);
            case Filter.Or(List<Filter> operands) -> chain(operands, " or ", parent);
            case Filter.Not(Filter operand) -> "not (" + of(operand, parent) + ")";
            case Filter.ValuePath(AttributeRef attribute, Filter inner) -> attribute + "[" + of(inner, attribute) + "]";
            case Filter.Constant constant -> throw new IllegalArgumentException("not in the grammar: " + constant);
        };
    }

    /** {@code and} inside {@code or} needs no parentheses; the same operator inside itself does, to stay a tree. */
    private static String chain(List<Filter> operands, String keyword, @Nullable AttributeRef parent) {
        return operands.stream()
                .map(operand -> {
                    boolean bare = !(operand instanceof Filter.Or)
                            && !(operand instanceof Filter.And && keyword.equals(" and "));
                    return bare ? of(operand, parent) : "(" + of(operand, parent) + ")";
                })
                .collect(Collectors.joining(keyword));
    }

    private static String name(AttributeRef attribute, @Nullable AttributeRef parent) {
        if (parent == null) {
            return attribute.toString();
        }
        return attribute.subAttribute() == null
                ? "value"
                : attribute.subAttribute().name();
    }

    private static String literal(Literal literal) {
        return switch (literal) {
            case Literal.Text(String value) -> quoted(value);
            case Literal.Number number -> number.value().toString();
            case Literal.Bool bool -> Boolean.toString(bool.value());
            case Literal.DateTime dateTime -> quoted(dateTime.value().toString());
            case Literal.Null absent -> "null";
        };
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append("\\u%04x".formatted((int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
