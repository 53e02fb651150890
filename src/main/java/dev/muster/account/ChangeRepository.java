package dev.muster.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The change log, as those who work it off see it. */
@ApplicationScoped
class ChangeRepository {

    private static final String COLUMNS = "select at, id, resource_id, type, members, decision, account_id from change";

    private static final String OF_RESOURCES =
            COLUMNS + " where tenant_id = $1 and members is null and at <= now() order by at, id limit $2";
    private static final String OF_MEMBERS =
            COLUMNS + " where tenant_id = $1 and members is not null and at <= now() order by at, id limit $2";
    private static final String DELETE = """
            delete from change c using unnest($2::timestamptz[], $3::uuid[]) d (at, id)
            where c.tenant_id = $1 and c.at = d.at and c.id = d.id""";

    private static final String DECIDE = """
            insert into change (tenant_id, resource_id, type, decision, account_id)
            select $1, p.resource_id, p.type, $3, $4 from pending p
            where p.tenant_id = $1 and p.resource_id = any($2::uuid[]) and p.reason = any($5::text[])
            order by p.since, p.resource_id""";

    private static final String DECIDE_ALL = """
            insert into change (tenant_id, resource_id, type, decision)
            select $1, p.resource_id, p.type, $2 from pending p
            where p.tenant_id = $1 and p.reason = any($3::text[]) order by p.since, p.resource_id""";

    private static final String ALL_AGAIN = """
            insert into change (tenant_id, resource_id, type)
            select $1, p.resource_id, p.type from pending p where p.tenant_id = $1 order by p.since, p.resource_id""";

    private static final String OF_ACCOUNTS = """
            insert into change (tenant_id, resource_id, type)
            select $1, p.resource_id, p.type from pending p
            where p.tenant_id = $1 and p.account_id = any($2::uuid[]) and p.resource_id <> all($3::uuid[])""";

    private static final String OF_RESOURCE = "insert into change (tenant_id, resource_id, type) values ($1, $2, $3)";

    /** All that have been applied as members, or are members, of groups: each is looked at again. */
    private static final String MEMBERS_OF = """
            insert into change (tenant_id, resource_id, type, members, decision)
            select $1, group_id, 'Group', array_agg(member_id), 'release' from (
                select group_id, member_id, (row_number() over (partition by group_id) - 1) / 1000 as part from (
                    select group_id, member_id from account_membership where tenant_id = $1 and group_id = any($2::uuid[])
                    union
                    select group_id, member_id from membership where tenant_id = $1 and group_id = any($2::uuid[])) m) p
            group by group_id, part""";

    private static final String TENANTS = """
            select id from tenant t where not deleting and (projection_due is not null
                or exists (select 1 from change c where c.tenant_id = t.id and c.at <= now()))""";

    private static final String POSTPONE =
            "update change set at = clock_timestamp() + interval '1 minute' where tenant_id = $1 and at = $2 and id = $3";

    /** The oldest changes of resources themselves. */
    Uni<List<Change>> ofResources(SqlConnection db, String tenant, int limit) {
        return db.preparedQuery(OF_RESOURCES)
                .execute(Tuple.of(tenant, (long) limit))
                .map(ChangeRepository::changes);
    }

    /** The oldest changes of groups' members. */
    Uni<List<Change>> ofMembers(SqlConnection db, String tenant, int limit) {
        return db.preparedQuery(OF_MEMBERS)
                .execute(Tuple.of(tenant, (long) limit))
                .map(ChangeRepository::changes);
    }

    /** Takes changes out of the log: they have been worked off. */
    Uni<Void> delete(SqlConnection db, String tenant, Collection<Change> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return db.preparedQuery(DELETE)
                .execute(Tuple.of(
                        tenant,
                        changes.stream().map(Change::at).toArray(OffsetDateTime[]::new),
                        changes.stream().map(Change::id).toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** Notes what an operator has decided of those resources that wait for such a decision; their number. */
    Uni<Integer> decide(
            SqlConnection db, String tenant, Collection<UUID> resources, Decision decision, @Nullable UUID account) {
        return db.preparedQuery(DECIDE)
                .execute(Tuple.of(
                        tenant,
                        resources.toArray(UUID[]::new),
                        decision.keyword(),
                        account,
                        decision.reasons().stream().map(PendingReason::keyword).toArray(String[]::new)))
                .map(RowSet::rowCount);
    }

    /** As {@link #decide}, of all that wait for such a decision. */
    Uni<Integer> decideAll(SqlConnection db, String tenant, Decision decision) {
        return db.preparedQuery(DECIDE_ALL)
                .execute(Tuple.of(
                        tenant,
                        decision.keyword(),
                        decision.reasons().stream().map(PendingReason::keyword).toArray(String[]::new)))
                .map(RowSet::rowCount);
    }

    /** Has all that wait looked at again. */
    Uni<Void> allAgain(SqlConnection db, String tenant) {
        return db.preparedQuery(ALL_AGAIN).execute(Tuple.of(tenant)).replaceWithVoid();
    }

    /** Has those looked at again that wait because of accounts, which have found other users. */
    Uni<Void> ofAccounts(SqlConnection db, String tenant, Collection<UUID> accounts, Collection<UUID> users) {
        return accounts.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(OF_ACCOUNTS)
                        .execute(Tuple.of(tenant, accounts.toArray(UUID[]::new), users.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** Has a resource looked at again. */
    Uni<Void> again(SqlConnection db, String tenant, UUID resource, String type) {
        return db.preparedQuery(OF_RESOURCE)
                .execute(Tuple.of(tenant, resource, type))
                .replaceWithVoid();
    }

    /** Has the members of groups looked at again, and applied as they are. */
    Uni<Void> membersOf(SqlConnection db, String tenant, Collection<UUID> groups) {
        return groups.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(MEMBERS_OF)
                        .execute(Tuple.of(tenant, groups.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** The tenants for which there is work; on a connection that is bound to the operator. */
    Uni<List<String>> tenants(SqlConnection db) {
        return db.query(TENANTS).execute().map(rows -> {
            List<String> tenants = new ArrayList<>();
            rows.forEach(row -> tenants.add(row.getString(0)));
            return tenants;
        });
    }

    /** Has a change wait for a minute, so that it holds up no others. */
    Uni<Void> postpone(SqlConnection db, String tenant, Change change) {
        return db.preparedQuery(POSTPONE)
                .execute(Tuple.of(tenant, change.at(), change.id()))
                .replaceWithVoid();
    }

    private static List<Change> changes(RowSet<Row> rows) {
        List<Change> changes = new ArrayList<>(rows.size());
        for (Row row : rows) {
            UUID[] members = row.getArrayOfUUIDs("members");
            changes.add(new Change(
                    row.getOffsetDateTime("at"),
                    row.getUUID("id"),
                    row.getUUID("resource_id"),
                    row.getString("type"),
                    members == null ? List.of() : List.of(members),
                    Decision.of(row.getString("decision")).orElse(null),
                    row.getUUID("account_id")));
        }
        return changes;
    }
}
