package dev.muster.account;

import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells how far the projection of all of a tenant's resources is. */
@ApplicationScoped
public class Projections {

    private final TenantDatabase database;
    private final Tenants tenants;
    private final ProjectionStateRepository states;

    Projections(TenantDatabase database, Tenants tenants, ProjectionStateRepository states) {
        this.database = database;
        this.tenants = tenants;
        this.states = states;
    }

    /** The progress as it stands now. */
    public Uni<ProjectionProgress> progress(String tenant) {
        return tenants.get(tenant).chain(() -> database.scan(tenant, db -> states.progress(db, tenant)));
    }
}
