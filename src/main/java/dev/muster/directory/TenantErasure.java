package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
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

    /** Children first. Each deletes one batch of a tenant's rows. */
    private static final List<String> DELETIONS = List.of(
            """
            delete from membership where tenant_id = $1 and (group_id, member_id) in (
                select group_id, member_id from membership where tenant_id = $1 limit $2)""",
            """
            delete from resource_key where tenant_id = $1 and (key, resource_id) in (
                select key, resource_id from resource_key where tenant_id = $1 limit $2)""",
            """
            delete from resource_unique where tenant_id = $1 and key in (
                select key from resource_unique where tenant_id = $1 limit $2)""",
            """
            delete from resource where tenant_id = $1 and id in (
                select id from resource where tenant_id = $1 limit $2)""");

    private static final String DELETE_TENANT = "delete from tenant where id = $1 and deleting";
    private static final String DELETING = "select id from tenant where deleting";

    private final TenantDatabase database;
    private final Tenants tenants;

    TenantErasure(TenantDatabase database, Tenants tenants) {
        this.database = database;
        this.tenants = tenants;
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
        return database.statements(
                        TenantDatabase.OPERATOR,
                        connection -> connection.query(DELETING).execute())
                .invoke(rows -> rows.forEach(row -> finish(row.getString(0))))
                .replaceWithVoid();
    }

    private void finish(String tenant) {
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(GRACE)
                .chain(() -> eraseBatches(tenant, Integer.MAX_VALUE))
                .chain(() -> database.statements(tenant, connection -> connection
                        .preparedQuery(DELETE_TENANT)
                        .execute(Tuple.of(tenant))))
                .subscribe()
                .with(
                        done -> LOG.infof("tenant=%s: erased", tenant),
                        failure -> LOG.errorf(
                                failure, "tenant=%s: not erased yet; it will be tried again at the next start", tenant));
    }

    /** Whether nothing was left after at most {@code batches} batches. */
    private Uni<Boolean> eraseBatches(String tenant, int batches) {
        Uni<Boolean> erased = Uni.createFrom().item(true);
        for (String deletion : DELETIONS) {
            erased = erased.chain(
                    before -> before ? eraseBatches(tenant, deletion, batches) : Uni.createFrom().item(false));
        }
        return erased;
    }

    private Uni<Boolean> eraseBatches(String tenant, String deletion, int batches) {
        return database.statements(tenant, connection -> connection
                        .preparedQuery(deletion)
                        .execute(Tuple.of(tenant, (long) BATCH)))
                .repeat()
                .atMost(batches)
                .skip()
                .where(rows -> rows.rowCount() == BATCH)
                .collect()
                .first()
                .map(last -> last != null);
    }
}
