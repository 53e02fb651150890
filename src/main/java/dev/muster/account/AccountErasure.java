package dev.muster.account;

import dev.muster.audit.LogErasureRepository;
import dev.muster.directory.ResourceErasure;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Erases accounts whose retention has ended: the account, its user, what events and the provisioning log say of them. What is
 * left is that there was an account of that id. One transaction a batch, so that nothing is half erased; what is erased is not
 * found again.
 */
@ApplicationScoped
class AccountErasure {

    private final ProjectionStateRepository states;
    private final AccountRepository accounts;
    private final AccountGroupRepository groups;
    private final ChangeRepository changes;
    private final EventRepository events;
    private final ResourceErasure resources;
    private final LogErasureRepository log;

    AccountErasure(
            ProjectionStateRepository states,
            AccountRepository accounts,
            AccountGroupRepository groups,
            ChangeRepository changes,
            EventRepository events,
            ResourceErasure resources,
            LogErasureRepository log) {
        this.states = states;
        this.accounts = accounts;
        this.groups = groups;
        this.changes = changes;
        this.events = events;
        this.resources = resources;
        this.log = log;
    }

    /** Erases at most {@code limit} accounts; those that it has erased, as they were. */
    Uni<List<Account>> eraseDue(SqlConnection db, Tenant tenant, int limit) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        // Asked first without the lock, which the tenant's projection needs: mostly nothing is due.
        return accounts.due(db, tenant.id(), now, 1)
                .chain(any -> any.isEmpty()
                        ? Uni.createFrom().item(any)
                        : states.lock(db, tenant.id())
                                .chain(state -> state.isEmpty()
                                        ? Uni.createFrom().item(List.of())
                                        : accounts.due(db, tenant.id(), now, limit)
                                                .call(due -> due.isEmpty()
                                                        ? Uni.createFrom().voidItem()
                                                        : erase(db, tenant, state.get(), due, now))));
    }

    private Uni<Void> erase(SqlConnection db, Tenant tenant, ProjectionState state, List<Account> due, Instant now) {
        String id = tenant.id();
        AccountTransition transition = new AccountTransition(tenant.settings().rules(), now);
        List<Account> erased = due.stream()
                .map(account -> transition.erased(account).changed(now))
                .toList();
        Map<UUID, UUID> users = due.stream()
                .filter(account -> account.resourceId() != null)
                .collect(Collectors.toMap(account -> Objects.requireNonNull(account.resourceId()), Account::id));
        return resources
                .erase(db, id, users.keySet(), now)
                .chain(() -> groups.leaveAll(db, id, users.keySet()))
                .map(lost -> Stream.concat(
                                AccountEvents.left(lost, users).stream(),
                                erased.stream().map(AccountEvents::deleted))
                        .toList())
                .call(said -> forget(db, tenant, due, erased, users.keySet()))
                .call(said -> events.append(db, id, state.sequence(), now, said))
                .chain(said -> states.advance(db, id, said.size(), 0));
    }

    private Uni<Void> forget(
            SqlConnection db, Tenant tenant, List<Account> due, List<Account> erased, Collection<UUID> users) {
        String id = tenant.id();
        List<UUID> ids = due.stream().map(Account::id).toList();
        return accounts.store(db, id, erased)
                .chain(() -> changes.ofAccounts(db, id, ids, List.of()))
                .chain(() -> events.forget(db, id, ids))
                .chain(() -> log.forget(db, id, users, names(due, Profile::userName), names(due, Profile::externalId)))
                .replaceWithVoid();
    }

    private static List<String> names(List<Account> accounts, Function<Profile, @Nullable String> name) {
        return accounts.stream()
                .map(account -> name.apply(account.profile()))
                .filter(Objects::nonNull)
                .toList();
    }
}
