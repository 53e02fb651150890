package dev.muster.admin;

import dev.muster.audit.EntryIds;
import dev.muster.audit.LogQuery;
import dev.muster.audit.Outcome;
import dev.muster.rest.QueryParameters;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Query parameters of the log. */
final class LogParameters {

    static final Set<String> OF_EXPORT =
            Set.of("outcome", "person", "resourceId", "method", "since", "until", "requestId");
    static final Set<String> OF_PAGE =
            Set.of("outcome", "person", "resourceId", "method", "since", "until", "requestId", "limit", "after");

    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final QueryParameters sent;

    /** The parameters, of which only {@code known} ones may be there, each once. */
    LogParameters(MultivaluedMap<String, String> sent, Set<String> known) {
        this.sent = new QueryParameters(sent, known);
    }

    LogQuery query() {
        return new LogQuery(
                sent.value(
                        "outcome",
                        "Must be success, unchanged or error.",
                        text -> Outcome.of(text).orElseThrow(IllegalArgumentException::new)),
                sent.text("person"),
                sent.id("resourceId", "a resource"),
                sent.value(
                        "method",
                        "Must be a method of HTTP, such as POST.",
                        matching(METHOD, text -> text.toUpperCase(Locale.ROOT))),
                sent.time("since"),
                sent.time("until"),
                sent.value("requestId", "Must be what an X-Request-Id has said.", matching(REQUEST_ID, text -> text)));
    }

    int limit() {
        return sent.limit();
    }

    @Nullable
    UUID after() {
        return sent.value(
                "after",
                "Must be the nextCursor of a page.",
                text -> EntryIds.parse(text).orElseThrow(IllegalArgumentException::new));
    }

    private static Function<String, String> matching(Pattern pattern, Function<String, String> reader) {
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(text);
            }
            return reader.apply(text);
        };
    }
}
