package dev.muster.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.Discovery;
import dev.muster.scim.message.ServiceProviderConfig;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** What this tenant's endpoint can do (RFC 7644 §4); readable without a token. */
@Path("/t/{tenant}/scim/v2")
public class DiscoveryEndpoint {

    /** The features that are enforced (RFC 7643 §5). */
    @GET
    @Path("/ServiceProviderConfig")
    public Response serviceProviderConfig(@Context ContainerRequestContext context) {
        return ScimResponses.ok(ServiceProviderConfig.standard().toJson(discovery(context).base()));
    }

    /** All resource types. */
    @GET
    @Path("/ResourceTypes")
    public Response resourceTypes(@Context ContainerRequestContext context) {
        return ScimResponses.ok(discovery(context).resourceTypes().toJson());
    }

    /** One resource type by its name. */
    @GET
    @Path("/ResourceTypes/{id}")
    public Response resourceType(@Context ContainerRequestContext context, @PathParam("id") String id) {
        return found(discovery(context).resourceType(id));
    }

    /** All schemas. */
    @GET
    @Path("/Schemas")
    public Response schemas(@Context ContainerRequestContext context) {
        return ScimResponses.ok(discovery(context).schemas().toJson());
    }

    /** One schema by its URI. */
    @GET
    @Path("/Schemas/{id}")
    public Response schema(@Context ContainerRequestContext context, @PathParam("id") String id) {
        return found(discovery(context).schema(id));
    }

    private static Discovery discovery(ContainerRequestContext context) {
        if (context.getUriInfo().getQueryParameters().containsKey("filter")) {
            throw ScimException.of(403, "Discovery endpoints take no filter (RFC 7644 §4). Leave it out.");
        }
        ScimRequest request = ScimRequest.of(context);
        return new Discovery(request.tenant().schemas(), request.base());
    }

    private static Response found(Optional<ObjectNode> document) {
        return ScimResponses.ok(document.orElseThrow(() -> ScimException.of(404, "There is nothing with this id.")));
    }
}
