package dev.muster.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What waits, in SQL. */
@ApplicationScoped
class PendingRepository {

    static final String COLUMNS = "p.resource_id, p.type, p.reason, p.since, p.account_id, p.candidates";

    private static final String OF_RESOURCES =
            "select " + COLUMNS + " from pending p where p.tenant_id = $1 and p.resource_id = any($2::uuid[])";

    private static final String STORE = """
            insert into pending (tenant_id, resource_id, type, reason, since, account_id, candidates)
            select $1, s.resource_id, s.type, s.reason, s.since, s.account_id, s.candidates::uuid[]
            from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[], $7::text[])
                s (resource_id, type, reason, since, account_id, candidates)
            on conflict (tenant_id, resource_id) do update set reason = excluded.reason, since = excluded.since,
                account_id = excluded.account_id, candidates = excluded.candidates""";

    private static final String DELETE = "delete from pending where tenant_id = $1 and resource_id = any($2::uuid[])";

    private static final String DELETE_OF_ACCOUNTS =
            "delete from pending where tenant_id = $1 and account_id = any($2::uuid[])";

    Uni<Map<UUID, Pending>> find(SqlConnection db, String tenant, Collection<UUID> resources) {
        return db.preparedQuery(OF_RESOURCES)
                .execute(Tuple.of(tenant, resources.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, Pending> found = new HashMap<>();
                    pending(rows).forEach(pending -> found.put(pending.resource(), pending));
                    return found;
                });
    }

    Uni<Void> store(SqlConnection db, String tenant, List<Pending> pending) {
        return pending.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(STORE)
                        .execute(Tuple.from(Arrays.asList(
                                tenant,
                                pending.stream().map(Pending::resource).toArray(UUID[]::new),
                                pending.stream().map(Pending::type).toArray(String[]::new),
                                pending.stream()
                                        .map(one -> one.reason().keyword())
                                        .toArray(String[]::new),
                                pending.stream()
                                        .map(one -> one.since().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new),
                                pending.stream().map(Pending::account).toArray(UUID[]::new),
                                pending.stream()
                                        .map(one -> one.candidates().stream()
                                                .map(UUID::toString)
                                                .collect(Collectors.joining(",", "{", "}")))
                                        .toArray(String[]::new))))
                        .replaceWithVoid();
    }

    Uni<Void> delete(SqlConnection db, String tenant, Collection<UUID> resources) {
        return resources.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(DELETE)
                        .execute(Tuple.of(tenant, resources.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** What waits to be done to accounts that have found a user again. */
    Uni<Void> deleteOfAccounts(SqlConnection db, String tenant, Collection<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(DELETE_OF_ACCOUNTS)
                        .execute(Tuple.of(tenant, accounts.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    static List<Pending> pending(RowSet<Row> rows) {
        List<Pending> pending = new ArrayList<>(rows.size());
        for (Row row : rows) {
            pending.add(new Pending(
                    row.getUUID("resource_id"),
                    row.getString("type"),
                    PendingReason.of(row.getString("reason")).orElseThrow(),
                    row.getOffsetDateTime("since").toInstant(),
                    row.getUUID("account_id"),
                    List.of(row.getArrayOfUUIDs("candidates"))));
        }
        return pending;
    }
}
