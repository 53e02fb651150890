package dev.muster.account;

import dev.muster.account.PendingQuery.Place;
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

    /** The first of each reason by its index, and of those the first: nothing that waits is read but what is shown. */
    private static final String PAGE = "select " + COLUMNS + """
             from unnest($2::text[]) r (reason), lateral (
                select * from pending f
                where f.tenant_id = $1 and f.reason = r.reason and (f.since, f.resource_id) > ($4, $5)
                    and ($3::text is null or f.type = $3)
                order by f.since, f.resource_id limit $6) p
            order by p.since, p.resource_id limit $6""";

    private static final String USERS_WITHOUT_RESOURCE = """
            select p.resource_id from pending p
            where p.tenant_id = $1 and p.type = 'User' and p.resource_id > $2 and not exists (
                select 1 from resource r where r.tenant_id = $1 and r.id = p.resource_id)
            order by p.resource_id limit $3""";

    private static final String OF_ACCOUNT = "select " + COLUMNS
            + " from pending p where p.tenant_id = $1 and (p.account_id = $2 or p.resource_id = $3)";

    private static final String COUNT =
            "select p.reason, p.type, count(*) from pending p where p.tenant_id = $1 group by p.reason, p.type order by 1, 2";

    Uni<List<PendingCount>> counts(SqlConnection db, String tenant) {
        return db.preparedQuery(COUNT).execute(Tuple.of(tenant)).map(rows -> {
            List<PendingCount> counts = new ArrayList<>(rows.size());
            rows.forEach(row -> counts.add(new PendingCount(
                    PendingReason.of(row.getString(0)).orElseThrow(), row.getString(1), row.getLong(2))));
            return counts;
        });
    }

    /** What waits about an account, or about the user that it is made of. */
    Uni<List<Pending>> ofAccount(SqlConnection db, String tenant, Account account) {
        return db.preparedQuery(OF_ACCOUNT)
                .execute(Tuple.of(tenant, account.id(), account.resourceId()))
                .map(PendingRepository::pending);
    }

    /** Users of whom something waits, and who are gone, in the order of their ids. */
    Uni<List<UUID>> usersWithoutResource(SqlConnection db, String tenant, UUID after, int limit) {
        return db.preparedQuery(USERS_WITHOUT_RESOURCE)
                .execute(Tuple.of(tenant, after, (long) limit))
                .map(rows -> {
                    List<UUID> ids = new ArrayList<>(rows.size());
                    rows.forEach(row -> ids.add(row.getUUID(0)));
                    return ids;
                });
    }

    Uni<List<Pending>> page(SqlConnection db, String tenant, PendingQuery query) {
        Place after = query.after() == null ? Place.BEFORE_ALL : query.after();
        Collection<PendingReason> reasons =
                query.reason() == null ? List.of(PendingReason.values()) : List.of(query.reason());
        return db.preparedQuery(PAGE)
                .execute(Tuple.of(
                        tenant,
                        reasons.stream().map(PendingReason::keyword).toArray(String[]::new),
                        query.type(),
                        after.since().atOffset(ZoneOffset.UTC),
                        after.resource(),
                        (long) query.limit()))
                .map(PendingRepository::pending);
    }

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
