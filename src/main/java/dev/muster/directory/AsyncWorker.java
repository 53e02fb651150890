package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.TenantRounds;
import dev.muster.tenant.Tenants;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Goes to the tenants that have requests to execute: at once where this server has accepted one, else when it finds them in the
 * database, where another server or an earlier start may have left them. One request of a tenant at a time, a few tenants at
 * once; a tenant with several requests queues up again after each.
 */
@ApplicationScoped
class AsyncWorker {

    private static final Duration POLL = Duration.ofSeconds(3);
    private static final int TENANTS_AT_ONCE = 4;

    private final AsyncExecution execution;
    private final Tenants tenants;
    private final TenantRounds rounds;

    AsyncWorker(
            Vertx vertx,
            TenantDatabase database,
            AsyncRequestRepository rows,
            AsyncExecution execution,
            Tenants tenants) {
        this.execution = execution;
        this.tenants = tenants;
        this.rounds = new TenantRounds(
                vertx,
                "an accepted request",
                TENANTS_AT_ONCE,
                POLL,
                () -> database.statements(TenantDatabase.OPERATOR, rows::due),
                this::visit);
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    /** Says that there is something to do for a tenant. */
    void wake(String tenant) {
        rounds.wake(tenant);
    }

    /** Executes one request to its end; where there is none left, results that are too old go. */
    private Uni<Void> visit(String id) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicReference<@Nullable AsyncBulk>::new, memory -> step(id, memory))
                .whilst(step -> step == AsyncExecution.Step.ADVANCED && !rounds.isStopped())
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
}
