package dev.muster.admin;

import dev.muster.limit.AuthenticationAttempts;
import dev.muster.limit.Origin;
import dev.muster.rest.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** Lets only the holder of the admin token pass to the Admin API. */
class AdminFilter {

    private static final String API = "/admin/api";

    /** Among the targets of authentication; no tenant has this id. */
    private static final String TARGET = "Admin API";

    private final Optional<byte[]> token;
    private final AuthenticationAttempts attempts;

    AdminFilter(AdminConfig config, AuthenticationAttempts attempts) {
        this.attempts = attempts;
        this.token = config.token().map(AdminFilter::bytes);
    }

    /** Before the request finds its resource: strangers do not learn what there is. */
    @ServerRequestFilter(preMatching = true)
    Optional<Response> keepStrangersOut(ContainerRequestContext context, RoutingContext routing) {
        String path = context.getUriInfo().getPath();
        return path.equals(API) || path.startsWith(API + "/") ? authenticated(context, routing) : Optional.empty();
    }

    /** Goes by the class that would answer, not by the path: one path can be written in many ways (RFC 3986 §6.2.2). */
    @ServerRequestFilter
    Optional<Response> authenticate(
            ContainerRequestContext context, SimpleResourceInfo resource, RoutingContext routing) {
        boolean ours = resource.getResourceClass().getPackageName().startsWith(AdminFilter.class.getPackageName());
        return ours ? authenticated(context, routing) : Optional.empty();
    }

    private Optional<Response> authenticated(ContainerRequestContext context, RoutingContext routing) {
        String authorization = context.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (isAdmin(authorization)) {
            return Optional.empty();
        }
        if (authorization != null) {
            attempts.count(Origin.of(routing.request()), TARGET);
        }
        return Optional.of(Problem.of(401, "The Admin API needs Authorization: Bearer <admin token>.")
                .response()
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"muster-admin\"")
                .build());
    }

    private boolean isAdmin(@Nullable String authorization) {
        return token.isPresent()
                && authorization != null
                && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(bytes(authorization.substring(7).strip()), token.get());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
