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
            select c.member_id, c.member_type, c.added,
                case when not exists (select 1 from account_group t where t.tenant_id = $1 and t.id = $2) then null
                    when c.member_type <> 'Group' then a.id
                    else (select g.id from account_group g where g.tenant_id = $1 and g.id = c.member_id)
                    end as known_as
            from (
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

    /** Single lookups, wherever they stand: mostly there is nothing to look up, and no table is to be read for that. */
    private static final String KNOWN_GROUP =
            "exists (select 1 from account_group t where t.tenant_id = $1 and t.id = m.group_id)";

    private static final String LEAVE_ALL = """
            with gone as (
                delete from account_membership where tenant_id = $1 and member_id = any($2::uuid[])
                returning group_id, member_id)
            select m.group_id, array_agg(m.member_id order by m.member_id) as members from gone m
            group by m.group_id having\s""" + KNOWN_GROUP + " order by m.group_id";

    private static final String HAVING = """
            select m.group_id, array_agg(m.member_id order by m.member_id) as members
            from unnest($2::uuid[]) u (id) cross join lateral (
                select e.group_id, e.member_id from account_membership e
                where e.tenant_id = $1 and e.member_id = u.id offset 0) m
            group by m.group_id having\s""" + KNOWN_GROUP + " order by m.group_id";

    /** Both whom they have and in what they are; a thousand in a row. */
    private static final String MEMBERSHIPS = """
            select m.group_id, array_agg(m.known_as order by m.known_as) as members from (
                select k.group_id, k.known_as,
                    (row_number() over (partition by k.group_id order by k.known_as) - 1) / 1000 as part
                from (
                    select e.group_id, case e.member_type
                        when 'Group' then (select g.id from account_group g where g.tenant_id = $1 and g.id = e.member_id)
                        else (select a.id from account a where a.tenant_id = $1 and a.resource_id = e.member_id)
                        end as known_as
                    from (
                        select * from account_membership where tenant_id = $1 and group_id = any($2::uuid[])
                        union
                        select * from account_membership where tenant_id = $1 and member_id = any($2::uuid[])) e) k
                where k.known_as is not null) m
            group by m.group_id, m.part having\s""" + KNOWN_GROUP + " order by m.group_id, m.part";

    /**
     * A membership that has been added or removed.
     *
     * @param knownAs what the product knows the member by: its account, or the group that it is; null where it knows not both of
     *     the member and the group
     */
    record MemberChanged(
            boolean isGroup, boolean added, @Nullable UUID knownAs) {}

    /** Members of a group. */
    record Members(UUID group, List<UUID> members) {}

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
                        changed.add(new MemberChanged(
                                row.getString("member_type").equals(Change.GROUP),
                                row.getBoolean("added"),
                                row.getUUID("known_as")));
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

    /** Takes members that there are no more out of all groups; by their resources, whom groups that the product knows have lost. */
    Uni<List<Members>> leaveAll(SqlConnection db, String tenant, Collection<UUID> members) {
        return members(db, LEAVE_ALL, tenant, members);
    }

    /** By their resources, whom of these users the groups have that the product knows. */
    Uni<List<Members>> having(SqlConnection db, String tenant, Collection<UUID> users) {
        return members(db, HAVING, tenant, users);
    }

    /** The memberships in groups, and of these groups in others, where the product knows both: by what it knows them. */
    Uni<List<Members>> memberships(SqlConnection db, String tenant, Collection<UUID> groups) {
        return members(db, MEMBERSHIPS, tenant, groups);
    }

    private static Uni<List<Members>> members(SqlConnection db, String sql, String tenant, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(List.of())
                : db.preparedQuery(sql)
                        .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
                        .map(rows -> {
                            List<Members> members = new ArrayList<>(rows.size());
                            rows.forEach(row -> members.add(
                                    new Members(row.getUUID("group_id"), List.of(row.getArrayOfUUIDs("members")))));
                            return members;
                        });
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
