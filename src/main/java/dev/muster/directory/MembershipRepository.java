package dev.muster.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Memberships in SQL: rows, changed as sets. Adding or removing costs the same in a group of ten and of a million, for
 * nothing here reads a member list but {@link #page} and {@link #firstMembers}.
 */
@ApplicationScoped
class MembershipRepository {

    /** So many members at most stand in one row of the change log. */
    private static final int NOTED_TOGETHER = 1_000;

    /** Members that exist are locked by the foreign key until commit; those that do not are for the caller to find. */
    private static final String INSERT = noted("""
            insert into membership (tenant_id, group_id, member_id, member_type, created)
            select $1, $2, r.id, r.type, $4 from resource r
            where r.tenant_id = $1 and r.type in ('User', 'Group') and r.id = any($3::uuid[])
            order by r.id
            on conflict do nothing""");

    /** As {@link #INSERT}, for several groups. */
    private static final String INSERT_PAIRS = noted("""
            insert into membership (tenant_id, group_id, member_id, member_type, created)
            select $1, p.group_id, r.id, r.type, $4 from unnest($2::uuid[], $3::uuid[]) p (group_id, member_id)
            join resource r on r.tenant_id = $1 and r.id = p.member_id and r.type in ('User', 'Group')
            order by p.group_id, r.id
            on conflict do nothing""");

    private static final String EXISTING =
            "select r.id from resource r where r.tenant_id = $1 and r.type in ('User', 'Group') and r.id = any($2::uuid[])";
    private static final String GROUPS =
            "select id from resource where tenant_id = $1 and type = 'Group' and id = any($2::uuid[])";
    private static final String DELETE =
            noted("delete from membership where tenant_id = $1 and group_id = $2 and member_id = any($3::uuid[])");
    private static final String DELETE_ALL = noted("delete from membership where tenant_id = $1 and group_id = $2");
    private static final String DELETE_OTHERS =
            noted("delete from membership where tenant_id = $1 and group_id = $2 and member_id <> all($3::uuid[])");

    private static final String DELETE_MATCHING = """
            delete from membership d where d.tenant_id = $1 and d.group_id = $2 and d.member_id in (
                select m.member_id from membership m
                join resource o on o.tenant_id = m.tenant_id and o.id = m.member_id
                where m.tenant_id = $1 and m.group_id = $2 and (%s))""";

    /** The members' names stand beside them: one more lookup by primary key a member. */
    private static final String MEMBER = "m.member_id, m.member_type, o.document ->> 'displayName' as display";

    private static final String PAGE = "select " + MEMBER + """
             from (
                select m.member_id, m.member_type from membership m
                where m.tenant_id = $1 and m.group_id = $2 and m.member_id > $3%s order by m.member_id limit $4) m
            join resource o on o.tenant_id = $1 and o.id = m.member_id
            order by m.member_id""";

    private static final String FIRST_MEMBERS = "select g.id as group_id, " + MEMBER + """
             from unnest($2::uuid[]) as g (id)
            cross join lateral (
                select m.member_id, m.member_type from membership m
                where m.tenant_id = $1 and m.group_id = g.id%s order by m.member_id limit $3) m
            join resource o on o.tenant_id = $1 and o.id = m.member_id
            order by g.id, m.member_id""";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Adds those that exist and are not in yet; the number of new rows. */
    Uni<Integer> add(SqlConnection connection, String tenant, UUID group, Collection<UUID> members, Instant now) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(tenant, group, members.toArray(UUID[]::new), now.atOffset(ZoneOffset.UTC)))
                .map(MembershipRepository::count);
    }

    /**
     * Adds members to groups that had none.
     *
     * @param groups the group of each member, as many as {@code members}
     * @return the number of new rows; fewer than members where some do not exist
     */
    Uni<Integer> add(SqlConnection connection, String tenant, List<UUID> groups, List<UUID> members, Instant now) {
        return connection
                .preparedQuery(INSERT_PAIRS)
                .execute(Tuple.of(
                        tenant,
                        groups.toArray(UUID[]::new),
                        members.toArray(UUID[]::new),
                        now.atOffset(ZoneOffset.UTC)))
                .map(MembershipRepository::count);
    }

    /** Which of {@code ids} are neither users nor groups that SCIM sees. */
    Uni<Set<UUID>> unknown(SqlConnection connection, TenantScope scope, Collection<UUID> ids) {
        SqlParameters limit = new SqlParameters(3);
        return connection
                .preparedQuery(EXISTING + scope.andShown(limit))
                .execute(parameters(limit, scope.tenant(), ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> unknown = new HashSet<>(ids);
                    rows.forEach(row -> unknown.remove(row.getUUID(0)));
                    return unknown;
                });
    }

    /** Which of {@code ids} are groups of the tenant. */
    Uni<Set<UUID>> groups(SqlConnection connection, String tenant, Collection<UUID> ids) {
        return connection
                .preparedQuery(GROUPS)
                .execute(Tuple.of(tenant, ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Set<UUID> groups = new HashSet<>();
                    rows.forEach(row -> groups.add(row.getUUID(0)));
                    return groups;
                });
    }

    /** Removes those that are in; the number of rows removed. */
    Uni<Integer> remove(SqlConnection connection, TenantScope scope, UUID group, Collection<UUID> members) {
        UUID[] ids = members.toArray(UUID[]::new);
        if (!scope.isWhole()) {
            return removeMatching(
                    connection, scope, group, new SqlCondition("m.member_id = any($3::uuid[])", List.of((Object) ids)));
        }
        return connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(scope.tenant(), group, ids))
                .map(MembershipRepository::count);
    }

    /** Removes all members; the number of rows removed. */
    Uni<Integer> removeAll(SqlConnection connection, TenantScope scope, UUID group) {
        if (!scope.isWhole()) {
            return removeMatching(connection, scope, group, new SqlCondition("true", List.of()));
        }
        return connection
                .preparedQuery(DELETE_ALL)
                .execute(Tuple.of(scope.tenant(), group))
                .map(MembershipRepository::count);
    }

    /** Removes all members but {@code kept}; the number of rows removed. */
    Uni<Integer> removeOthers(SqlConnection connection, TenantScope scope, UUID group, Collection<UUID> kept) {
        UUID[] ids = kept.toArray(UUID[]::new);
        if (!scope.isWhole()) {
            return removeMatching(
                    connection, scope, group, new SqlCondition("m.member_id <> all($3::uuid[])", List.of((Object)
                            ids)));
        }
        return connection
                .preparedQuery(DELETE_OTHERS)
                .execute(Tuple.of(scope.tenant(), group, ids))
                .map(MembershipRepository::count);
    }

    /** Removes the members that a condition means; the number of rows removed. */
    Uni<Integer> removeMatching(SqlConnection connection, TenantScope scope, UUID group, SqlCondition condition) {
        List<Object> known = new ArrayList<>(List.of(scope.tenant(), group));
        known.addAll(condition.parameters());
        SqlParameters limit = new SqlParameters(known.size() + 1);
        return connection
                .preparedQuery(
                        noted(DELETE_MATCHING.formatted("(" + condition.text() + ")" + scope.andShownMember(limit))))
                .execute(parameters(limit, known.toArray()))
                .map(MembershipRepository::count);
    }

    /** Members in the order of their ids, after {@code after} (exclusive, null from the start). */
    Uni<List<Member>> page(SqlConnection connection, TenantScope scope, UUID group, @Nullable UUID after, int size) {
        SqlParameters limit = new SqlParameters(5);
        return connection
                .preparedQuery(PAGE.formatted(scope.andShownMember(limit)))
                .execute(parameters(limit, scope.tenant(), group, after == null ? BEFORE_ALL : after, (long) size))
                .map(rows -> {
                    List<Member> members = new ArrayList<>(rows.size());
                    rows.forEach(row -> members.add(member(row)));
                    return members;
                });
    }

    /** The first members of several groups, at most {@code size} of each; a group without members is absent. */
    Uni<Map<UUID, List<Member>>> firstMembers(
            SqlConnection connection, TenantScope scope, Collection<UUID> groups, int size) {
        SqlParameters limit = new SqlParameters(4);
        return connection
                .preparedQuery(FIRST_MEMBERS.formatted(scope.andShownMember(limit)))
                .execute(parameters(limit, scope.tenant(), groups.toArray(UUID[]::new), (long) size))
                .map(rows -> {
                    Map<UUID, List<Member>> members = new HashMap<>();
                    rows.forEach(row -> members.computeIfAbsent(row.getUUID("group_id"), id -> new ArrayList<>())
                            .add(member(row)));
                    return members;
                });
    }

    /** The statement with a note of the rows that it has changed in the change log; its result is their number. */
    private static String noted(String statement) {
        return "with changed as (" + statement + " returning group_id, member_id), noted as ("
                + " insert into change (tenant_id, resource_id, type, members)"
                + " select $1, group_id, 'Group', array_agg(member_id) from ("
                + " select group_id, member_id, (row_number() over (partition by group_id) - 1) / " + NOTED_TOGETHER
                + " as part from changed) c group by group_id, part)"
                + " select count(*) from changed";
    }

    private static int count(RowSet<Row> rows) {
        return rows.iterator().next().getInteger(0);
    }

    /** The parameters of a statement, and behind them those of what the scope has added to it. */
    private static Tuple parameters(SqlParameters limit, Object... known) {
        List<Object> all = new ArrayList<>(List.of(known));
        all.addAll(limit.values());
        return Tuple.from(all);
    }

    private static Member member(Row row) {
        return new Member(row.getUUID("member_id"), row.getString("member_type"), row.getString("display"));
    }
}
