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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Groups and memberships as the product sees them, in SQL. */
@ApplicationScoped
class AccountGroupRepository {

    static final String COLUMNS = "g.id, g.external_id, g.display_name, g.version, g.created, g.last_modified";

    private static final String OF_IDS =
            "select " + COLUMNS + " from account_group g where g.tenant_id = $1 and g.id = any($2::uuid[])";

    private static final String STORE = """
            insert into account_group (tenant_id, id, external_id, display_name, display_key, version, created, last_modified)
            select $1, s.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::int8[], $7::timestamptz[],
                $8::timestamptz[]) s
            on conflict (tenant_id, id) do update set external_id = excluded.external_id,
                display_name = excluded.display_name, display_key = excluded.display_key, version = excluded.version,
                last_modified = excluded.last_modified""";

    private static final String DELETE = "delete from account_group where tenant_id = $1 and id = any($2::uuid[])";

    /** Memberships as the directory has them now, of these members; what has been added and removed. */
    private static final String SYNCHRONISE = """
            with removed as (
                delete from account_membership a
                where a.tenant_id = $1 and a.group_id = $2 and a.member_id = any($3::uuid[])
                    and not exists (
                        select 1 from membership m
                        where m.tenant_id = $1 and m.group_id = $2 and m.member_id = a.member_id)
                returning a.member_id, a.member_type),
            added as (
                insert into account_membership (tenant_id, group_id, member_id, member_type)
                select $1, $2, m.member_id, m.member_type from membership m
                where m.tenant_id = $1 and m.group_id = $2 and m.member_id = any($3::uuid[])
                on conflict do nothing
                returning member_id, member_type)
            select c.member_id, c.member_type, c.added, a.id as account_id from (
                select member_id, member_type, false as added from removed
                union all select member_id, member_type, true from added) c
            left join account a on a.tenant_id = $1 and a.resource_id = c.member_id
            order by c.member_id""";

    private static final String DIFFERENCES = """
            select g.id, (
                    select count(*) from membership m where m.tenant_id = $1 and m.group_id = g.id and not exists (
                        select 1 from account_membership a
                        where a.tenant_id = $1 and a.group_id = g.id and a.member_id = m.member_id)) as added, (
                    select count(*) from account_membership a where a.tenant_id = $1 and a.group_id = g.id and not exists (
                        select 1 from membership m
                        where m.tenant_id = $1 and m.group_id = g.id and m.member_id = a.member_id)) as removed
            from unnest($2::uuid[]) g (id)""";

    private static final String DIFFERING_GROUPS = """
            select g.id from unnest($2::uuid[]) g (id) where exists (
                    select 1 from membership m where m.tenant_id = $1 and m.group_id = g.id and not exists (
                        select 1 from account_membership a
                        where a.tenant_id = $1 and a.group_id = g.id and a.member_id = m.member_id))
                or exists (
                    select 1 from account_membership a where a.tenant_id = $1 and a.group_id = g.id and not exists (
                        select 1 from membership m
                        where m.tenant_id = $1 and m.group_id = g.id and m.member_id = a.member_id))""";

    private static final String MEMBERS_DIFFER = """
            select exists (
                select 1 from unnest($3::uuid[]) i (id) where exists (
                    select 1 from membership m where m.tenant_id = $1 and m.group_id = $2 and m.member_id = i.id)
                <> exists (
                    select 1 from account_membership a
                    where a.tenant_id = $1 and a.group_id = $2 and a.member_id = i.id))""";

    private static final String LEAVE_ALL =
            "delete from account_membership where tenant_id = $1 and member_id = any($2::uuid[])";

    /**
     * A membership that has been added or removed.
     *
     * @param member the member's resource
     * @param account what the product knows the member by: its account, or the group that it is; null for a user without account
     */
    record MemberChanged(
            UUID member,
            boolean isGroup,
            boolean added,
            @Nullable UUID account) {}

    Uni<List<AccountGroup>> find(SqlConnection db, String tenant, Collection<UUID> ids) {
        return db.preparedQuery(OF_IDS)
                .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
                .map(AccountGroupRepository::groups);
    }

