package dev.muster.product;

import dev.muster.limit.Origin;
import dev.muster.limit.RequestRate;
import dev.muster.rest.BearerToken;
import dev.muster.rest.Problem;
import dev.muster.tenant.Credential;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenAuthentication;
import dev.muster.tenant.TokenScope;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request of the product pass with a valid token of scope {@code app} of the tenant in its address. A tenant whose SCIM
 * endpoint is switched off stays readable: its people go on working.
 */
class ProductFilter {

    private static final int AUTHENTICATION = 2000;

    private final Tenants tenants;
    private final TokenAuthentication tokens;
    private final RequestRate rate;

    ProductFilter(Tenants tenants, TokenAuthentication tokens, RequestRate rate) {
        this.tenants = tenants;
        this.tokens = tokens;
        this.rate = rate;
    }

    /** Goes by the class that would answer, not by the path: one path can be written in many ways (RFC 3986 §6.2.2). */
    @ServerRequestFilter(priority = AUTHENTICATION)
    Uni<@Nullable Response> authenticate(
            ContainerRequestContext context, SimpleResourceInfo resource, RoutingContext routing) {
        if (!resource.getResourceClass().getPackageName().equals(ProductFilter.class.getPackageName())) {
            return Uni.createFrom().nullItem();
        }
        String tenant = context.getUriInfo().getPathParameters().getFirst(ProductAddress.TENANT);
        String authorization = context.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return Uni.createFrom().item(unauthorized());
        }
        return tokens.authenticate(tenant, BearerToken.in(authorization), Origin.of(routing.request()))
                .chain(finding -> {
                    Optional<Credential> credential = finding.ifValid();
                    return credential.isEmpty() ? Uni.createFrom().item(unauthorized()) : admit(credential.get());
                });
    }

    private Uni<@Nullable Response> admit(Credential credential) {
        rate.count(credential.tenant(), credential.sender());
        if (credential.scope() != TokenScope.APP || credential.userId() != null) {
            return Uni.createFrom()
                    .item(Problem.of(
                                    403, "This token has not the scope app. Use a token that was made for the product.")
                            .response()
                            .build());
        }
        return tenants.find(credential.tenant()).map(found -> found.isPresent() ? null : unauthorized());
    }

    /** One text for every reason: what is wrong with a credential is not said. */
    private static Response unauthorized() {
        return Problem.of(
                        401,
                        "A valid token of this tenant with the scope app is needed: Authorization: Bearer <token>."
                                + " It may have expired or been revoked.")
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"app\"")
                .build();
    }
}
