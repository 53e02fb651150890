package dev.muster.admin;

import dev.muster.audit.EntryIds;
import dev.muster.audit.LogQuery;
import dev.muster.audit.Outcome;
import dev.muster.tenant.TenantProblem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query parameters of the log, read strictly: a misspelt one must not show an operator too much or nothing. */
final class LogParameters {

    static final Set<String> OF_EXPORT =
            Set.of("outcome", "person", "resourceId", "method", "since", "until", "requestId");
    static final Set<String> OF_PAGE =
            Set.of("outcome", "person", "resourceId", "method", "since", "until", "requestId", "limit", "after");

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;
    private static final int LONGEST_PERSON = 1_000;
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final MultivaluedMap<String, String> sent;

    /** The parameters, of which only {@code known} ones may be there, each once. */
    LogParameters(MultivaluedMap<String, String> sent, Set<String> known) {
        this.sent = sent;
        sent.forEach((name, values) -> check(name, values, known));
    }

    private static void check(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw TenantProblem.invalid(
                    name.length() <= 64 ? name : name.substring(0, 64),
                    "There is no such parameter. The parameters are: "
                            + String.join(", ", known.stream().sorted().toList()) + ".");
        }
        if (values.size() > 1) {
            throw TenantProblem.invalid(name, "Must be given once.");
        }
    }

    LogQuery query() {
        return new LogQuery(
                value(
                        "outcome",
                        "Must be success, unchanged or error.",
                        text -> Outcome.of(text).orElseThrow(IllegalArgumentException::new)),
                value("person", "Must have between 1 and " + LONGEST_PERSON + " characters, and no NUL.", text -> {
                    require(!text.isEmpty() && text.length() <= LONGEST_PERSON && text.indexOf('\0') < 0);
                    return text;
                }),
                value(
                        "resourceId",
                        "Must be the id of a resource.",
                        text -> EntryIds.parse(text).orElseThrow(IllegalArgumentException::new)),
                value("method", "Must be a method of HTTP, such as POST.", text -> {
                    require(METHOD.matcher(text).matches());
                    return text.toUpperCase(Locale.ROOT);
                }),
                time("since"),
                time("until"),
                value("requestId", "Must be what an X-Request-Id has said.", text -> {
                    require(REQUEST_ID.matcher(text).matches());
                    return text;
                }));
    }

    int limit() {
        Integer limit = value("limit", "Must lie between 1 and " + LARGEST_PAGE + ".", text -> {
            int number = Integer.parseInt(text);
            require(number >= 1 && number <= LARGEST_PAGE);
            return number;
        });
        return limit == null ? USUAL_PAGE : limit;
    }

    @Nullable
    UUID after() {
        return value(
                "after",
                "Must be the nextCursor of a page.",
                text -> EntryIds.parse(text).orElseThrow(IllegalArgumentException::new));
    }

    private @Nullable Instant time(String name) {
        return value(name, "Must be a date and time with an offset, as 2027-01-31T00:00:00Z.", text -> {
            Instant time = OffsetDateTime.parse(text).toInstant();
            require(time.isAfter(Instant.EPOCH) && time.isBefore(Instant.EPOCH.plus(365_000, ChronoUnit.DAYS)));
            return time;
        });
    }

    private <T> @Nullable T value(String name, String expected, Function<String, T> reader) {
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
