package dev.muster.tenant;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tenants; used inside {@code TenantDatabase.session}. */
@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<TenantEntity, String> {

    /** Tenants by id, after {@code after} (exclusive), at most {@code limit}. */
    Uni<List<TenantEntity>> page(@Nullable String after, int limit) {
        return find("id > ?1 order by id", after == null ? "" : after)
                .page(0, limit)
                .list();
    }

    /** Tenants whose resources have to be indexed anew. */
    Uni<List<TenantEntity>> withReindexingDue() {
        return list("reindexDue = true and deleting = false");
    }
}
