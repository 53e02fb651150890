package dev.muster.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.limit.AuthenticationAttempts;
import dev.muster.limit.Origin;
import dev.muster.rest.BaseUrl;
import dev.muster.rest.OAuthAddress;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenScope;
import dev.muster.tenant.client.ClientGrants;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says what the token endpoint of a tenant takes (RFC 8414). */
@Tag(name = "OAuth", description = "For identity providers and products that do not want a token that lives long")
@Path(OAuthAddress.METADATA)
@Produces(MediaType.APPLICATION_JSON)
public class MetadataEndpoint {

    /** Among the targets of authentication; no tenant has this id. */
    private static final String ANYBODY = "";

    private final Tenants tenants;
    private final AuthenticationAttempts attempts;
    private final BaseUrl baseUrl;

    MetadataEndpoint(Tenants tenants, AuthenticationAttempts attempts, BaseUrl baseUrl) {
        this.tenants = tenants;
        this.attempts = attempts;
        this.baseUrl = baseUrl;
    }

    /** Metadata of an authorization server (RFC 8414 §2). */
    public record Metadata(
            @JsonProperty("issuer") String issuer,
            @JsonProperty("token_endpoint") String tokenEndpoint,

            @JsonProperty("token_endpoint_auth_methods_supported")
            List<String> authenticationMethods,

            @JsonProperty("token_endpoint_auth_signing_alg_values_supported")
            List<String> signingAlgorithms,

            @JsonProperty("grant_types_supported") List<String> grantTypes,
            @JsonProperty("response_types_supported") List<String> responseTypes,
            @JsonProperty("scopes_supported") List<String> scopes) {}

    /** The metadata of a tenant's authorization server. A stranger who tries out the names of tenants is limited. */
    @Operation(summary = "The metadata of a tenant's authorization server (RFC 8414)")
    @GET
    public Uni<Metadata> metadata(
            @PathParam(OAuthAddress.TENANT) String tenant, @Context UriInfo uri, @Context RoutingContext routing) {
        Origin origin = Origin.of(routing.request());
        attempts.count(origin, ANYBODY);
        return tenants.find(tenant).map(found -> {
            if (found.isEmpty()) {
                throw TenantProblem.notFound("There is nothing at this address.");
            }
            attempts.withdraw(origin, ANYBODY);
            return metadata(baseUrl.of(uri), tenant);
        });
    }

    private static Metadata metadata(String base, String tenant) {
        return new Metadata(
                OAuthAddress.issuer(base, tenant),
                OAuthAddress.tokenEndpoint(base, tenant),
                List.of("client_secret_basic", "client_secret_post", "private_key_jwt"),
                ClientGrants.SIGNING_ALGORITHMS,
                List.of(TokenRequest.CLIENT_CREDENTIALS),
                List.of(),
                Stream.of(TokenScope.values()).map(TokenScope::keyword).toList());
    }
}
