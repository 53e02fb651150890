package dev.muster.delivery;

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

/** Deletes events that are older than {@link #KEPT}: at the start and every hour. */
@ApplicationScoped
public class EventRetention {

    /** How long events are kept. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BATCH = 2_000;

    private final TenantDatabase database;
    private final EventFeedRepository rows;
    private final TenantWalk walk;

    EventRetention(TenantDatabase database, EventFeedRepository rows, Tenants tenants) {
        this.database = database;
        this.rows = rows;
        this.walk = new TenantWalk(tenants, "old events", INTERVAL, this::purge);
    }

    /** Begins, in the background. */
    public void begin() {
        walk.begin();
    }

    void end(@Observes ShutdownEvent event) {
        walk.end();
    }

    /** Goes through all tenants once; the number of events deleted. */
    Uni<Long> purge() {
        return walk.walk();
    }

    private Uni<Long> purge(Tenant tenant) {
        Instant before = Instant.now().minus(KEPT);
        return TenantWalk.all(
                BATCH, () -> database.statements(tenant.id(), db -> rows.purge(db, tenant.id(), before, BATCH)));
    }
}
