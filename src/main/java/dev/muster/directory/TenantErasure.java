package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.LaterWork;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Deletes tenants with everything in them: out of sight at once, then erased in batches, so that no transaction is long
 * however large the tenant. What a stopped server leaves over is erased after its next start.
 */
@ApplicationScoped
public class TenantErasure {

    private static final Logger LOG = Logger.getLogger(TenantErasure.class);

    private static final int BATCH = 5_000;

    /** So many batches are waited for by the request; more go on behind it. */
    private static final int AWAITED_BATCHES = 4;

    /** The tenant's own row, and with it its id, stays until no replica can take it for a living one any more. */
    private static final Duration GRACE = Tenants.STALENESS.plusSeconds(1);

    private final TenantDatabase database;
    private final ErasureRepository rows;
    private final Tenants tenants;
    private final LaterWork later;

    TenantErasure(TenantDatabase database, ErasureRepository rows, Tenants tenants, LaterWork later) {
        this.database = database;
        this.rows = rows;
        this.tenants = tenants;
        this.later = later;
    }

    /**
     * Deletes a tenant.
     *
     * @return whether its data has been erased already; where not, that goes on in the background
     */
    public Uni<Boolean> erase(String tenant) {
        return tenants.markDeleting(tenant)
                .chain(() -> eraseBatches(tenant, AWAITED_BATCHES))
                .invoke(() -> finish(tenant));
    }

    /** Takes up the erasures that a stopped server has left. */
    public Uni<Void> resume() {
        return database.statements(TenantDatabase.OPERATOR, rows::tenantsBeingDeleted)
                .invoke(found -> found.forEach(this::finish))
                .replaceWithVoid();
    }

    private void finish(String tenant) {
        later.begin(
                GRACE,
                () -> eraseBatches(tenant, Integer.MAX_VALUE)
                        .chain(() -> database.transaction(tenant, connection -> rows.deleteTenant(connection, tenant))),
                done -> LOG.infof("tenant=%s: erased", tenant),
                failure -> LOG.errorf(
                        failure, "tenant=%s: not erased yet; it will be tried again at the next start", tenant));
    }

    /** Whether nothing was left after at most {@code batches} batches. */
    private Uni<Boolean> eraseBatches(String tenant, int batches) {
        Uni<Boolean> erased = Uni.createFrom().item(true);
        for (ErasureRepository.Kind kind : ErasureRepository.Kind.values()) {
            erased = erased.chain(before -> before
                    ? eraseBatches(tenant, kind, batches)
                    : Uni.createFrom().item(false));
        }
        return erased;
    }

    private Uni<Boolean> eraseBatches(String tenant, ErasureRepository.Kind kind, int batches) {
        return database.statements(tenant, connection -> rows.deleteBatch(connection, tenant, kind, BATCH))
                .repeat()
                .atMost(batches)
                .skip()
                .where(deleted -> deleted == BATCH)
                .collect()
                .first()
                .map(last -> last != null);
    }
}
