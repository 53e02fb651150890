package dev.muster.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.limit.Limits;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.Discovery;
import dev.muster.scim.message.ServiceProviderConfig;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What this tenant's endpoint can do (RFC 7644 §4); readable without a token. The three endpoints are one resource class by
 * their names, so that their paths are no part of the other resources' routing. Non-blocking said aloud: the filters in front
 * of it look the tenant up, and may do so on an event loop only.
 */
@NonBlocking
@Tag(name = "SCIM discovery", description = "RFC 7644 section 4")
@Path("/t/{tenant}/scim/v2/{discovery:(ServiceProviderConfig|ResourceTypes|Schemas)}")
public class DiscoveryEndpoint {

    private final ServiceProviderConfig features;

    DiscoveryEndpoint(Limits limits) {
        this.features =
                ServiceProviderConfig.standard().withPages(limits.page()).withBulk(limits.bulk());
    }

    /** The features that are enforced (RFC 7643 §5), all resource types, or all schemas. */
    @Operation(summary = "The features that are enforced, all resource types, or all schemas")
    @GET
    public Response all(@Context ContainerRequestContext context, @PathParam("discovery") String name) {
        Discovery discovery = discovery(context, name);
        return ScimResponses.ok(
                switch (name) {
                    case "ServiceProviderConfig" ->
                        features.toJson(
                                discovery.base(),
                                ScimRequest.of(context).tenant().keepsInteropProfile());
                    case "ResourceTypes" -> discovery.resourceTypes().toJson();
                    case "Schemas" -> discovery.schemas().toJson();
                    default -> throw nothing();
                });
    }

    /** One resource type by its name, or one schema by its URI. */
    @Operation(summary = "One resource type by its name, or one schema by its URI")
    @GET
    @Path("/{id}")
    public Response one(
            @Context ContainerRequestContext context, @PathParam("discovery") String name, @PathParam("id") String id) {
        Discovery discovery = discovery(context, name);
        Optional<ObjectNode> document = switch (name) {
            case "ResourceTypes" -> discovery.resourceType(id);
            case "Schemas" -> discovery.schema(id);
            default -> Optional.empty();
        };
        return ScimResponses.ok(document.orElseThrow(DiscoveryEndpoint::nothing));
    }

    private static Discovery discovery(ContainerRequestContext context, String name) {
        ScimRequest request = ScimRequest.of(context);
        request.log().type(name);
        if (context.getUriInfo().getQueryParameters().containsKey("filter")) {
            throw ScimException.of(403, "Discovery endpoints take no filter (RFC 7644 §4). Leave it out.");
        }
        return new Discovery(request.tenant().schemas(), request.base());
    }

    private static ScimException nothing() {
        return ScimException.of(404, "There is nothing with this id.");
    }
}
