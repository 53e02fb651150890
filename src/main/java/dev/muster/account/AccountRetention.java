package dev.muster.account;

import dev.muster.audit.LogDraft;
import dev.muster.audit.ProvisioningLog;
import dev.muster.directory.ResourceIds;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenant;
import dev.muster.tenant.TenantWalk;
import dev.muster.tenant.Tenants;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Erases blocked accounts when their retention ends: at the start and every ten minutes, and says so in the provisioning log. */
@ApplicationScoped
public class AccountRetention {

    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final int BATCH = 100;

    private final TenantDatabase database;
    private final AccountErasure erasure;
    private final ProvisioningLog log;
    private final Projector projector;
    private final TenantWalk walk;

    AccountRetention(
            TenantDatabase database,
            AccountErasure erasure,
            ProvisioningLog log,
            Projector projector,
            Tenants tenants) {
        this.database = database;
        this.erasure = erasure;
        this.log = log;
        this.projector = projector;
        this.walk = new TenantWalk(tenants, "the erasure of blocked accounts", INTERVAL, this::erase);
    }

    /** Begins, in the background. */
    public void begin() {
        walk.begin();
    }

    void end(@Observes ShutdownEvent event) {
        walk.end();
    }

    /** Goes through all tenants once; the number of accounts erased. */
    Uni<Long> eraseAll() {
        return walk.walk();
    }

    private Uni<Long> erase(Tenant tenant) {
        return TenantWalk.all(
                        BATCH,
                        () -> database.transaction(tenant.id(), db -> erasure.eraseDue(db, tenant, BATCH))
                                .invoke(erased -> erased.forEach(account -> note(tenant, account)))
                                .map(erased -> erased.size()))
                .invoke(count -> {
                    if (count > 0) {
                        projector.wake(tenant.id());
                    }
                });
    }

    /** In the log stands which account it was, and not whose. */
    private void note(Tenant tenant, Account account) {
        LogDraft entry = new LogDraft("DELETE", ResourceIds.next().toString());
        entry.tenant(tenant.id());
        entry.byOperator();
        entry.type("Account");
        entry.resource(account.id());
        entry.answered(204);
        log.add(entry);
    }
}
