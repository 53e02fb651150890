package dev.muster.account;

import dev.muster.tenant.settings.RoleMapping;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which roles the members of groups have, in SQL; by what has been applied. */
@ApplicationScoped
class RoleRepository {

    /** Members of a group that is in a group have the roles of both. */
    private static final String GROUPS = """
            with recursive giving (id, role) as (
                select g.id, m.role from unnest($2::text[], $3::text[], $4::text[]) m (external_id, display_key, role)
                join account_group g on g.tenant_id = $1
                    and (g.external_id = m.external_id or g.display_key = m.display_key)
                union
                select a.member_id, giving.role from giving
                join account_membership a on a.tenant_id = $1 and a.group_id = giving.id and a.member_type = 'Group')
            select id, role from giving""";

    private static final String MEMBERS = """
            select member_id, group_id from account_membership
            where tenant_id = $1 and member_id = any($2::uuid[]) and group_id = any($3::uuid[])""";

    /** The roles of those users that have some. */
    Uni<Map<UUID, List<String>>> of(
            SqlConnection db, String tenant, List<RoleMapping> mappings, Collection<UUID> users) {
        if (mappings.isEmpty() || users.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return groups(db, tenant, mappings)
                .chain(groups -> groups.isEmpty()
                        ? Uni.createFrom().item(Map.of())
                        : db.preparedQuery(MEMBERS)
                                .execute(Tuple.of(
                                        tenant,
                                        users.toArray(UUID[]::new),
                                        groups.keySet().toArray(UUID[]::new)))
                                .map(rows -> {
                                    Map<UUID, Set<String>> roles = new HashMap<>();
                                    rows.forEach(row -> roles.computeIfAbsent(row.getUUID(0), user -> new HashSet<>())
                                            .addAll(groups.getOrDefault(row.getUUID(1), Set.of())));
                                    Map<UUID, List<String>> sorted = new HashMap<>();
                                    roles.forEach((user, names) -> sorted.put(
                                            user, names.stream().sorted().toList()));
                                    return sorted;
                                }));
    }

    /** The groups whose members have roles, and which. */
    Uni<Map<UUID, Set<String>>> groups(SqlConnection db, String tenant, List<RoleMapping> mappings) {
        if (mappings.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return db.preparedQuery(GROUPS)
                .execute(Tuple.of(
                        tenant,
                        mappings.stream().map(RoleMapping::externalId).toArray(String[]::new),
                        mappings.stream()
                                .map(mapping -> AccountRepository.folded(mapping.displayName()))
                                .toArray(String[]::new),
                        mappings.stream().map(RoleMapping::role).toArray(String[]::new)))
                .map(rows -> {
                    Map<UUID, Set<String>> groups = new HashMap<>();
                    rows.forEach(row -> groups.computeIfAbsent(row.getUUID(0), group -> new HashSet<>())
                            .add(row.getString(1)));
                    return groups;
                });
    }
}
