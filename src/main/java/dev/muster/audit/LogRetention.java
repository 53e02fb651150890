package dev.muster.audit;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.TenantWalk;
import dev.muster.tenant.Tenants;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;

/**
 * Deletes entries whose time is over: {@code logRetentionDays} of their tenant. At the start and every hour, in batches; that
 * several servers do it at once does no harm.
 */
@ApplicationScoped
public class LogRetention {

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BATCH = 2_000;

    private final TenantDatabase database;
    private final LogWriteRepository rows;
    private final TenantWalk walk;

    LogRetention(TenantDatabase database, LogWriteRepository rows, Tenants tenants) {
        this.database = database;
        this.rows = rows;
        this.walk = new TenantWalk(tenants, "old entries of the provisioning log", INTERVAL, this::purge);
    }

    /** Begins, in the background. */
    public void begin() {
        walk.begin();
    }

    void end(@Observes ShutdownEvent event) {
        walk.end();
    }

    /** Goes through all tenants once; the number of entries deleted. */
    Uni<Long> purge() {
        return walk.walk();
    }

    private Uni<Long> purge(Tenant tenant) {
        Instant before = Instant.now().minus(Duration.ofDays(tenant.settings().logRetentionDays()));
        return TenantWalk.all(
                BATCH, () -> database.statements(tenant.id(), db -> rows.purge(db, tenant.id(), before, BATCH)));
    }
}
