package dev.muster.endpoint;

import dev.muster.scim.error.ScimException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * The user whose token it is (RFC 7644 §3.11): an alias of {@code /Users/{id}}. With a token that is no person's there is nobody
 * whom it could mean, and the feature is not supported.
 */
@Tag(name = "SCIM", description = "RFC 7644: users and groups, under the Tenant URL")
@Cancellable(false) // What has been begun is done, and logged, whoever waits for it.
@Path("/t/{tenant}/scim/v2/Me")
public class MeEndpoint {

    private static final String USERS = "Users";

    private final ResourcesEndpoint resources;

    MeEndpoint(ResourcesEndpoint resources) {
        this.resources = resources;
    }

    /** Reads the user. */
    @Operation(summary = "Reads the user whose token it is")
    @GET
    public Uni<Response> read(
            @Context ContainerRequestContext context,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return resources.read(context, USERS, person(context), ifNoneMatch);
    }

    /** Replaces the user. */
    @Operation(summary = "Replaces the user whose token it is")
    @PUT
    public Uni<Response> replace(
            @Context ContainerRequestContext context,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte[] body) {
        return resources.replace(context, USERS, person(context), ifMatch, body);
    }

    /** Modifies the user. */
    @Operation(summary = "Modifies the user whose token it is")
    @PATCH
    public Uni<Response> modify(
            @Context ContainerRequestContext context,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte[] body) {
        return resources.modify(context, USERS, person(context), ifMatch, body);
    }

    /** Deletes the user. */
    @Operation(summary = "Deletes the user whose token it is")
    @DELETE
    public Uni<Response> delete(
            @Context ContainerRequestContext context, @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        return resources.delete(context, USERS, person(context), ifMatch);
    }

    /** Not supported, whoever asks: a person's token is made for a user that is there. */
    @Operation(summary = "Not supported", hidden = true)
    @POST
    public Uni<Response> create() {
        throw ScimException.of(501, "A user is not created by way of /Me. Send POST to /Users.");
    }

    private static String person(ContainerRequestContext context) {
        return ScimRequest.of(context)
                .person()
                .map(UUID::toString)
                .orElseThrow(() -> ScimException.of(
                        501, "/Me is for tokens that were made for a person; this token is for provisioning."));
    }
}
