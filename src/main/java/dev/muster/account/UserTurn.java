package dev.muster.account;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        String tenant = ground.tenant().id();
        return Uni.combine()
                .all()
                .unis(
                        assessor.assess(db, ground, users),
                        pending.find(
                                db, tenant, users.stream().map(Change::resource).toList()))
                .asTuple()
                .chain(found -> store(db, ground, new Outcome(ground, found.getItem1(), found.getItem2())));
    }

    private Uni<Applied> store(SqlConnection db, Assessor.Ground ground, Outcome outcome) {
        String tenant = ground.tenant().id();
        return accounts.store(db, tenant, List.copyOf(outcome.stored.values()))
                .chain(() -> pending.delete(db, tenant, outcome.settled))
                .chain(() -> pending.store(db, tenant, outcome.waiting))
                .chain(() -> changes.ofAccounts(db, tenant, outcome.linked.keySet(), outcome.linked.values()))
                .chain(() -> groups.leaveAll(db, tenant, outcome.gone))
                .chain(() -> outcome.erased.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : events.forget(db, tenant, outcome.erased))
                .replaceWith(outcome::applied);
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

    /** What assessments come to in the database. */
    private static final class Outcome {
        /** By id: who leaves and comes back at once changes one account twice. */
        private final Map<UUID, Account> stored = new LinkedHashMap<>();

        private final List<Pending> waiting = new ArrayList<>();
        private final Set<UUID> settled = new HashSet<>();
        private final Map<UUID, UUID> linked = new HashMap<>();
        private final Set<UUID> gone = new HashSet<>();
        private final Set<UUID> erased = new HashSet<>();
        private final List<AccountEvent> said = new ArrayList<>();
        private long inUse;
        private int held;

        Outcome(Assessor.Ground ground, List<Assessment> assessments, Map<UUID, Pending> before) {
            for (Assessment assessment : assessments) {
                if (assessment.waits() == null) {
                    if (before.containsKey(assessment.resource())) {
                        settled.add(assessment.resource());
                    }
                    settle(ground, assessment);
                } else {
                    wait(ground, assessment, assessment.waits(), before.get(assessment.resource()));
                }
            }
            if (held > 0) {
                said.add(AccountEvents.held(held, ground.accountsInUse()));
            }
        }

        private void settle(Assessor.Ground ground, Assessment assessment) {
            Account before = assessment.before();
            Account after = assessment.after();
            if (after == null || after.resourceId() == null) {
                gone.add(assessment.resource());
            }
            if (after == null || !assessment.changes()) {
                return;
            }
            Account next = next(ground, before, after);
            stored.put(next.id(), next);
            if (before != null
                    && after.resourceId() != null
                    && !after.resourceId().equals(before.resourceId())) {
                linked.put(before.id(), after.resourceId());
                if (before.resourceId() != null) {
                    gone.add(before.resourceId());
                }
            }
            if (next.status() == AccountStatus.DELETED) {
                erased.add(next.id());
            }
            inUse += (next.status().inUse() ? 1 : 0)
                    - (before != null && before.status().inUse() ? 1 : 0);
            AccountEvents.of(before, next).ifPresent(said::add);
        }

        private Account next(Assessor.Ground ground, @Nullable Account before, Account after) {
            Account stored = this.stored.get(after.id());
            Account latest = stored == null ? after : after.withVersion(stored.version());
            return before == null ? after : latest.changed(ground.now());
        }

        private void wait(
                Assessor.Ground ground, Assessment assessment, PendingReason reason, @Nullable Pending earlier) {
            Account account = assessment.before();
            Instant since = earlier == null || earlier.reason() != reason ? null : earlier.since();
            waiting.add(new Pending(
                    assessment.resource(),
                    Change.USER,
                    reason,
                    since == null ? ground.now() : since,
                    account == null ? null : account.id(),
                    assessment.candidates()));
            if (reason == PendingReason.DELETION_GUARD && since == null) {
                held++;
            }
        }

        Applied applied() {
            return new Applied(said, inUse, stored.size() + (long) waiting.size(), held);
        }
    }
}
