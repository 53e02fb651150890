package dev.muster.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts, groups and members page by page, in SQL; each page begins at an index condition. */
@ApplicationScoped
class AccountQueryRepository {

    private static final String GROUPS = "select " + AccountGroupRepository.COLUMNS + """
             from account_group g where g.tenant_id = $1 and g.id > $2
                and ($3::text is null or g.external_id = $3) and ($4::text is null or g.display_key = $4)
            order by g.id limit $5""";

    private static final String BY_EXTERNAL_ID = "select " + AccountGroupRepository.COLUMNS + """
             from account_group g where g.tenant_id = $1 and g.id > $2
                and g.external_id = $3 and ($4::text is null or g.display_key = $4)
            order by g.id limit $5""";

    private static final String BY_DISPLAY_NAME = "select " + AccountGroupRepository.COLUMNS + """
             from account_group g where g.tenant_id = $1 and g.id > $2
                and ($3::text is null or g.external_id = $3) and g.display_key = $4
            order by g.id limit $5""";

    private static final String GROUPS_OF = "select " + AccountGroupRepository.COLUMNS + """
             from account_membership m join account_group g on g.tenant_id = $1 and g.id = m.group_id
            where m.tenant_id = $1 and m.member_id = $2 and m.group_id > $3 order by m.group_id limit $4""";

    /** Members of whom the product has heard. */
    private static final String MEMBERS = """
            select m.member_id, a.id as account_id, a.user_name, a.email, a.status, g.id as group_id, g.display_name,
                coalesce(a.external_id, g.external_id) as external_id
            from account_membership m
            left join account a on a.tenant_id = $1 and a.resource_id = m.member_id
            left join account_group g on g.tenant_id = $1 and g.id = m.member_id
            where m.tenant_id = $1 and m.group_id = $2 and m.member_id > $3 and (a.id is not null or g.id is not null)
            order by m.member_id limit $4""";

    private static final UUID FIRST = new UUID(0, 0);

    /** A member and its place among the members. */
    record PlacedMember(UUID resource, GroupMember member) {}

    Uni<List<Account>> accounts(SqlConnection db, AccountSelection selection) {
        return db.preparedQuery(selection.text())
                .execute(Tuple.from(selection.parameters()))
                .map(AccountRepository::accounts);
    }

    Uni<List<AccountGroup>> groups(
            SqlConnection db, String tenant, AccountGroupFilter filter, @Nullable PagePosition after, int limit) {
        String text =
                filter.externalId() != null ? BY_EXTERNAL_ID : filter.displayName() != null ? BY_DISPLAY_NAME : GROUPS;
        return db.preparedQuery(text)
                .execute(Tuple.of(
                        tenant, id(after), filter.externalId(), AccountRepository.folded(filter.displayName()), (long)
                                limit))
                .map(AccountGroupRepository::groups);
    }

    /** The groups that a resource is directly in. */
    Uni<List<AccountGroup>> groupsOf(
            SqlConnection db, String tenant, UUID resource, @Nullable PagePosition after, int limit) {
        return db.preparedQuery(GROUPS_OF)
                .execute(Tuple.of(tenant, resource, id(after), (long) limit))
                .map(AccountGroupRepository::groups);
    }

    Uni<List<PlacedMember>> members(
            SqlConnection db, String tenant, UUID group, @Nullable PagePosition after, int limit) {
        return db.preparedQuery(MEMBERS)
                .execute(Tuple.of(tenant, group, id(after), (long) limit))
                .map(AccountQueryRepository::members);
    }

    private static UUID id(@Nullable PagePosition after) {
        return after == null ? FIRST : after.id();
    }

    private static List<PlacedMember> members(RowSet<Row> rows) {
        List<PlacedMember> members = new ArrayList<>(rows.size());
        for (Row row : rows) {
            UUID account = row.getUUID("account_id");
            GroupMember member = account == null
                    ? new GroupMember.Group(
                            row.getUUID("group_id"), row.getString("display_name"), row.getString("external_id"))
                    : new GroupMember.Person(
                            account,
                            row.getString("user_name"),
                            row.getString("external_id"),
                            row.getString("email"),
                            AccountStatus.of(row.getString("status")).orElseThrow());
            members.add(new PlacedMember(row.getUUID("member_id"), member));
        }
        return members;
    }
}
