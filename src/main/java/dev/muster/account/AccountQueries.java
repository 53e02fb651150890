package dev.muster.account;

import dev.muster.account.PagePosition.Order;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.TenantProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds accounts, groups and members as the product sees them: what has been applied. Each is read page by page; a page costs the
 * same wherever it lies. A cursor that is none of the same query is a {@link TenantProblem} of the field {@code after}.
 */
@ApplicationScoped
public class AccountQueries {

    private final TenantDatabase database;
    private final AccountQueryRepository queries;
    private final AccountRepository accounts;
    private final AccountGroupRepository groups;

    AccountQueries(
            TenantDatabase database,
            AccountQueryRepository queries,
            AccountRepository accounts,
            AccountGroupRepository groups) {
        this.database = database;
        this.queries = queries;
        this.accounts = accounts;
        this.groups = groups;
    }

    /** A page of accounts. */
    public Uni<Page<Account>> accounts(String tenant, AccountFilter filter, @Nullable String after, int limit) {
        Order order = AccountSelection.order(filter);
        AccountSelection page = AccountSelection.of(tenant, filter, PagePosition.read(after, order), limit + 1);
        return database.statements(tenant, db -> queries.accounts(db, page))
                .map(found -> page(found, limit, account -> switch (order) {
                    case ID -> PagePosition.of(order, account.id());
                    case MEMBER -> PagePosition.of(order, Objects.requireNonNull(account.resourceId()));
                    case MODIFIED -> new PagePosition(order, account.lastModified(), account.id());
                }));
    }

    /** One account; fails with a {@link TenantProblem} where there is none. */
    public Uni<Account> account(String tenant, UUID id) {
        return database.statements(tenant, db -> accounts.find(db, tenant, List.of(id)))
                .map(found -> only(found, "There is no account with this id."));
    }

    /** A page of groups. */
    public Uni<Page<AccountGroup>> groups(String tenant, AccountGroupFilter filter, @Nullable String after, int limit) {
        PagePosition begin = PagePosition.read(after, Order.ID);
        return database.statements(tenant, db -> queries.groups(db, tenant, filter, begin, limit + 1))
                .map(found -> page(found, limit, group -> PagePosition.of(Order.ID, group.id())));
    }

    /** One group; fails with a {@link TenantProblem} where there is none. */
    public Uni<AccountGroup> group(String tenant, UUID id) {
        return database.statements(tenant, db -> groups.find(db, tenant, List.of(id)))
                .map(found -> only(found, "There is no group with this id."));
    }

    /** A page of the groups that an account is directly in; fails where there is no such account. */
    public Uni<Page<AccountGroup>> groupsOf(String tenant, UUID account, @Nullable String after, int limit) {
        PagePosition begin = PagePosition.read(after, Order.ID);
        return account(tenant, account)
                .chain(found -> {
                    UUID user = found.resourceId();
                    return user == null
                            ? Uni.createFrom().item(List.<AccountGroup>of())
                            : database.statements(tenant, db -> queries.groupsOf(db, tenant, user, begin, limit + 1));
                })
                .map(found -> page(found, limit, group -> PagePosition.of(Order.ID, group.id())));
    }

    /** A page of a group's direct members: those that the product knows; fails where there is no such group. */
    public Uni<Page<GroupMember>> members(String tenant, UUID group, @Nullable String after, int limit) {
        PagePosition begin = PagePosition.read(after, Order.MEMBER);
        return group(tenant, group)
                .chain(found -> database.statements(tenant, db -> queries.members(db, tenant, group, begin, limit + 1)))
                .map(found -> page(found, limit, placed -> PagePosition.of(Order.MEMBER, placed.resource())))
                .map(page -> new Page<>(
                        page.items().stream()
                                .map(AccountQueryRepository.PlacedMember::member)
                                .toList(),
                        page.nextCursor()));
    }

    /** One more than a page holds has been asked for: it tells whether there is another page. */
    private static <T> Page<T> page(List<T> found, int limit, Function<T, PagePosition> position) {
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit),
                        position.apply(found.get(limit - 1)).cursor());
    }

    private static <T> T only(List<T> found, String absent) {
        if (found.isEmpty()) {
            throw TenantProblem.notFound(absent);
        }
        return found.getFirst();
    }
}
