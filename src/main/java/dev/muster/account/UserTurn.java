package dev.muster.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Applies to the accounts what has become of users, or notes that it waits. */
@ApplicationScoped
class UserTurn {

    private final Assessor assessor;
    private final AccountRepository accounts;
    private final AccountGroupRepository groups;
    private final RoleRepository roles;
    private final PendingRepository pending;
    private final ChangeRepository changes;
    private final EventRepository events;

    UserTurn(
            Assessor assessor,
            AccountRepository accounts,
            AccountGroupRepository groups,
            RoleRepository roles,
            PendingRepository pending,
            ChangeRepository changes,
            EventRepository events) {
        this.assessor = assessor;
        this.accounts = accounts;
        this.groups = groups;
        this.roles = roles;
        this.pending = pending;
        this.changes = changes;
        this.events = events;
    }

    /** @param users each user once */
    Uni<Applied> apply(SqlConnection db, Assessor.Ground ground, Collection<Change> users) {
        if (users.isEmpty()) {
            return Uni.createFrom().item(Applied.NOTHING);
        }
        return assessor.assess(db, ground, users)
                .chain(found -> store(db, ground, new UserOutcome(ground, found.assessments(), found.waiting())));
    }

    private Uni<Applied> store(SqlConnection db, Assessor.Ground ground, UserOutcome outcome) {
        String tenant = ground.tenant().id();
        return accounts.store(db, tenant, outcome.stored())
                .chain(() -> pending.delete(db, tenant, outcome.settled()))
                .chain(() -> pending.store(db, tenant, outcome.waiting()))
                .chain(() -> changes.ofAccounts(
                        db, tenant, outcome.linked().keySet(), outcome.linked().values()))
                .chain(() -> outcome.erased().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : events.forget(db, tenant, outcome.erased()))
                .chain(() -> groups.leaveAll(db, tenant, outcome.gone()))
                .chain(left -> groups.having(db, tenant, outcome.come().keySet())
                        .map(joined -> outcome.applied(left, joined)));
    }

    /** Gives accounts the roles that their users' applied memberships give; nothing else of them changes. */
    Uni<Applied> giveRoles(SqlConnection db, Assessor.Ground ground, Collection<UUID> users) {
        String tenant = ground.tenant().id();
        return Uni.combine()
                .all()
                .unis(
                        accounts.ofResources(db, tenant, users),
                        roles.of(db, tenant, ground.rules().roles(), users))
                .asTuple()
                .chain(found -> {
                    List<Account> changed = new ArrayList<>();
                    List<AccountEvent> said = new ArrayList<>();
                    for (Account account : found.getItem1()) {
                        List<String> given =
                                found.getItem2().getOrDefault(Objects.requireNonNull(account.resourceId()), List.of());
                        if (!given.equals(account.profile().roles())) {
                            Account after = account.withProfile(
                                            account.profile().withRoles(given))
                                    .changed(ground.now());
                            changed.add(after);
                            AccountEvents.of(account, after).ifPresent(said::add);
                        }
                    }
                    return accounts.store(db, tenant, changed).replaceWith(new Applied(said, 0, changed.size(), 0));
                });
    }
}
