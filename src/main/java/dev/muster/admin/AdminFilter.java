package dev.muster.admin;

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

    private final Optional<byte[]> token;

    AdminFilter(AdminConfig config) {
        this.token = config.token().map(AdminFilter::bytes);
    }

    /** Before the request finds its resource: strangers do not learn what there is. */
    @ServerRequestFilter(preMatching = true)
    Optional<Response> keepStrangersOut(ContainerRequestContext context) {
        String path = context.getUriInfo().getPath();
        return path.equals(API) || path.startsWith(API + "/") ? authenticated(context) : Optional.empty();
    }

    /** Goes by the class that would answer, not by the path: one path can be written in many ways (RFC 3986 §6.2.2). */
    @ServerRequestFilter
    Optional<Response> authenticate(ContainerRequestContext context, SimpleResourceInfo resource) {
        boolean ours = resource.getResourceClass().getPackageName().startsWith(AdminFilter.class.getPackageName());
        return ours ? authenticated(context) : Optional.empty();
    }

    private Optional<Response> authenticated(ContainerRequestContext context) {
        return isAdmin(context.getHeaderString(HttpHeaders.AUTHORIZATION))
                ? Optional.empty()
                : Optional.of(Problem.of(401, "The Admin API needs Authorization: Bearer <admin token>.")
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
