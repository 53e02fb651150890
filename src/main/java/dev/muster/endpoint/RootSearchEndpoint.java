package dev.muster.endpoint;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code .search} of the Tenant URL (RFC 7644 §3.4.3); a class of its own, since it is no endpoint of a resource type. */
@Tag(name = "SCIM", description = "RFC 7644: users and groups, under the Tenant URL")
@Cancellable(false) // What has been begun is done, and logged, whoever waits for it.
@Path("/t/{tenant}/scim/v2/.search")
public class RootSearchEndpoint {

    private final Queries queries;

    RootSearchEndpoint(Queries queries) {
        this.queries = queries;
    }

    /** Queries the resources of all types with the parameters in the body. */
    @Operation(summary = "Queries the resources of all types with the parameters in the body")
    @POST
    public Uni<Response> search(@Context ContainerRequestContext context, byte[] body) {
        return queries.ofAllTypes(ScimRequest.of(context), queries.inBody(context, body));
    }
}
