package dev.muster.scim.filter;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Token.Kind;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.DateTimes;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which operators and literals an attribute's type has (RFC 7644 §3.4.2.2, table 3). */
final class Comparisons {

    private static final Set<Operator> EQUALITY = Set.of(Operator.EQ, Operator.NE);
    private static final Set<Operator> SUBSTRING = Set.of(Operator.CO, Operator.SW, Operator.EW);
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,99})(\\.\\d{1,100})?([eE][+-]?\\d{1,2})?");

    private final boolean compat;

    Comparisons(Conformance conformance) {
        this.compat = conformance == Conformance.COMPAT;
    }

    /** {@code attribute operator literal}, checked; a complex attribute stands for its {@code value}. */
    Filter.Comparison comparison(AttributeRef attribute, Operator operator, Token literal) {
        if (isKeyword(literal, "null")) {
            if (!EQUALITY.contains(operator)) {
                throw unsupported(attribute, operator, "null");
            }
            return new Filter.Comparison(attribute, operator, new Literal.Null());
        }
        AttributeRef compared = attribute.target().complex() ? valueOf(attribute) : attribute;
        AttributeType type = compared.target().type();
        if (!supported(type, operator)) {
            throw unsupported(compared, operator, "a " + type.keyword() + " attribute");
        }
        Literal value = literal(type, operator, literal)
                .orElseThrow(
                        () -> ScimException.invalidFilter("The value at character %d must be %s to compare '%s' with."
                                .formatted(literal.position(), expected(type), Token.shown(compared.toString()))));
        return new Filter.Comparison(compared, operator, value);
    }

    private static AttributeRef valueOf(AttributeRef complex) {
        return complex.attribute()
                .subAttribute("value")
                .map(complex::sub)
                .orElseThrow(() -> ScimException.invalidFilter(
                        "'%s' has no value of its own: compare one of its sub-attributes, or use pr."
                                .formatted(Token.shown(complex.toString()))));
    }

    private static boolean supported(AttributeType type, Operator operator) {
        return switch (type) {
            case STRING, REFERENCE, DATE_TIME -> true;
            case BINARY -> EQUALITY.contains(operator) || SUBSTRING.contains(operator);
            case BOOLEAN -> EQUALITY.contains(operator);
            case INTEGER, DECIMAL -> !SUBSTRING.contains(operator);
            case COMPLEX -> false;
        };
    }

    private Optional<Literal> literal(AttributeType type, Operator operator, Token token) {
        return switch (type) {
            case STRING, REFERENCE, BINARY -> text(token);
            case DATE_TIME -> SUBSTRING.contains(operator) ? text(token) : dateTime(token);
            case BOOLEAN -> bool(token);
            case INTEGER, DECIMAL -> number(token);
            case COMPLEX -> Optional.empty();
        };
    }

    /** In compat a bare word is taken as text, but not one in the wrong quotes. */
    private Optional<Literal> text(Token token) {
        boolean taken = token.is(Kind.STRING)
                || (compat
                        && token.is(Kind.WORD)
                        && "'`“”‘’".indexOf(token.text().charAt(0)) < 0
                        && storable(token.text()));
        return taken ? Optional.of(new Literal.Text(token.text())) : Optional.empty();
    }

    private static boolean storable(String word) {
        return word.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private Optional<Literal> dateTime(Token token) {
        return text(token).isEmpty()
                ? Optional.empty()
                : DateTimes.parse(token.text()).map(Literal.DateTime::new);
    }

    private Optional<Literal> bool(Token token) {
        if (compat || token.is(Kind.WORD)) {
            return switch (compat ? token.text().toLowerCase(Locale.ROOT) : token.text()) {
                case "true" -> Optional.of(new Literal.Bool(true));
                case "false" -> Optional.of(new Literal.Bool(false));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private Optional<Literal> number(Token token) {
        boolean taken =
                (compat || token.is(Kind.WORD)) && NUMBER.matcher(token.text()).matches();
        return taken ? Optional.of(new Literal.Number(new BigDecimal(token.text()))) : Optional.empty();
    }

    private boolean isKeyword(Token token, String keyword) {
        return compat
                ? token.isWord(keyword)
                : token.is(Kind.WORD) && token.text().equals(keyword);
    }

    private static String expected(AttributeType type) {
        return switch (type) {
            case STRING, REFERENCE, BINARY -> "a string in double quotes";
            case DATE_TIME -> "a dateTime such as \"2011-05-13T04:42:34Z\"";
            case BOOLEAN -> "true or false";
            case INTEGER, DECIMAL -> "a number";
            case COMPLEX -> "a sub-attribute's";
        };
    }

    private static ScimException unsupported(AttributeRef attribute, Operator operator, String with) {
        return ScimException.invalidFilter("The operator '%s' is not supported with %s ('%s')."
                .formatted(operator, with, Token.shown(attribute.toString())));
    }
}
