package dev.muster.directory;

import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.schema.Attribute;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value that stands in a column of its own; see {@link SqlValue}. */
sealed interface SqlColumn extends SqlValue {

    /** The form in which ids are written; another text equals none. */
    Pattern CANONICAL_UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The id that {@code text} is, if it is one as ids are written. */
    static Optional<UUID> uuid(String text) {
        return CANONICAL_UUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    @Override
    default String present() {
        return sortKey() + " is not null";
    }

    /** A text column with collation "C" whose content is in the searchable form. */
    record TextColumn(String sortKey) implements SqlColumn {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            String value = SqlValue.searched(target, literal);
            return operator == Operator.SW
                    ? prefix(value, parameters)
                    : SqlValue.compareText(sortKey, operator, value, parameters);
        }

        /** As a range, which an index can serve: the texts that begin so are exactly those from it to its successor. */
        private String prefix(String value, SqlParameters parameters) {
            String from = sortKey + " >= " + parameters.add(value);
            return successor(value)
                    .map(end -> "(" + from + " and " + sortKey + " < " + parameters.add(end) + ")")
                    .orElse(from);
        }

        /** The first text by code points that is behind all that begin with {@code prefix}. */
        private static Optional<String> successor(String prefix) {
            int end = prefix.length();
            while (end > 0) {
                int last = prefix.codePointBefore(end);
                end -= Character.charCount(last);
                if (last < Character.MAX_CODE_POINT) {
                    int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                    return Optional.of(prefix.substring(0, end) + Character.toString(next));
                }
            }
            return Optional.empty();
        }

        @Override
        public String present() {
            return sortKey + " <> ''";
        }
    }

    /** Text that is computed, so that no index serves it. */
    record Computed(String sortKey) implements SqlColumn {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            return SqlValue.compareText(sortKey, operator, SqlValue.searched(target, literal), parameters);
        }
    }

    /** A uuid that is shown in lower case. */
    record Id(String sortKey) implements SqlColumn {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            String value = SqlValue.searched(target, literal);
            if (operator == Operator.EQ) {
                return uuid(value)
                        .map(id -> sortKey + " = " + parameters.add(id))
                        .orElse("false");
            }
            return SqlValue.compareText("(" + sortKey + "::text)", operator, value, parameters);
        }
    }

    /**
     * The location of a resource, {@code …/Users/{id}}. What is in front of the endpoint is not stored, since it depends on
     * the name the client reaches the server by: {@code eq} compares the end of the literal, and the other operators
     * compare {@code /Users/{id}}.
     *
     * @param endpoint SQL text with slashes around it, such as {@code '/Users/'}
     */
    record Location(String endpoint, String sortKey) implements SqlColumn {
        private static final Pattern END = Pattern.compile("(?:.*[^/])?(/[^/]+/)([^/]+)", Pattern.DOTALL);

        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            String value = ((Literal.Text) literal).value();
            if (operator != Operator.EQ) {
                return SqlValue.compareText("(" + endpoint + " || " + sortKey + ")", operator, value, parameters);
            }
            Matcher end = END.matcher(value);
            return Optional.of(end)
                    .filter(Matcher::matches)
                    .flatMap(match -> uuid(match.group(2)))
                    .map(id -> "(" + sortKey + " = " + parameters.add(id) + " and " + endpoint + " = "
                            + parameters.add(end.group(1)) + ")")
                    .orElse("false");
        }
    }

    /** A timestamptz; the column holds microseconds, and a finer literal lies between two of its values. */
    record Moment(String sortKey) implements SqlColumn {
        @Override
        public String sortType() {
            return "timestamptz";
        }

        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            return switch (literal) {
                case Literal.DateTime dateTime -> compared(operator, dateTime.value(), parameters);
                case Literal.Text text ->
                    SqlValue.compareText(
                            "to_char(" + sortKey + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"000Z\"')",
                            operator,
                            SqlValue.searched(target, text),
                            parameters);
                case Literal.Number number -> throw new IllegalArgumentException("no dateTime");
                case Literal.Bool bool -> throw new IllegalArgumentException("no dateTime");
                case Literal.Null absent -> throw new IllegalArgumentException("no dateTime");
            };
        }

        private String compared(Operator operator, Instant literal, SqlParameters parameters) {
            Instant stored = literal.truncatedTo(ChronoUnit.MICROS);
            boolean between = !stored.equals(literal);
            if (between && operator == Operator.EQ) {
                return "false";
            }
            String symbol = !between
                    ? SqlValue.symbol(operator)
                    : operator == Operator.GT || operator == Operator.GE ? ">" : "<=";
            return sortKey + " " + symbol + " " + parameters.add(OffsetDateTime.ofInstant(stored, ZoneOffset.UTC));
        }
    }

    /** The version, shown as the weak entity tag {@code W/"n"}. */
    record Version(String sortKey) implements SqlColumn {
        private static final Pattern TAG = Pattern.compile("W/\"(0|[1-9]\\d{0,17})\"");

        @Override
        public String sortType() {
            return "int8";
        }

        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            String value = ((Literal.Text) literal).value();
            if (operator != Operator.EQ) {
                return SqlValue.compareText("('W/\"' || " + sortKey + " || '\"')", operator, value, parameters);
            }
            Matcher tag = TAG.matcher(value);
            return tag.matches() ? sortKey + " = " + parameters.add(Long.valueOf(tag.group(1))) : "false";
        }
    }

    /** A boolean column. */
    record Flag(String sortKey) implements SqlColumn {
        @Override
        public String sortType() {
            return "boolean";
        }

        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            return sortKey + " = " + parameters.add(((Literal.Bool) literal).value());
        }
    }

    /** A value that no resource has. */
    record Absent() implements SqlColumn {
        @Override
        public String comparison(Attribute target, Operator operator, Literal literal, SqlParameters parameters) {
            return "false";
        }

        @Override
        public String present() {
            return "false";
        }

        @Override
        public String sortKey() {
            return "null";
        }
    }
}
