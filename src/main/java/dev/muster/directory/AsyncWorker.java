package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenants;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes to the tenants that have requests to execute: at once where this server has accepted one, else when it finds them in the
 * database, where another server or an earlier start may have left them. One request of a tenant at a time, a few tenants at
 * once; a tenant with several requests queues up again after each.
 */
@ApplicationScoped
class AsyncWorker {

    private static final Logger LOG = Logger.getLogger(AsyncWorker.class);

    private static final Duration POLL = Duration.ofSeconds(3);
    private static final int TENANTS_AT_ONCE = 4;

    private final Vertx vertx;
    private final TenantDatabase database;
    private final AsyncRequestRepository rows;
    private final AsyncExecution execution;
    private final Tenants tenants;

    private final Object lock = new Object();
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> visited = new HashSet<>();
    private boolean stopped;

    AsyncWorker(
            Vertx vertx,
            TenantDatabase database,
            AsyncRequestRepository rows,
            AsyncExecution execution,
            Tenants tenants) {
        this.vertx = vertx;
        this.database = database;
        this.rows = rows;
        this.execution = execution;
        this.tenants = tenants;
    }

    void start(@Observes StartupEvent event) {
        poll();
    }

    void stop(@Observes ShutdownEvent event) {
        synchronized (lock) {
            stopped = true;
            waiting.clear();
        }
    }

    /** Says that there is something to do for a tenant. */
    void wake(String tenant) {
        synchronized (lock) {
            if (!stopped) {
                waiting.add(tenant);
            }
        }
        visitNext();
    }

    private void poll() {
        run(
                () -> database.statements(TenantDatabase.OPERATOR, rows::due)
                        .invoke(due -> due.forEach(this::wake))
                        .replaceWithVoid(),
                failure -> LOG.warnf("accepted requests were not looked for: %s", failure.getMessage()),
                () -> {
                    if (!isStopped()) {
                        vertx.setTimer(POLL.toMillis(), timer -> poll());
                    }
                });
    }

    private void visitNext() {
        String tenant;
        synchronized (lock) {
            if (visited.size() >= TENANTS_AT_ONCE) {
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
                () -> visit(tenant),
                failure -> LOG.warnf("tenant=%s: an accepted request waits: %s", tenant, failure.getMessage()),
                () -> {
                    synchronized (lock) {
                        visited.remove(tenant);
                    }
                    visitNext();
                });
    }

    /** Executes one request to its end; where there is none left, results that are too old go. */
    private Uni<Void> visit(String id) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicReference<@Nullable AsyncBulk>::new, memory -> step(id, memory))
                .whilst(step -> step == AsyncExecution.Step.ADVANCED && !isStopped())
                .collect()
                .last()
                .chain(last -> switch (last) {
                    case ADVANCED, HELD -> Uni.createFrom().voidItem();
                    case FINISHED -> Uni.createFrom().voidItem().invoke(() -> wake(id));
                    case IDLE -> tidy(id);
                });
    }

    /** The tenant is looked up for each step, so that its rules and its closing are seen as soon as by any other request. */
    private Uni<AsyncExecution.Step> step(String id, AtomicReference<@Nullable AsyncBulk> memory) {
        return tenants.find(id)
                .chain(tenant -> tenant.map(found -> execution.step(found, memory))
                        .orElseGet(() -> Uni.createFrom().item(AsyncExecution.Step.HELD)));
    }

    private Uni<Void> tidy(String id) {
        return tenants.find(id)
                .chain(tenant -> tenant.map(execution::tidy)
                        .orElseGet(() -> Uni.createFrom().voidItem()));
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

    private boolean isStopped() {
        synchronized (lock) {
            return stopped;
        }
    }
}
