package dev.muster.postgres;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets each tenant have only so many pieces of work under way: its slow queries must not hold every connection. More of them
 * wait in the order in which they came. A place is given back when its work has ended, whoever has stopped waiting for it.
 */
final class TenantShares {

    private final int most;
    private final Duration patience;
    private final Vertx vertx;
    private final Map<String, Share> shares = new ConcurrentHashMap<>();

    /** The places of one tenant; changed only while its entry in the map is locked. */
    private static final class Share {
        private int taken;
        private final Set<Waiting> waiting = new LinkedHashSet<>();
    }

    /** Work that has no place yet; it begins on the context that it came from. */
    private record Waiting(Context context, Promise<Void> place) {

        void begin() {
            context.runOnContext(ignored -> place.complete());
        }
    }

    /**
     * @param most places for each tenant, at least 1
     * @param patience so long a piece of work waits; then it fails as one for which the pool has no connection
     */
    TenantShares(int most, Duration patience, Vertx vertx) {
        this.most = most;
        this.patience = patience;
        this.vertx = vertx;
    }

    /** Begins the work when there is a place for it, at once where there is one now. */
    <T> Future<T> run(String tenant, Supplier<Future<T>> work) {
        Waiting waiting = new Waiting(vertx.getOrCreateContext(), Promise.promise());
        if (hasPlace(tenant, waiting)) {
            return begin(tenant, work);
        }
        long timer = vertx.setTimer(patience.toMillis(), late -> giveUp(tenant, waiting));
        return waiting.place().future().compose(ignored -> {
            vertx.cancelTimer(timer);
            return begin(tenant, work);
        });
    }

    /** How many tenants have work under way. */
    int tenants() {
        return shares.size();
    }

    private <T> Future<T> begin(String tenant, Supplier<Future<T>> work) {
        Future<T> begun;
        try {
            begun = work.get();
        } catch (Throwable failure) {
            begun = Future.failedFuture(failure);
        }
        return begun.onComplete(done -> giveBack(tenant));
    }

    /** Takes a place, or a place in the queue. */
    private boolean hasPlace(String tenant, Waiting waiting) {
        boolean[] free = {false};
        shares.compute(tenant, (id, present) -> {
            Share share = present == null ? new Share() : present;
            free[0] = share.taken < most;
            if (free[0]) {
                share.taken++;
            } else {
                share.waiting.add(waiting);
            }
            return share;
        });
        return free[0];
    }

    /** The place goes to the one that has waited longest. */
    private void giveBack(String tenant) {
        @Nullable Waiting[] next = {null};
        shares.computeIfPresent(tenant, (id, share) -> {
            if (share.waiting.isEmpty()) {
                share.taken--;
                return share.taken == 0 ? null : share;
            }
            next[0] = share.waiting.iterator().next();
            share.waiting.remove(next[0]);
            return share;
        });
        if (next[0] != null) {
            next[0].begin();
        }
    }

    private void giveUp(String tenant, Waiting waiting) {
        boolean[] stillWaiting = {false};
        shares.computeIfPresent(tenant, (id, share) -> {
            stillWaiting[0] = share.waiting.remove(waiting);
            return share;
        });
        if (stillWaiting[0]) {
            waiting.place().fail("Timeout");
        }
    }
}
