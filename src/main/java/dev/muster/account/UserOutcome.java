package dev.muster.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What assessments of users come to in the database, and what the product hears of it. In memory; for one use. */
final class UserOutcome {

    private final Assessor.Ground ground;

    /** By id: who leaves and comes back at once changes one account twice. */
    private final Map<UUID, Account> stored = new LinkedHashMap<>();

    private final List<Pending> waiting = new ArrayList<>();
    private final Set<UUID> settled = new HashSet<>();
    private final Map<UUID, UUID> linked = new HashMap<>();
    private final Set<UUID> gone = new HashSet<>();
    private final Map<UUID, UUID> left = new HashMap<>();
    private final Map<UUID, UUID> come = new HashMap<>();
    private final Set<UUID> erased = new HashSet<>();
    private final List<AccountEvent> said = new ArrayList<>();
    private long inUse;
    private int held;

    /** @param before what has waited until now, by the user */
    UserOutcome(Assessor.Ground ground, List<Assessment> assessments, Map<UUID, Pending> before) {
        this.ground = ground;
        for (Assessment assessment : assessments) {
            if (assessment.waits() == null) {
                if (before.containsKey(assessment.resource())) {
                    settled.add(assessment.resource());
                }
                settle(assessment);
            } else {
                wait(assessment, assessment.waits(), before.get(assessment.resource()));
            }
        }
        if (held > 0) {
            said.add(AccountEvents.held(held, ground.accountsInUse()));
        }
    }

    private void settle(Assessment assessment) {
        Account before = assessment.before();
        Account after = assessment.after();
        if (after == null || after.resourceId() == null) {
            gone.add(assessment.resource());
        }
        if (after == null || !assessment.changes()) {
            return;
        }
        Account next = next(before, after);
        stored.put(next.id(), next);
        move(before, next);
        if (next.status() == AccountStatus.DELETED) {
            erased.add(next.id());
        }
        inUse += (next.status().inUse() ? 1 : 0)
                - (before != null && before.status().inUse() ? 1 : 0);
        AccountEvents.of(before, next).ifPresent(said::add);
    }

    /** It is another version only where the product sees another account. */
    private Account next(@Nullable Account before, Account after) {
        if (before == null) {
            return after;
        }
        Account latest = stored.getOrDefault(after.id(), before);
        Account next = after.withVersion(latest.version());
        return AccountEvents.of(before, after).isPresent() ? next.changed(ground.now()) : next;
    }

    /** Who loses a user, and who gets one, takes memberships away and brings some. */
    private void move(@Nullable Account before, Account after) {
        UUID was = before == null ? null : before.resourceId();
        UUID is = after.resourceId();
        if (is != null && !is.equals(was)) {
            come.put(is, after.id());
            if (before != null) {
                linked.put(after.id(), is);
            }
        }
        if (was != null && !was.equals(is)) {
            gone.add(was);
            left.put(was, after.id());
        }
    }

    private void wait(Assessment assessment, PendingReason reason, @Nullable Pending earlier) {
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

    /** Accounts as they are now. */
    List<Account> stored() {
        return List.copyOf(stored.values());
    }

    /** What waits. */
    List<Pending> waiting() {
        return waiting;
    }

    /** Users of whom nothing waits any more. */
    Set<UUID> settled() {
        return settled;
    }

    /** Accounts that were there and have found other users, and whom. */
    Map<UUID, UUID> linked() {
        return linked;
    }

    /** Users that there are no more. */
    Collection<UUID> gone() {
        return gone;
    }

    /** Users who have accounts now, and which. */
    Map<UUID, UUID> come() {
        return come;
    }

    /** Accounts of which nothing is left. */
    Set<UUID> erased() {
        return erased;
    }

    /**
     * All of it.
     *
     * @param lost whom groups have lost of those that are {@link #gone}
     * @param won whom groups have of those that have {@link #come}
     */
    Applied applied(List<AccountGroupRepository.Members> lost, List<AccountGroupRepository.Members> won) {
        List<AccountEvent> events = new ArrayList<>(AccountEvents.left(lost, left));
        events.addAll(said);
        events.addAll(AccountEvents.joined(won, come));
        return new Applied(events, inUse, stored.size() + (long) waiting.size(), held);
    }
}
