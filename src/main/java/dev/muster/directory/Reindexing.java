package dev.muster.directory;

import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.LaterWork;
import dev.muster.tenant.SettingsChanged;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes search forms and keys anew after a tenant's schemas have changed: what is compared without regard to case, or found
 * by an index, is a matter of the schema. Documents stay as they are. It goes on after a restart, and running twice does no
 * harm.
 */
@ApplicationScoped
public class Reindexing {

    private static final Logger LOG = Logger.getLogger(Reindexing.class);
    private static final int BATCH = 200;

    private final TenantDatabase database;
    private final ReindexRepository rows;
    private final Tenants tenants;
    private final LaterWork later;

    Reindexing(TenantDatabase database, ReindexRepository rows, Tenants tenants, LaterWork later) {
        this.database = database;
        this.rows = rows;
        this.tenants = tenants;
        this.later = later;
    }

    void begin(@Observes SettingsChanged change) {
        if (change.ofSchemas()) {
            begin(change.tenant());
        }
    }

    /** Begins in the background, when no replica writes by the schemas before the change any more. */
    private void begin(String tenant) {
        later.begin(
                Tenants.STALENESS.plusSeconds(1),
                () -> run(tenant),
                count -> LOG.infof("tenant=%s: %d resources indexed anew", tenant, count),
                failure -> LOG.errorf(
                        failure,
                        "tenant=%s: its resources are not indexed anew yet; it is tried again at the next start",
                        tenant));
    }

    /** Takes up what a stopped server has left. */
    public Uni<Void> resume() {
        return tenants.withReindexingDue()
                .invoke(due -> due.forEach(this::begin))
                .replaceWithVoid();
    }

    /** Goes through all resources of the tenant; the number of those whose search form has changed. */
    Uni<Long> run(String id) {
        return tenants.get(id)
                .chain(tenant -> Multi.createFrom()
                        .iterable(tenant.schemas().resourceTypes())
                        .onItem()
                        .transformToUniAndConcatenate(type -> run(tenant, type))
                        .collect()
                        .asList()
                        .map(counts ->
                                counts.stream().mapToLong(Long::longValue).sum())
                        // A change of the settings since then has made it due again, by a later version of the tenant.
                        .call(() -> tenants.reindexed(id, tenant.version())));
    }

    private Uni<Long> run(Tenant tenant, ResourceType type) {
        AtomicReference<@Nullable UUID> last = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> batch(tenant, type, last.get()).invoke(batch -> last.set(batch.last())))
                .whilst(batch -> batch.size() == BATCH)
                .collect()
                .asList()
                .map(batches -> batches.stream().mapToLong(Batch::changed).sum());
    }

    /** One transaction's worth of resources. */
    private record Batch(int size, long changed, @Nullable UUID last) {}

    private Uni<Batch> batch(Tenant tenant, ResourceType type, @Nullable UUID after) {
        return database.transaction(
                tenant.id(),
                db -> rows.lockPage(db, tenant.id(), type, after, BATCH)
                        .chain(page -> Multi.createFrom()
                                .iterable(page)
                                .onItem()
                                .transformToUniAndConcatenate(stored -> rows.reindex(
                                        db,
                                        tenant.id(),
                                        stored,
                                        ResourceRow.of(type, Documents.parse(stored.document()))))
                                .collect()
                                .asList()
                                .map(changes -> new Batch(page.size(), changed(changes), last(page)))));
    }

    private static long changed(List<Boolean> changes) {
        return changes.stream().filter(Boolean::booleanValue).count();
    }

    private static @Nullable UUID last(List<ReindexRepository.Indexed> page) {
        return page.isEmpty() ? null : page.getLast().id();
    }
}
