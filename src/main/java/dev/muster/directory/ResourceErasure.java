package dev.muster.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/** Deletes resources because their time is over, in a transaction of the caller's: as a client's deletion does. */
@ApplicationScoped
public class ResourceErasure {

    private final BatchRepository batches;

    ResourceErasure(BatchRepository batches) {
        this.batches = batches;
    }

    /** Deletes those of the resources that there are; their groups note it. */
    public Uni<Void> erase(SqlConnection db, String tenant, Collection<UUID> ids, Instant now) {
        return batches.lockGroupsOf(db, tenant, ids)
                .chain(() -> batches.lock(db, TenantScope.whole(tenant), ids))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : batches.delete(db, tenant, found.keySet(), now));
    }
}
