package dev.muster.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads events by their place, and deletes the oldest. */
@ApplicationScoped
class EventFeedRepository {

    private static final String PAGE = """
            select sequence, id, type, at, data::text as data from event
            where tenant_id = $1 and sequence > $2 order by sequence limit $3""";

    /** The place of the last event that is not kept any more. */
    private static final String FORGOTTEN = """
            select coalesce((select min(e.sequence) from event e where e.tenant_id = $1), p.sequence + 1) - 1
            from projection p where p.tenant_id = $1""";

    private static final String PURGE = """
            delete from event where tenant_id = $1 and at < $2 and sequence in (
                select sequence from event where tenant_id = $1 order by sequence limit $3)""";

    Uni<List<DeliveredEvent>> page(SqlConnection db, String tenant, long after, int limit) {
        return db.preparedQuery(PAGE)
                .execute(Tuple.of(tenant, after, (long) limit))
                .map(rows -> {
                    List<DeliveredEvent> events = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        events.add(new DeliveredEvent(
                                row.getLong("sequence"),
                                row.getUUID("id"),
                                row.getString("type"),
                                row.getOffsetDateTime("at").toInstant(),
                                row.getString("data")));
                    }
                    return events;
                });
    }

    Uni<Long> forgotten(SqlConnection db, String tenant) {
        return db.preparedQuery(FORGOTTEN)
                .execute(Tuple.of(tenant))
                .map(rows -> rows.rowCount() == 0 ? 0L : rows.iterator().next().getLong(0));
    }

    /** Deletes at most {@code limit} events from before a time, the oldest first; the number deleted. */
    Uni<Integer> purge(SqlConnection db, String tenant, Instant before, int limit) {
        return db.preparedQuery(PURGE)
                .execute(Tuple.of(tenant, before.atOffset(ZoneOffset.UTC), (long) limit))
                .map(rows -> rows.rowCount());
    }
}
