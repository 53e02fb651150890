package dev.muster.account;

import dev.muster.directory.ResourceIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** The events of a tenant, numbered without a gap in the order in which they were committed. */
@ApplicationScoped
class EventRepository {

    private static final String APPEND = """
            insert into event (tenant_id, sequence, id, type, subject_id, at, data)
            select $1, e.sequence, e.id, e.type, e.subject_id, $2, e.data::jsonb
            from unnest($3::int8[], $4::uuid[], $5::text[], $6::uuid[], $7::text[]) e (sequence, id, type, subject_id, data)""";

    private static final String FORGET =
            "update event set data = '{}' where tenant_id = $1 and subject_id = any($2::uuid[]) and data <> '{}'";

    /** Appends events; whoever does holds the lock of the tenant's {@link ProjectionState}, and counts its sequence on. */
    Uni<Void> append(SqlConnection db, String tenant, long sequence, Instant now, List<AccountEvent> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(APPEND)
                        .execute(Tuple.from(Arrays.asList(
                                tenant,
                                now.atOffset(ZoneOffset.UTC),
                                LongStream.rangeClosed(sequence + 1, sequence + events.size())
                                        .boxed()
                                        .toArray(Long[]::new),
                                events.stream().map(event -> ResourceIds.next()).toArray(UUID[]::new),
                                events.stream().map(AccountEvent::type).toArray(String[]::new),
                                events.stream().map(AccountEvent::subject).toArray(UUID[]::new),
                                events.stream()
                                        .map(event -> event.data().toString())
                                        .toArray(String[]::new))))
                        .replaceWithVoid();
    }

    /** Takes what they say out of all events about these: what is left is that there were some. */
    Uni<Void> forget(SqlConnection db, String tenant, Collection<UUID> subjects) {
        return db.preparedQuery(FORGET)
                .execute(Tuple.of(tenant, subjects.toArray(UUID[]::new)))
                .replaceWithVoid();
    }
}
