package dev.muster.tenant;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Goes to the tenants for which there is something to do: at once to those that it is told of, and at intervals to those that it
 * finds, where another server or an earlier start may have left something. One visit of a tenant at a time, a few tenants at
 * once, those first that have waited longest; a tenant that it is told of during a visit is visited again.
 */
public final class TenantRounds {

    private static final Logger LOG = Logger.getLogger(TenantRounds.class);

    private final Vertx vertx;
    private final String name;
    private final int atOnce;
    private final Duration interval;
    private final Supplier<Uni<List<String>>> due;
    private final Function<String, Uni<Void>> visit;

    private final Object lock = new Object();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> visited = new HashSet<>();
    private boolean stopped;

    /**
     * @param name what is done, for the log
     * @param atOnce how many tenants are visited at a time
     * @param interval the time between two looks for tenants
     * @param due the tenants for which there is something to do
     * @param visit does it
     */
    public TenantRounds(
            Vertx vertx,
            String name,
            int atOnce,
            Duration interval,
            Supplier<Uni<List<String>>> due,
            Function<String, Uni<Void>> visit) {
        this.vertx = vertx;
        this.name = name;
        this.atOnce = atOnce;
        this.interval = interval;
        this.due = due;
        this.visit = visit;
    }

    /** Begins to look for tenants. */
    public void start() {
        if (isStopped()) {
            return;
        }
        run(
                () -> due.get().invoke(found -> found.forEach(this::wake)).replaceWithVoid(),
                failure -> LOG.warnf("%s: tenants were not looked for: %s", name, failure.getMessage()),
                () -> vertx.setTimer(interval.toMillis(), timer -> start()));
    }

    /** Begins no visit any more. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            waiting.clear();
        }
    }

    /** Whether it has been stopped; a visit that takes long should end then. */
    public boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    /** Says that there is something to do for a tenant. */
    public void wake(String tenant) {
        synchronized (lock) {
            if (!stopped) {
                waiting.add(tenant);
            }
        }
        visitNext();
    }

    private void visitNext() {
        String tenant;
        synchronized (lock) {
            if (visited.size() >= atOnce) {
                return;
            }
            tenant = waiting.stream()
                    .filter(next -> !visited.contains(next))
                    .findFirst()
                    .orElse(null);
            if (tenant == null) {
                return;
            }
            waiting.remove(tenant);
            visited.add(tenant);
        }
        run(
                () -> visit.apply(tenant),
                failure -> LOG.warnf("tenant=%s: %s waits: %s", tenant, name, failure.getMessage()),
                () -> {
                    synchronized (lock) {
                        visited.remove(tenant);
                    }
                    visitNext();
                });
    }

    /** Runs work on a Vert.x context of its own, which sessions need, and apart from the request that this is called by. */
    private void run(Supplier<Uni<Void>> work, Consumer<Throwable> failed, Runnable always) {
        Context context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        VertxContextSafetyToggle.setContextSafe(context, true);
        context.runOnContext(begin -> Uni.createFrom()
                .deferred(work::get)
                .onTermination()
                .invoke(always)
                .subscribe()
                .with(done -> {}, failure -> {
                    if (!isStopped()) {
                        failed.accept(failure);
                    }
                }));
    }
}
