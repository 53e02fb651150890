package dev.muster.tenant;

import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Makes tenants what declarations say. */
@ApplicationScoped
class DeclaredTenants {

    private final TenantDatabase database;
    private final TenantRepository repository;
    private final Tenants tenants;
    private final SettingsDocuments settings;

    DeclaredTenants(TenantDatabase database, TenantRepository repository, Tenants tenants, SettingsDocuments settings) {
        this.database = database;
        this.repository = repository;
        this.tenants = tenants;
        this.settings = settings;
    }

    /**
     * Makes a tenant what its declaration says; whether anything had to be done.
     *
     * @return fails with {@link TenantProblem} where another server is making it at the moment, or it is being erased
     */
    Uni<Boolean> declare(TenantDeclaration declared) {
        String id = declared.id();
        return database.session(id, () -> repository.findById(id)).chain(row -> {
            if (row == null) {
                TenantEntity made = new TenantEntity(
                        id, declared.displayName(), declared.settings().toString(), Tenants.now());
                made.enabled = declared.enabled();
                return tenants.create(made).replaceWith(true);
            }
            if (row.deleting) {
                throw Tenants.alreadyThere(id);
            }
            return isAs(declared, row)
                    ? Uni.createFrom().item(false)
                    : redeclare(declared).replaceWith(true);
        });
    }

    private static boolean isAs(TenantDeclaration declared, TenantEntity row) {
        return row.displayName.equals(declared.displayName())
                && row.enabled == declared.enabled()
                && row.settings().equals(declared.settings());
    }

    private Uni<Tenant> redeclare(TenantDeclaration declared) {
        AtomicReference<List<String>> names = new AtomicReference<>(List.of());
        return tenants.change(declared.id(), row -> {
                    row.displayName = declared.displayName();
                    row.enabled = declared.enabled();
                    names.set(row.settings(declared.settings()));
                })
                .invoke(() -> settings.announce(declared.id(), names.get()));
    }
}
