package dev.muster.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.directory.CurrentResourceRepository;
import dev.muster.directory.Documents;
import dev.muster.tenant.settings.OperationMode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Applies to the product's groups what has become of groups and their members, or notes that it waits. */
@ApplicationScoped
class GroupTurn {

    private final CurrentResourceRepository resources;
    private final AccountGroupRepository groups;
    private final ChangeRepository changes;
    private final RoleRepository roles;
    private final PendingRepository pending;
    private final UserTurn users;

    GroupTurn(
            CurrentResourceRepository resources,
            AccountGroupRepository groups,
            ChangeRepository changes,
            RoleRepository roles,
            PendingRepository pending,
            UserTurn users) {
        this.resources = resources;
        this.groups = groups;
        this.changes = changes;
        this.roles = roles;
        this.pending = pending;
        this.users = users;
    }

    /**
     * Applies what groups are called, and that they are there.
     *
     * @param changed each group once
     */
    Uni<Applied> apply(SqlConnection db, Assessor.Ground ground, Collection<Change> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().item(Applied.NOTHING);
        }
        String tenant = ground.tenant().id();
        Set<UUID> ids = changed.stream().map(Change::resource).collect(Collectors.toCollection(LinkedHashSet::new));
        return Uni.combine()
                .all()
                .unis(
                        resources.documents(db, tenant, Change.GROUP, ids),
                        groups.find(db, tenant, ids),
                        pending.find(db, tenant, ids),
                        roles.groups(db, tenant, ground.rules().roles()))
                .asTuple()
                .chain(found -> store(
                        db,
                        ground,
                        new Outcome(ground, changed, found.getItem1(), byId(found.getItem2()), found.getItem3()),
                        found.getItem4()));
    }

    private static Map<UUID, AccountGroup> byId(List<AccountGroup> found) {
        return found.stream().collect(Collectors.toMap(AccountGroup::id, Function.identity()));
    }

    private Uni<Applied> store(
            SqlConnection db, Assessor.Ground ground, Outcome outcome, Map<UUID, Set<String>> rolesBefore) {
        String tenant = ground.tenant().id();
        return groups.store(db, tenant, outcome.stored)
                .chain(() -> groups.delete(db, tenant, outcome.deleted))
                .chain(() -> groups.leaveAll(db, tenant, outcome.deleted))
                .chain(() -> pending.delete(db, tenant, outcome.settled))
                .chain(() -> pending.store(db, tenant, outcome.waiting))
                .chain(() -> settleWhatIsTheSame(db, tenant, outcome.same))
                .chain(() -> roles.groups(db, tenant, ground.rules().roles()))
                .chain(rolesAfter -> {
                    Set<UUID> affected = differing(rolesBefore, rolesAfter);
                    affected.addAll(outcome.membersDue);
                    return changes.membersOf(db, tenant, affected);
                })
                .chain(() -> groups.memberships(db, tenant, outcome.created))
                .map(outcome::applied);
    }

    /** In dry-run a change may have been taken back: then nothing waits any more. */
    private Uni<Void> settleWhatIsTheSame(SqlConnection db, String tenant, Set<UUID> waitingFor) {
        return groups.differing(db, tenant, waitingFor).chain(differing -> {
            Set<UUID> same = new HashSet<>(waitingFor);
            same.removeAll(differing);
            return pending.delete(db, tenant, same);
        });
    }

    /** Applies who is in groups; roles follow. */
    Uni<Applied> applyMembers(SqlConnection db, Assessor.Ground ground, List<Change> changed) {
        return Multi.createFrom()
                .iterable(changed)
                .onItem()
                .transformToUniAndConcatenate(change -> applyMembers(db, ground, change))
                .collect()
                .in(ArrayList<Applied>::new, List::add)
                .map(parts -> parts.stream().reduce(Applied.NOTHING, Applied::and));
    }

    private Uni<Applied> applyMembers(SqlConnection db, Assessor.Ground ground, Change change) {
        String tenant = ground.tenant().id();
        if (ground.rules().mode() == OperationMode.DRY_RUN && change.decision() == null) {
            return waitMembers(db, ground, change);
        }
        return roles.groups(db, tenant, ground.rules().roles())
                .chain(rolesBefore -> groups.synchronise(db, tenant, change.resource(), change.members())
                        .call(moved -> moved.stream().noneMatch(AccountGroupRepository.MemberChanged::isGroup)
                                ? Uni.createFrom().voidItem()
                                : roles.groups(db, tenant, ground.rules().roles())
                                        .chain(rolesAfter ->
                                                changes.membersOf(db, tenant, differing(rolesBefore, rolesAfter)))))
                .chain(moved -> users.giveRoles(db, ground, change.members())
                        .map(given -> said(change.resource(), moved).and(given)));
    }

    /** The groups whose members have other roles than before. */
    private static Set<UUID> differing(Map<UUID, Set<String>> before, Map<UUID, Set<String>> after) {
        Set<UUID> differing = new HashSet<>();
        before.forEach((group, names) -> {
            if (!names.equals(after.get(group))) {
                differing.add(group);
            }
        });
        after.keySet().stream().filter(group -> !before.containsKey(group)).forEach(differing::add);
        return differing;
    }

    private Uni<Applied> waitMembers(SqlConnection db, Assessor.Ground ground, Change change) {
        String tenant = ground.tenant().id();
        UUID group = change.resource();
        return Uni.combine()
                .all()
                .unis(pending.find(db, tenant, List.of(group)), groups.differ(db, tenant, group, change.members()))
                .asTuple()
                .chain(found -> {
                    Pending earlier = found.getItem1().get(group);
                    if (found.getItem2()) {
                        return pending.store(db, tenant, List.of(waiting(ground, group, earlier)))
                                .replaceWith(new Applied(List.of(), 0, 1, 0));
                    }
                    return (earlier == null
                                    ? Uni.createFrom().voidItem()
                                    : changes.again(db, tenant, group, Change.GROUP))
                            .replaceWith(Applied.NOTHING);
                });
    }

    private static Applied said(UUID group, List<AccountGroupRepository.MemberChanged> moved) {
        List<UUID> added = known(moved, true);
        List<UUID> removed = known(moved, false);
        return added.isEmpty() && removed.isEmpty()
                ? Applied.NOTHING
                : new Applied(List.of(AccountEvents.ofMembers(group, added, removed)), 0, 1, 0);
    }

    private static List<UUID> known(List<AccountGroupRepository.MemberChanged> moved, boolean added) {
        return moved.stream()
                .filter(one -> one.added() == added)
                .map(AccountGroupRepository.MemberChanged::knownAs)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Pending waiting(Assessor.Ground ground, UUID group, @Nullable Pending earlier) {
        Instant since = earlier == null ? ground.now() : earlier.since();
        return new Pending(group, Change.GROUP, PendingReason.DRY_RUN, since, null, List.of());
    }

    /** What changes of groups come to in the database. */
    private static final class Outcome {
        private final Assessor.Ground ground;
        private final List<AccountGroup> stored = new ArrayList<>();
        private final Set<UUID> created = new HashSet<>();
        private final Set<UUID> deleted = new HashSet<>();
        private final Set<UUID> settled = new HashSet<>();
        private final Set<UUID> same = new HashSet<>();
        private final Set<UUID> membersDue = new HashSet<>();
        private final List<Pending> waiting = new ArrayList<>();
        private final List<AccountEvent> said = new ArrayList<>();

        Outcome(
                Assessor.Ground ground,
                Collection<Change> changed,
                Map<UUID, String> documents,
                Map<UUID, AccountGroup> before,
                Map<UUID, Pending> earlier) {
            this.ground = ground;
            for (Change change : changed) {
                UUID id = change.resource();
                String document = documents.get(id);
                AccountGroup old = before.get(id);
                AccountGroup now = document == null ? null : named(id, Documents.parse(document), old);
                boolean unchanged = old == null ? now == null : now != null && old.sameNames(now);
                if (ground.rules().mode() == OperationMode.DRY_RUN && change.decision() == null) {
                    if (!unchanged) {
                        waiting.add(waiting(ground, id, earlier.get(id)));
                    } else if (earlier.containsKey(id)) {
                        same.add(id);
                    }
                } else {
                    settle(id, old, now, unchanged, earlier.containsKey(id));
                }
            }
        }

        private void settle(
                UUID id, @Nullable AccountGroup old, @Nullable AccountGroup now, boolean unchanged, boolean waited) {
            settled.add(id);
            if (now == null && old != null) {
                deleted.add(id);
                said.add(AccountEvents.of("group.deleted", old));
            } else if (now != null && !unchanged) {
                stored.add(now);
                if (old == null) {
                    created.add(id);
                }
                said.add(AccountEvents.of(old == null ? "group.created" : "group.updated", now));
            }
            if (waited || now == null) {
                membersDue.add(id);
            }
        }

        private AccountGroup named(UUID id, ObjectNode document, @Nullable AccountGroup old) {
            return new AccountGroup(
                    id,
                    document.path("externalId").textValue(),
                    document.path("displayName").textValue(),
                    old == null ? 1 : old.version() + 1,
                    old == null ? ground.now() : old.created(),
                    ground.now());
        }

        /** @param memberships of the groups that the product has not known, where they have been applied before */
        Applied applied(List<AccountGroupRepository.Members> memberships) {
            memberships.forEach(some -> said.add(AccountEvents.ofMembers(some.group(), some.members(), List.of())));
            return new Applied(said, 0, stored.size() + deleted.size() + (long) waiting.size(), 0);
        }
    }
}