    Uni<Void> store(SqlConnection db, String tenant, List<AccountGroup> groups) {
        return groups.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(STORE)
                        .execute(Tuple.from(Arrays.asList(
                                tenant,
                                groups.stream().map(AccountGroup::id).toArray(UUID[]::new),
                                groups.stream().map(AccountGroup::externalId).toArray(String[]::new),
                                groups.stream().map(AccountGroup::displayName).toArray(String[]::new),
                                groups.stream()
                                        .map(group -> AccountRepository.folded(group.displayName()))
                                        .toArray(String[]::new),
                                groups.stream().map(AccountGroup::version).toArray(Long[]::new),
                                groups.stream()
                                        .map(group -> group.created().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new),
                                groups.stream()
                                        .map(group -> group.lastModified().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new))))
                        .replaceWithVoid();
    }

    Uni<Void> delete(SqlConnection db, String tenant, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(DELETE)
                        .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    /** Applies memberships of these members in a group as the directory has them now. */
    Uni<List<MemberChanged>> synchronise(SqlConnection db, String tenant, UUID group, Collection<UUID> members) {
        return db.preparedQuery(SYNCHRONISE)
                .execute(Tuple.of(tenant, group, members.toArray(UUID[]::new)))
                .map(rows -> {
                    List<MemberChanged> changed = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        boolean isGroup = row.getString("member_type").equals(Change.GROUP);
                        UUID member = row.getUUID("member_id");
                        changed.add(new MemberChanged(
                                member,
                                isGroup,
                                row.getBoolean("added"),
                                isGroup ? member : row.getUUID("account_id")));
                    }
                    return changed;
                });
    }

    /**
     * In how many members a group differs from what has been applied.
     *
     * @param added members that have not been applied yet
     * @param removed applied members that are none any more
     */
    record Difference(long added, long removed) {

        static final Difference NONE = new Difference(0, 0);

        boolean isNone() {
            return equals(NONE);
        }
    }

    /** In how many members these groups differ from what has been applied. */
    Uni<Map<UUID, Difference>> differences(SqlConnection db, String tenant, Collection<UUID> groups) {
        return groups.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : db.preparedQuery(DIFFERENCES)
                        .execute(Tuple.of(tenant, groups.toArray(UUID[]::new)))
                        .map(rows -> {
                            Map<UUID, Difference> differences = new HashMap<>();
                            rows.forEach(row -> differences.put(
                                    row.getUUID("id"), new Difference(row.getLong("added"), row.getLong("removed"))));
                            return differences;
                        });
    }

    /** Those of the groups whose members differ from what has been applied. */
    Uni<Set<UUID>> differing(SqlConnection db, String tenant, Collection<UUID> groups) {
        return groups.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : db.preparedQuery(DIFFERING_GROUPS)
                        .execute(Tuple.of(tenant, groups.toArray(UUID[]::new)))
                        .map(rows -> {
                            Set<UUID> differing = new HashSet<>();
                            rows.forEach(row -> differing.add(row.getUUID("id")));
                            return differing;
                        });
    }

    /** Whether any of these memberships of a group differs from what has been applied. */
    Uni<Boolean> differ(SqlConnection db, String tenant, UUID group, Collection<UUID> members) {
        return db.preparedQuery(MEMBERS_DIFFER)
                .execute(Tuple.of(tenant, group, members.toArray(UUID[]::new)))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Takes members that there are no more out of all groups. */
    Uni<Void> leaveAll(SqlConnection db, String tenant, Collection<UUID> members) {
        return members.isEmpty()
                ? Uni.createFrom().voidItem()
                : db.preparedQuery(LEAVE_ALL)
                        .execute(Tuple.of(tenant, members.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    static List<AccountGroup> groups(RowSet<Row> rows) {
        List<AccountGroup> groups = new ArrayList<>(rows.size());
        for (Row row : rows) {
            groups.add(new AccountGroup(
                    row.getUUID("id"),
                    row.getString("external_id"),
                    row.getString("display_name"),
                    row.getLong("version"),
                    row.getOffsetDateTime("created").toInstant(),
                    row.getOffsetDateTime("last_modified").toInstant()));
        }
        return groups;
    }
}
