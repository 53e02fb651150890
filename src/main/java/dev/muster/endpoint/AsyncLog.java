package dev.muster.endpoint;

import dev.muster.account.Projector;
import dev.muster.audit.LogDraft;
import dev.muster.audit.ProvisioningLog;
import dev.muster.directory.AsyncObserver;
import dev.muster.directory.BulkResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Has the operations of accepted requests stand in the provisioning log as those of Bulk do, their request id being the
 * transaction, and go on to the accounts.
 */
@ApplicationScoped
class AsyncLog implements AsyncObserver {

    private final ProvisioningLog log;
    private final Projector projector;

    AsyncLog(ProvisioningLog log, Projector projector) {
        this.log = log;
        this.projector = projector;
    }

    @Override
    public void performed(String tenant, String tokenId, UUID txn, List<BulkResult> results) {
        LogDraft request = new LogDraft("POST", txn.toString());
        request.tenant(tenant);
        request.token(tokenId);
        new BulkLog(request, log).add(results);
        projector.wake(tenant);
    }
}
