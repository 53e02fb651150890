package dev.muster;

import dev.muster.account.AccountRetention;
import dev.muster.audit.LogRetention;
import dev.muster.delivery.EventRetention;
import dev.muster.directory.Reindexing;
import dev.muster.directory.TenantErasure;
import dev.muster.postgres.StartCheck;
import dev.muster.tenant.TenantFiles;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;

/** Asks every {@link StartCheck} before the first request is answered; one that finds a fault stops the start. */
@ApplicationScoped
class StartChecks {

    private final Instance<StartCheck> checks;
    private final TenantErasure erasure;
    private final Reindexing reindexing;
    private final LogRetention logRetention;
    private final AccountRetention accountRetention;
    private final EventRetention eventRetention;
    private final TenantFiles tenantFiles;

    StartChecks(
            @Any Instance<StartCheck> checks,
            TenantErasure erasure,
            Reindexing reindexing,
            LogRetention logRetention,
            AccountRetention accountRetention,
            EventRetention eventRetention,
            TenantFiles tenantFiles) {
        this.checks = checks;
        this.erasure = erasure;
        this.reindexing = reindexing;
        this.logRetention = logRetention;
        this.accountRetention = accountRetention;
        this.eventRetention = eventRetention;
        this.tenantFiles = tenantFiles;
    }

    void run(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event) throws Throwable {
        List<String> problems = new ArrayList<>();
        for (StartCheck check : checks) {
            VertxContextSupport.subscribeAndAwait(check::problem).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Muster does not start: " + String.join("; ", problems));
        }
        VertxContextSupport.subscribeAndAwait(erasure::resume);
        VertxContextSupport.subscribeAndAwait(reindexing::resume);
        logRetention.begin();
        accountRetention.begin();
        eventRetention.begin();
        tenantFiles.begin();
    }
}
