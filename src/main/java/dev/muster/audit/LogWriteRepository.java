package dev.muster.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Array;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes rows of the log, many by one statement, and deletes those whose time is over. */
@ApplicationScoped
class LogWriteRepository {

    /** A column and what an entry has in it. */
    private record Column<T>(String name, String sqlType, Class<T> type, Function<LogEntry, @Nullable T> value) {

        Object of(List<LogEntry> entries) {
            @Nullable Object[] values = (@Nullable Object[]) Array.newInstance(type, entries.size());
            for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(entries.get(i));
            }
            return values;
        }
    }

    private static final List<Column<?>> COLUMNS = List.of(
            text("tenant_id", LogEntry::tenant),
            new Column<>("id", "uuid", UUID.class, LogEntry::id),
            text("request_id", LogWriteRepository::requestId),
            new Column<>("operation", "int4", Integer.class, LogEntry::operation),
            new Column<>("operator", "bool", Boolean.class, LogEntry::operator),
            text("token_id", LogEntry::tokenId),
            text("method", LogEntry::method),
            text("resource_type", LogEntry::resourceType),
            new Column<>("resource_id", "uuid", UUID.class, LogEntry::resourceId),
            text("user_name", entry -> entry.who().userName()),
            text("external_id", entry -> entry.who().externalId()),
            text("display_name", entry -> entry.who().displayName()),
            text("user_name_folded", entry -> LogEntry.folded(entry.who().userName())),
            text("display_name_folded", entry -> LogEntry.folded(entry.who().displayName())),
            new Column<>("status", "int4", Integer.class, LogEntry::status),
            text("outcome", entry -> entry.outcome().keyword()),
            text("scim_type", LogEntry::scimType),
            text("reason", LogEntry::reason),
            text("advice", LogWriteRepository::advice),
            text("query", entry -> LogNames.text(entry.query())),
            text("ignored", entry -> LogNames.text(entry.ignored())),
            text("changes", entry -> LogNames.text(entry.changes())),
            new Column<>("micros", "int4", Integer.class, LogEntry::micros));

    private static final String NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));

    /**
     * Each row is bound to its tenant as it comes by: the policy checks it by that when it is inserted. Were they ever taken in
     * another order, the statement would fail.
     */
    private static final String INSERT = "insert into provisioning_log (" + NAMES + ") select * from unnest("
            + IntStream.range(0, COLUMNS.size())
                    .mapToObj(i -> "$" + (i + 1) + "::" + COLUMNS.get(i).sqlType() + "[]")
                    .collect(Collectors.joining(", "))
            + ") as e(" + NAMES + ") where set_config('muster.tenant', e.tenant_id, true) = e.tenant_id"
            // A batch whose end nobody has heard of is written again.
            + " on conflict do nothing";

    private static final String LIVING =
            "select id from tenant where id = any($1::text[]) and not deleting order by id for key share";

    private static final String PURGE = """
            delete from provisioning_log where tenant_id = $1 and id in (
                select id from provisioning_log where tenant_id = $1 and id < $2 order by id limit $3)""";

    /**
     * Those of the tenants that there are, locked against their erasure until the transaction ends; on a connection that is
     * bound to the operator.
     */
    Uni<Set<String>> living(SqlConnection connection, Set<String> tenants) {
        return connection
                .preparedQuery(LIVING)
                .execute(Tuple.tuple().addArrayOfString(tenants.toArray(String[]::new)))
                .map(rows -> {
                    Set<String> living = new HashSet<>();
                    for (Row row : rows) {
                        living.add(row.getString(0));
                    }
                    return living;
                });
    }

    /** Writes entries of any tenants, in a transaction whose binding nobody needs any more. */
    Uni<Void> insert(SqlConnection connection, List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Object> columns = new ArrayList<>(COLUMNS.size());
        COLUMNS.forEach(column -> columns.add(column.of(entries)));
        return connection.preparedQuery(INSERT).execute(Tuple.from(columns)).replaceWithVoid();
    }

    /** Deletes at most {@code limit} of a tenant's entries from before a time, the oldest first; the number deleted. */
    Uni<Integer> purge(SqlConnection connection, String tenant, Instant before, int limit) {
        return connection
                .preparedQuery(PURGE)
                .execute(Tuple.of(tenant, EntryIds.first(before), (long) limit))
                .map(rows -> rows.rowCount());
    }

    private static Column<String> text(String name, Function<LogEntry, @Nullable String> value) {
        return new Column<>(name, "text", String.class, value);
    }

    private static @Nullable String requestId(LogEntry entry) {
        return entry.requestId().equals(entry.id().toString()) ? null : entry.requestId();
    }

    private static @Nullable String advice(LogEntry entry) {
        Advice advice = entry.advice();
        return advice == null ? null : advice.name();
    }
}
