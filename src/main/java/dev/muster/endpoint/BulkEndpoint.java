package dev.muster.endpoint;

import dev.muster.account.Projector;
import dev.muster.audit.LogDraft;
import dev.muster.audit.ProvisioningLog;
import dev.muster.directory.AsyncRequests;
import dev.muster.directory.BulkExecutor;
import dev.muster.directory.BulkResult;
import dev.muster.limit.Limits;
import dev.muster.scim.bulk.BulkReader;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.resource.SecretMask;
import dev.muster.stream.StreamedJson;
import dev.muster.tenant.Tenant;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many operations in one request (RFC 7644 §3.7); the response is sent while they are performed. */
@NonBlocking
@Tag(name = "SCIM", description = "RFC 7644: users and groups, under the Tenant URL")
@Path("/t/{tenant}/scim/v2/Bulk")
public class BulkEndpoint {

    private static final String RETRY_AFTER_SECONDS = "5";

    private final BulkExecutor executor;
    private final Limits limits;
    private final RequestBodies bodies;
    private final BulkAdmission admission;
    private final ProvisioningLog log;
    private final AsyncRequests requests;
    private final AsyncResponses async;
    private final Projector projector;

    BulkEndpoint(
            BulkExecutor executor,
            Limits limits,
            RequestBodies bodies,
            BulkAdmission admission,
            ProvisioningLog log,
            AsyncRequests requests,
            AsyncResponses async,
            Projector projector) {
        this.executor = executor;
        this.limits = limits;
        this.bodies = bodies;
        this.admission = admission;
        this.log = log;
        this.requests = requests;
        this.async = async;
        this.projector = projector;
    }

    /** Performs the operations of a Bulk request. */
    @Operation(summary = "Performs many operations, each whole or not at all")
    @POST
    public Uni<Response> perform(@Context ContainerRequestContext context, byte[] body) {
        ScimRequest request = ScimRequest.of(context);
        Tenant tenant = request.tenant();
        byte[] json = bodies.utf8(context.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        BulkRequest bulk = new BulkReader(
                        tenant.settings().conformance(), limits.bulk().maxOperations(), request.base(), limits.json())
                .read(json);
        Preferences preferences = Preferences.of(context);
        SecretMask mask = new SecretMask(tenant.settings().declared());
        if (preferences.respondAsync() && !mask.isAmbiguous()) {
            request.log().type("Bulk");
            return requests.bulk(tenant, mask.masked(json), bulk.operations().size(), AsyncResponses.client(request))
                    .chain(txn -> async.accepted(request, txn, preferences));
        }
        return Uni.createFrom().item(performed(request, bulk));
    }

    private Response performed(ScimRequest request, BulkRequest bulk) {
        Tenant tenant = request.tenant();
        if (!admission.begun(tenant.id())) {
            return busy(request.log());
        }
        request.log().type("Bulk");
        BulkLog operations = new BulkLog(request.log(), log);
        Multi<List<BulkResult>> results = executor.run(tenant, bulk)
                .invoke(operations::add)
                .onCompletion()
                .call(() -> projector.drained(tenant.id()))
                .onTermination()
                .invoke(() -> admission.ended(tenant.id()));
        return ScimResponses.ok(new StreamedJson(new BulkResponse(request.base()).chunks(results)))
                .build();
    }

    private static Response busy(LogDraft log) {
        ScimError error = ScimError.of(
                429, "Too many Bulk requests of this tenant run at the same time. Send this one again later.");
        log.failed(error);
        return ScimResponses.errorBuilder(error)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }
}
