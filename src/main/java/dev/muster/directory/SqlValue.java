package dev.muster.directory;

import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CaseFolding;
import dev.muster.scim.schema.DateTimes;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * One value of an attribute as an SQL expression, and how it is compared. Where there is no value the expression is null and
 * so is every comparison; the operator is never {@code ne} and the literal never {@code null}: {@link FilterSql} has
 * turned them into negations.
 */
sealed interface SqlValue permits SqlValue.Text, SqlValue.Number, SqlValue.Bool, SqlColumn {

    /** So many characters of a text count when resources are sorted by it: cursors hold them, and stand in addresses. */
    int SORTED_LENGTH = 500;

    /** A condition; {@code literal} is of the kind that {@code target} asks for. */
    String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters);

    /** The condition that there is a value. */
    String present();

    /** The expression to sort by. */
    String sortKey();

    /** The type of {@link #sortKey}. */
    default String sortType() {
        return "text";
    }

    /** A member of a JSON object or an element of an array, by its attribute's definition. */
    static SqlValue of(Attribute target, String json, String text) {
        return switch (target.type()) {
            case STRING, REFERENCE, BINARY, DATE_TIME, COMPLEX -> new Text(json, text);
            case INTEGER, DECIMAL -> new Number(json);
            case BOOLEAN -> new Bool(json);
        };
    }

    private static String jsonPresent(String json) {
        return json + " not in ('null', '\"\"', '[]', '{}')";
    }

    /** {@code literal} in the form that the searchable document has it. */
    static String searched(Attribute target, Literal literal) {
        return switch (literal) {
            case Literal.Text text when target.caseExact() -> text.value();
            case Literal.Text text
            when target.type() == AttributeType.DATE_TIME -> text.value().toUpperCase(Locale.ROOT);
            case Literal.Text text -> CaseFolding.fold(text.value());
            case Literal.DateTime dateTime -> DateTimes.normalised(dateTime.value());
            case Literal.Number number -> number(number.value());
            case Literal.Bool bool -> Boolean.toString(bool.value());
            case Literal.Null absent -> throw new IllegalArgumentException("null is no value to compare with");
        };
    }

    /** The same text for numbers that are equal, whatever their scale; never expanded, however large the exponent. */
    static String number(BigDecimal value) {
        return value.stripTrailingZeros().toString();
    }

    /** {@code text operator literal} by code points; wildcard characters mean nothing. */
    static String compareText(String text, Operator operator, String literal, SqlParameters parameters) {
        String value = parameters.add(literal);
        return switch (operator) {
            case EQ -> text + " = " + value;
            case CO -> "strpos(" + text + ", " + value + ") > 0";
            case SW -> "starts_with(" + text + ", " + value + ")";
            case EW -> "right(" + text + ", length(" + value + "::text)) = " + value + "::text";
            case GT, GE, LT, LE -> text + " collate \"C\" " + symbol(operator) + " " + value;
            case NE -> throw new IllegalArgumentException("ne is the negation of eq");
        };
    }

    /** The SQL operator for an ordering or for equality. */
    static String symbol(Operator operator) {
        return switch (operator) {
            case EQ -> "=";
            case GT -> ">";
            case GE -> ">=";
            case LT -> "<";
            case LE -> "<=";
            case NE, CO, SW, EW -> throw new IllegalArgumentException("no ordering: " + operator);
        };
    }

    /** A string, reference, binary or dateTime; the searchable form is such that equal values have equal texts. */
    record Text(String json, String text) implements SqlValue {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            return compareText(text, operator, searched(target, literal), parameters);
        }

        @Override
        public String present() {
            return jsonPresent(json);
        }

        @Override
        public String sortKey() {
            return "left(" + text + ", " + SORTED_LENGTH + ") collate \"C\"";
        }
    }

    /** An integer or decimal; a value of another JSON type, left from an older schema, is no value. */
    record Number(String json) implements SqlValue {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            String value = parameters.add(((Literal.Number) literal).value());
            return sortKey() + " " + symbol(operator) + " " + value;
        }

        @Override
        public String present() {
            return jsonPresent(json);
        }

        @Override
        public String sortKey() {
            return "case when jsonb_typeof(" + json + ") = 'number' then (" + json + ")::numeric end";
        }

        @Override
        public String sortType() {
            return "numeric";
        }
    }

    /** A boolean. */
    record Bool(String json) implements SqlValue {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            return json + " = to_jsonb(" + parameters.add(((Literal.Bool) literal).value()) + "::boolean)";
        }

        @Override
        public String present() {
            return jsonPresent(json);
        }

        @Override
        public String sortKey() {
            return "case when jsonb_typeof(" + json + ") = 'boolean' then (" + json + ")::boolean end";
        }

        @Override
        public String sortType() {
            return "boolean";
        }
    }
}
