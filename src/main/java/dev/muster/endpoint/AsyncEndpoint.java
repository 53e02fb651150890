package dev.muster.endpoint;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What has become of requests with {@code Prefer: respond-async}; as all of SCIM, only with a token (RFC 9967 §5). */
@Tag(name = "SCIM", description = "RFC 7644: users and groups, under the Tenant URL")
@Path("/t/{tenant}/scim/v2/" + AsyncResponses.PATH)
public class AsyncEndpoint {

    private final AsyncResponses async;

    AsyncEndpoint(AsyncResponses async) {
        this.async = async;
    }

    /** How far a request has come, or its results. */
    @Operation(summary = "How far a request with Prefer: respond-async has come, or its results")
    @GET
    @Path("/{txn}")
    public Uni<Response> status(@Context ContainerRequestContext context, @PathParam("txn") String txn) {
        return async.status(ScimRequest.of(context), txn);
    }
}
