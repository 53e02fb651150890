package dev.muster.account;

import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.SettingsChanged;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.TenantRounds;
import dev.muster.tenant.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Works off the changes of tenants, so that their accounts become what their users are: at once after a write on this server,
 * else when it finds changes that others have left. A few tenants at a time, a few hundred resources a turn.
 */
@ApplicationScoped
public class Projector {

    private static final Logger LOG = Logger.getLogger(Projector.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int TENANTS_AT_ONCE = 4;
    private static final int TURNS_A_VISIT = 8;

    private final TenantDatabase database;
    private final Tenants tenants;
    private final ProjectionTurn turn;
    private final HeldAlert alert;
    private final MeterRegistry meters;
    private final TenantRounds rounds;

    Projector(
            Vertx vertx,
            TenantDatabase database,
            Tenants tenants,
            ProjectionTurn turn,
            HeldAlert alert,
            ChangeRepository changes,
            MeterRegistry meters) {
        this.database = database;
        this.tenants = tenants;
        this.turn = turn;
        this.alert = alert;
        this.meters = meters;
        this.rounds = new TenantRounds(
                vertx,
                "the projection of accounts",
                TENANTS_AT_ONCE,
                POLL,
                () -> database.statements(TenantDatabase.OPERATOR, changes::tenants),
                this::visit);
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    void begin(@Observes SettingsChanged change) {
        wake(change.tenant());
    }

    /** Says that a tenant's resources have changed, or what an operator has decided of them. */
    public void wake(String tenant) {
        rounds.wake(tenant);
    }

    /**
     * Ends when all changes that had been committed when it was called have been worked off. It never fails: what cannot be
     * worked off now is tried again later.
     */
    public Uni<Void> drained(String tenant) {
        return turns(tenant, end -> end == ProjectionTurn.End.ADVANCED)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf("tenant=%s: accounts follow later: %s", tenant, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** A tenant for which there is much to do queues up again now and then: others shall not wait for all of it. */
    private Uni<Void> visit(String tenant) {
        AtomicInteger turns = new AtomicInteger();
        return turns(tenant, end -> end != ProjectionTurn.End.IDLE && turns.incrementAndGet() < TURNS_A_VISIT)
                .invoke(end -> {
                    if (end != ProjectionTurn.End.IDLE) {
                        rounds.wake(tenant);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<ProjectionTurn.End> turns(String tenant, Predicate<ProjectionTurn.End> more) {
        return Multi.createBy()
                .repeating()
                .uni(() -> turn(tenant))
                .whilst(end -> !rounds.isStopped() && (end == ProjectionTurn.End.OUTDATED || more.test(end)))
                .collect()
                .last();
    }

    /** Rules that are not of today are noticed under the lock: with those it would make accounts that nobody corrects. */
    private Uni<ProjectionTurn.End> turn(String id) {
        return tenants.find(id)
                .chain(this::turn)
                .chain(end -> end == ProjectionTurn.End.OUTDATED
                        ? tenants.current(id).chain(this::turn)
                        : Uni.createFrom().item(end));
    }

    private Uni<ProjectionTurn.End> turn(Optional<Tenant> tenant) {
        return tenant.map(found -> turn(found, ProjectionTurn.LARGEST))
                .orElseGet(() -> Uni.createFrom().item(ProjectionTurn.End.IDLE));
    }

    /** What fails for a reason of its own is looked for by halves, and left for later, so that it holds up no others. */
    private Uni<ProjectionTurn.End> turn(Tenant tenant, int size) {
        return database.transaction(tenant.id(), db -> turn.run(db, tenant, size))
                .invoke(ended -> alert.held(tenant.id(), ended.held()))
                .map(ProjectionTurn.Ended::how)
                .onFailure(failure -> !DatabaseFailures.isUnavailable(failure))
                .recoverWithUni(failure -> size > 1 ? turn(tenant, size / 2) : skip(tenant, failure));
    }

    private Uni<ProjectionTurn.End> skip(Tenant tenant, Throwable failure) {
        meters.counter("muster.projection.failures", "tenant", tenant.id()).increment();
        LOG.errorf(failure, "tenant=%s: a change has not reached the accounts; it is tried again later", tenant.id());
        return database.transaction(tenant.id(), db -> turn.skip(db, tenant));
    }
}
