package dev.muster.rest;

import dev.muster.tenant.TenantProblem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query parameters, read strictly: a misspelt one must not show too much or nothing. */
public final class QueryParameters {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_NAME = 64;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final MultivaluedMap<String, String> sent;

    /** The parameters, of which only {@code known} ones may be there, each once. */
    public QueryParameters(MultivaluedMap<String, String> sent, Set<String> known) {
        this.sent = sent;
        sent.forEach((name, values) -> check(name, values, known));
    }

    private static void check(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw TenantProblem.invalid(
                    name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME),
                    "There is no such parameter. The parameters are: "
                            + String.join(", ", known.stream().sorted().toList()) + ".");
        }
        if (values.size() > 1) {
            throw TenantProblem.invalid(name, "Must be given once.");
        }
    }

    /** How many a page is to hold. */
    public int limit() {
        Integer limit = value("limit", "Must lie between 1 and " + LARGEST_PAGE + ".", text -> {
            int number = Integer.parseInt(text);
            require(number >= 1 && number <= LARGEST_PAGE);
            return number;
        });
        return limit == null ? USUAL_PAGE : limit;
    }

    /** The cursor of a page before; null from the start. What it holds is checked by who made it. */
    public @Nullable String cursor() {
        return text("after");
    }

    /** A text of any kind; null where it is not there. */
    public @Nullable String text(String name) {
        return value(name, "Must have between 1 and " + LONGEST_TEXT + " characters, and no NUL.", text -> {
            require(!text.isEmpty() && text.length() <= LONGEST_TEXT && text.indexOf('\0') < 0);
            return text;
        });
    }

    /** The id of {@code what}; null where it is not there. */
    public @Nullable UUID id(String name, String what) {
        return value(name, "Must be the id of " + what + ".", text -> {
            require(ID.matcher(text).matches());
            return UUID.fromString(text);
        });
    }

    /** A point in time; null where it is not there. */
    public @Nullable Instant time(String name) {
        return value(name, "Must be a date and time with an offset, as 2027-01-31T00:00:00Z.", text -> {
            Instant time = OffsetDateTime.parse(text).toInstant();
            require(time.isAfter(Instant.EPOCH) && time.isBefore(Instant.EPOCH.plus(365_000, ChronoUnit.DAYS)));
            return time;
        });
    }

    /**
     * What {@code reader} makes of a parameter; null where it is not there.
     *
     * @param expected what is said where the reader throws an {@link IllegalArgumentException}
     */
    public <T> @Nullable T value(String name, String expected, Function<String, T> reader) {
        String text = sent.getFirst(name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw TenantProblem.invalid(name, expected);
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException();
        }
    }
}
