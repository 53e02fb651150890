package dev.muster.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.audit.Advice;
import dev.muster.audit.LogDraft;
import dev.muster.limit.Origin;
import dev.muster.rest.BaseUrl;
import dev.muster.rest.OAuthAddress;
import dev.muster.stream.SmallRequest;
import dev.muster.tenant.AccessTokens;
import dev.muster.tenant.client.ClientGrants;
import dev.muster.tenant.client.Grant;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Gives access tokens to clients that show who they are (RFC 6749 §4.4). */
@Tag(name = "OAuth", description = "For identity providers and products that do not want a token that lives long")
@Path(OAuthAddress.TOKEN_ENDPOINT)
@Produces(MediaType.APPLICATION_JSON)
@SmallRequest(bytes = 64 * 1024)
public class AccessTokenEndpoint {

    private final ClientGrants grants;
    private final BaseUrl baseUrl;

    AccessTokenEndpoint(ClientGrants grants, BaseUrl baseUrl) {
        this.grants = grants;
        this.baseUrl = baseUrl;
    }

    /** A token (RFC 6749 §5.1). */
    public record AccessToken(
            @JsonProperty("access_token") String token,
            @JsonProperty("token_type") String type,
            @JsonProperty("expires_in") long seconds,
            @JsonProperty("scope") String scope) {

        /** Without the token: it must not slip into a log. */
        @Override
        public String toString() {
            return "AccessToken[" + scope + "]";
        }
    }

    /** A request as it is described; it is read by {@link TokenRequest}. */
    record TokenForm(
            @Schema(required = true, enumeration = TokenRequest.CLIENT_CREDENTIALS) @JsonProperty("grant_type")
            String grantType,

            @JsonProperty("scope") String scope,
            @JsonProperty("client_id") String clientId,
            @JsonProperty("client_secret") String clientSecret,
            @JsonProperty("client_assertion_type") String assertionType,
            @JsonProperty("client_assertion") String assertion) {}

    /** Gives an access token for a client's id and secret, or for an assertion. */
    @Operation(
            summary =
                    "Gives an access token of an hour to a client that shows itself by HTTP Basic, by client_secret, or by"
                            + " client_assertion")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = TokenForm.class)))
    @APIResponse(
            responseCode = "200",
            description = "A token",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = AccessToken.class)))
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> token(
            @PathParam(OAuthAddress.TENANT) String tenant,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            byte[] body,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        LogDraft log = Objects.requireNonNull(routing.get(LogDraft.KEY));
        log.tenant(tenant);
        log.type("AccessToken");
        TokenRequest request = TokenRequest.of(authorization, body);
        String base = baseUrl.of(uri);
        Set<String> audiences = Set.of(OAuthAddress.issuer(base, tenant), OAuthAddress.tokenEndpoint(base, tenant));
        return grants.grant(
                        tenant,
                        new ClientGrants.Request(request.proof(), request.scopes(), audiences),
                        Origin.of(routing.request()))
                .map(grant -> response(grant, request, log));
    }

    private static Response response(Grant grant, TokenRequest request, LogDraft log) {
        return switch (grant) {
            case Grant.Issued issued -> {
                log.token(issued.clientId());
                yield Response.ok(new AccessToken(
                                issued.accessToken(),
                                "Bearer",
                                AccessTokens.LIFETIME.toSeconds(),
                                issued.scope().keyword()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header("Pragma", "no-cache")
                        .build();
            }
            case Grant.Refused refused -> {
                log.token(refused.clientId());
                log.refused(refused.reason(), refused.expired() ? Advice.CLIENT_SECRET_EXPIRED : Advice.CLIENT_REFUSED);
                throw OAuthException.unauthenticated(request.byHeader());
            }
            case Grant.OutOfScope outOfScope -> {
                log.token(outOfScope.clientId());
                log.refused("The client asks for a scope that is not its own.", Advice.CLIENT_SCOPE);
                throw OAuthException.of(
                        OAuthError.INVALID_SCOPE,
                        "This client has the scope " + outOfScope.scope().keyword() + ": ask for it, or for none.");
            }
        };
    }
}
