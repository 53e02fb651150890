package dev.muster.account;

import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.OperationMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One assessment of several users, of which each may change what the next one finds. In memory; for one use. */
final class Assessing {

    private final AccountRules rules;
    private final Assessor.Known known;
    private final AccountTransition transition;
    private final Linking linking;
    private final DeletionLimit limit;
    private final Map<UUID, Account> free = new LinkedHashMap<>();

    Assessing(AccountRules rules, Instant now, Assessor.Known known, Collection<Account> free, DeletionLimit limit) {
        this.rules = rules;
        this.known = known;
        this.transition = new AccountTransition(rules, now);
        this.linking = new Linking(rules.matching());
        this.limit = limit;
        free.forEach(account -> this.free.put(account.id(), account));
    }

    List<Assessment> all(Collection<Change> users) {
        List<Assessment> assessments = new ArrayList<>();
        users.stream().filter(user -> !isThere(user)).map(this::gone).forEach(assessments::add);
        users.stream().filter(this::isThere).map(this::there).forEach(assessments::add);
        return assessments;
    }

    private boolean isThere(Change user) {
        return known.projected().containsKey(user.resource());
    }

    private Assessment gone(Change user) {
        Account before = known.linked().get(user.resource());
        if (before == null) {
            return new Assessment(user.resource(), null, null, null, List.of());
        }
        Assessment assessed = decided(user, before, transition.gone(before), null);
        Account left = assessed.waits() == null && assessed.after() != null ? assessed.after() : before;
        if (left.status() == AccountStatus.DELETED) {
            free.remove(left.id());
        } else {
            free.put(left.id(), left);
        }
        return assessed;
    }

    private Assessment there(Change user) {
        Projected projected = known.projected().get(user.resource());
        if (projected == null) {
            throw new IllegalArgumentException("not there");
        }
        Account own = known.linked().get(user.resource());
        if (own != null) {
            return decided(user, own, transition.of(own, user.resource(), projected), projected);
        }
        if (user.decision() == Decision.CREATE) {
            return decided(user, null, transition.of(null, user.resource(), projected), projected);
        }
        Account chosen = user.decision() == Decision.LINK && user.account() != null ? free.get(user.account()) : null;
        Linking.Finding finding = chosen == null
                ? linking.owned(projected.profile(), free.values())
                : new Linking.Finding.One(chosen, true);
        return switch (finding) {
            case Linking.Finding.None none ->
                decided(user, null, transition.of(null, user.resource(), projected), projected);
            case Linking.Finding.One one -> linked(user, one, projected);
            case Linking.Finding.Several several ->
                new Assessment(
                        user.resource(),
                        null,
                        transition.of(null, user.resource(), projected),
                        PendingReason.CONFLICT,
                        several.accounts().stream().map(Account::id).toList());
        };
    }

    private Assessment linked(Change user, Linking.Finding.One one, Projected projected) {
        Account before = one.account();
        Account after = transition.of(before, user.resource(), projected);
        if (!one.sure()) {
            return new Assessment(user.resource(), before, after, PendingReason.REVIEW, List.of(before.id()));
        }
        Assessment assessed = decided(user, before, after, projected);
        if (assessed.waits() == null) {
            free.remove(before.id());
        }
        return assessed;
    }

    /** Whether it is applied, goes by the mode, the map of departments, the deletion guard, and what an operator said. */
    private Assessment decided(Change user, @Nullable Account before, Account after, @Nullable Projected projected) {
        UUID resource = user.resource();
        Assessment applied = new Assessment(resource, before, after, null, List.of());
        if (!applied.changes()) {
            return applied;
        }
        boolean deprovisions = applied.deprovisions();
        if (deprovisions && before != null) {
            if (user.decision() == Decision.REJECT) {
                return new Assessment(resource, before, transition.kept(before, resource, projected), null, List.of());
            }
            if (user.decision() == Decision.APPROVE) {
                limit.count();
                return applied;
            }
            if (isHeld(resource)) {
                return new Assessment(resource, before, after, PendingReason.DELETION_GUARD, List.of());
            }
        }
        if (rules.mode() == OperationMode.DRY_RUN && !isReleased(user)) {
            return new Assessment(resource, before, after, PendingReason.DRY_RUN, List.of());
        }
        if (projected != null && projected.enabled() && projected.departmentUnknown()) {
            return new Assessment(resource, before, after, PendingReason.DEPARTMENT, List.of());
        }
        return deprovisions && !limit.allows()
                ? new Assessment(resource, before, after, PendingReason.DELETION_GUARD, List.of())
                : applied;
    }

    /** In dry-run, what an operator has decided of a deprovisioning does not carry other changes of the user along. */
    private static boolean isReleased(Change user) {
        return switch (user.decision()) {
            case RELEASE, LINK, CREATE -> true;
            case APPROVE, REJECT -> false;
            case null -> false;
        };
    }

    /** What is held stays so until an operator decides, also when the window has moved on. */
    private boolean isHeld(UUID resource) {
        Pending waiting = known.waiting().get(resource);
        return waiting != null && waiting.reason() == PendingReason.DELETION_GUARD;
    }
}
