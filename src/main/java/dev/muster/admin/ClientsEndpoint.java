package dev.muster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.rest.BaseUrl;
import dev.muster.tenant.client.Clients;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's OAuth clients: made, their secrets shown once and replaced without a gap, their keys set, revoked. */
@Tag(name = "Clients", description = "Admin API: what identity providers and products ask for access tokens with")
@Path("/admin/api/tenants/{id}/clients")
@Produces(MediaType.APPLICATION_JSON)
public class ClientsEndpoint {

    private final Clients clients;
    private final BaseUrl baseUrl;

    ClientsEndpoint(Clients clients, BaseUrl baseUrl) {
        this.clients = clients;
        this.baseUrl = baseUrl;
    }

    /**
     * A client to be made.
     *
     * @param scope {@code scim} (default) or {@code app}
     * @param jwks public keys, a JSON Web Key Set: the client shows itself by assertions, and is made without a secret
     * @param expiresAt of its secret: ISO 8601 with an offset; default a year from now, at most three
     */
    public record NewClient(
            @Nullable String description,
            @Nullable String scope,
            @Schema(implementation = Object.class) @Nullable JsonNode jwks,
            @Nullable String expiresAt) {}

    /** A secret to be made: it expires in a year, in three at most. */
    public record NewSecret(@Nullable String expiresAt) {}

    /** The clients that have not been revoked, oldest first. */
    public record ClientList(List<ClientView> clients) {}

    /** Makes a client; the answer is the only time that its secret is shown. */
    @Operation(summary = "Makes an OAuth client; the answer is the only time that its secret is shown")
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(
            @PathParam("id") String tenant,
            @Nullable NewClient request,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        NewClient wanted = request == null ? new NewClient(null, null, null, null) : request;
        return clients.create(
                        tenant,
                        wanted.description(),
                        NewCredential.scope(wanted.scope()),
                        given(wanted.jwks()),
                        NewCredential.expiry(wanted.expiresAt()))
                .invoke(made -> OperatorLog.of(routing).token(made.client().id()))
                .map(made -> NewCredential.shownOnce(ClientView.of(made, baseUrl.of(uri), tenant)));
    }

    /** Lists clients. */
    @Operation(summary = "Lists OAuth clients, without their secrets")
    @GET
    public Uni<ClientList> list(@PathParam("id") String tenant, @Context UriInfo uri) {
        String base = baseUrl.of(uri);
        return clients.list(tenant)
                .map(found -> new ClientList(found.stream()
                        .map(client -> ClientView.of(client, base, tenant))
                        .toList()));
    }

    /** Reads a client. */
    @Operation(summary = "Reads an OAuth client, without its secrets")
    @GET
    @Path("/{clientId}")
    public Uni<ClientView> get(
            @PathParam("id") String tenant, @PathParam("clientId") String clientId, @Context UriInfo uri) {
        return clients.get(tenant, clientId).map(client -> ClientView.of(client, baseUrl.of(uri), tenant));
    }

    /** Revokes a client, its secrets, and the access tokens that it has been given. */
    @Operation(summary = "Revokes an OAuth client, its secrets and its access tokens")
    @DELETE
    @Path("/{clientId}")
    public Uni<Response> revoke(
            @PathParam("id") String tenant, @PathParam("clientId") String clientId, @Context RoutingContext routing) {
        return clients.revoke(tenant, clientId)
                .invoke(() -> OperatorLog.of(routing).token(clientId))
                .map(done -> Response.noContent().build());
    }

    /** Makes another secret; those that the client has stay valid. */
    @Operation(summary = "Makes another secret of an OAuth client, shown once; those that it has stay valid")
    @POST
    @Path("/{clientId}/secrets")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> addSecret(
            @PathParam("id") String tenant,
            @PathParam("clientId") String clientId,
            @Nullable NewSecret request,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return clients.addSecret(tenant, clientId, request == null ? null : NewCredential.expiry(request.expiresAt()))
                .invoke(made -> OperatorLog.of(routing).token(clientId))
                .map(made -> NewCredential.shownOnce(ClientView.of(made, baseUrl.of(uri), tenant)));
    }

    /** Revokes a secret, and the access tokens that were given out for it. */
    @Operation(summary = "Revokes a secret of an OAuth client, and the access tokens that were given out for it")
    @DELETE
    @Path("/{clientId}/secrets/{secretId}")
    public Uni<Response> revokeSecret(
            @PathParam("id") String tenant,
            @PathParam("clientId") String clientId,
            @PathParam("secretId") String secretId,
            @Context RoutingContext routing) {
        return clients.revokeSecret(tenant, clientId, secretId)
                .invoke(() -> OperatorLog.of(routing).token(clientId))
                .map(done -> Response.noContent().build());
    }

    /** Gives a client other keys; what was given out for assertions with the old ones is revoked. */
    @Operation(summary = "Sets the public keys of an OAuth client, and revokes what was given out for assertions")
    @PUT
    @Path("/{clientId}/jwks")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<ClientView> setKeys(
            @PathParam("id") String tenant,
            @PathParam("clientId") String clientId,
            @Schema(implementation = Object.class) @Nullable JsonNode jwks,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        return clients.setKeys(tenant, clientId, jwks == null ? MissingNode.getInstance() : jwks)
                .invoke(() -> OperatorLog.of(routing).token(clientId))
                .map(client -> ClientView.of(client, baseUrl.of(uri), tenant));
    }

    /** Takes a client's keys away, and what was given out for assertions. */
    @Operation(summary = "Takes the public keys of an OAuth client away, and revokes what was given out for assertions")
    @DELETE
    @Path("/{clientId}/jwks")
    public Uni<Response> removeKeys(
            @PathParam("id") String tenant, @PathParam("clientId") String clientId, @Context RoutingContext routing) {
        return clients.setKeys(tenant, clientId, null)
                .invoke(() -> OperatorLog.of(routing).token(clientId))
                .map(done -> Response.noContent().build());
    }

    /** A JSON null is no key set, and means that there is none. */
    private static @Nullable JsonNode given(@Nullable JsonNode jwks) {
        return jwks == null || jwks.isNull() ? null : jwks;
    }
}
