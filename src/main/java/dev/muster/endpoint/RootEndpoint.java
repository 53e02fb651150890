package dev.muster.endpoint;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The Tenant URL itself: everything that the tenant has (RFC 7644 §3.4.2.1). */
@Tag(name = "SCIM", description = "RFC 7644: users and groups, under the Tenant URL")
@Cancellable(false) // What has been begun is done, and logged, whoever waits for it.
@Path("/t/{tenant}/scim/v2")
public class RootEndpoint {

    private final Queries queries;

    RootEndpoint(Queries queries) {
        this.queries = queries;
    }

    /** Queries the resources of all types. */
    @Operation(summary = "Queries the resources of all types")
    @GET
    public Uni<Response> query(@Context ContainerRequestContext context) {
        return queries.ofAllTypes(ScimRequest.of(context), queries.inAddress(context));
    }
}
