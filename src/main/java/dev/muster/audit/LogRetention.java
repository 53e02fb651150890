package dev.muster.audit;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.Tenants;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Deletes entries whose time is over: {@code logRetentionDays} of their tenant. At the start and every hour, in batches; that
 * several servers do it at once does no harm.
 */
@ApplicationScoped
public class LogRetention {

    private static final Logger LOG = Logger.getLogger(LogRetention.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int TENANTS = 200;
    private static final int BATCH = 2_000;

    private final TenantDatabase database;
    private final LogWriteRepository rows;
    private final Tenants tenants;
    private final AtomicReference<@Nullable Cancellable> running = new AtomicReference<>();

    LogRetention(TenantDatabase database, LogWriteRepository rows, Tenants tenants) {
        this.database = database;
        this.rows = rows;
        this.tenants = tenants;
    }

    /** Begins, in the background. */
    public void begin() {
        running.set(Multi.createFrom()
                .ticks()
                .every(INTERVAL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        Uni.createFrom().item(this::purgeNow).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .subscribe()
                .with(deleted -> LOG.debugf("%d old entries of the provisioning log deleted", deleted)));
    }

    void end(@Observes ShutdownEvent event) {
        Cancellable ticks = running.get();
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private long purgeNow() {
        try {
            return VertxContextSupport.subscribeAndAwait(this::purge);
        } catch (Throwable failure) {
            LOG.warnf(failure, "old entries of the provisioning log are not deleted yet; next try in an hour");
            return 0;
        }
    }

    /** Goes through all tenants once; the number of entries deleted. */
    Uni<Long> purge() {
        AtomicReference<@Nullable String> last = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> tenants.list(last.get(), TENANTS)
                        .invoke(page ->
                                last.set(page.isEmpty() ? null : page.getLast().id())))
                .whilst(page -> page.size() == TENANTS)
                .onItem()
                .<Tenant>transformToIterable(page -> page)
                .onItem()
                .transformToUniAndConcatenate(this::purge)
                .collect()
                .asList()
                .map(LogRetention::sum);
    }

    private Uni<Long> purge(Tenant tenant) {
        Instant before = Instant.now().minus(Duration.ofDays(tenant.settings().logRetentionDays()));
        return Multi.createBy()
                .repeating()
                .uni(() -> database.statements(
                        tenant.id(),
                        db -> rows.purge(db, tenant.id(), before, BATCH).map(Integer::longValue)))
                .whilst(deleted -> deleted == BATCH)
                .collect()
                .asList()
                .map(LogRetention::sum);
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }
}
