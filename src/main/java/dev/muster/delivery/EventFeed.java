package dev.muster.delivery;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.TenantProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The events of a tenant, as far as they are kept, in the order in which they were committed. */
@ApplicationScoped
public class EventFeed {

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,18}");

    private final TenantDatabase database;
    private final EventFeedRepository rows;

    EventFeed(TenantDatabase database, EventFeedRepository rows) {
        this.database = database;
        this.rows = rows;
    }

    /**
     * A page of events.
     *
     * @param nextCursor where to go on, also when nothing more is there yet
     */
    public record Page(List<DeliveredEvent> events, String nextCursor) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /**
     * Events after a place.
     *
     * @param after the cursor of a page before; null for the oldest events that are kept
     * @throws TenantProblem where the events behind the cursor are not kept any more, so that some would be missed
     */
    public Uni<Page> page(String tenant, @Nullable String after, int limit) {
        long begin = after == null ? 0 : sequence(after);
        return database.statements(
                tenant,
                // In this order: what is deleted in between is noticed.
                db -> rows.page(db, tenant, begin, limit)
                        .chain(events -> rows.forgotten(db, tenant).map(forgotten -> {
                            if (after != null && begin < forgotten) {
                                throw TenantProblem.gone("The events up to " + forgotten
                                        + " are not kept any more. Read all accounts and groups anew, and go on without a"
                                        + " cursor.");
                            }
                            return new Page(events, cursor(events, Math.max(begin, forgotten)));
                        })));
    }

    private static String cursor(List<DeliveredEvent> events, long begin) {
        return Long.toString(events.isEmpty() ? begin : events.getLast().sequence());
    }

    private static long sequence(String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw TenantProblem.invalid("after", "Must be the nextCursor of a page before.");
        }
        return Long.parseLong(cursor);
    }
}
