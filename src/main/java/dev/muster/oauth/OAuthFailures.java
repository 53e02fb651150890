package dev.muster.oauth;

import dev.muster.audit.LogDraft;
import dev.muster.rest.OAuthAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Renders failures of requests to the token endpoint (RFC 6749 §5.2). */
public class OAuthFailures {

    @ServerExceptionMapper
    Response refused(OAuthException failure, RoutingContext routing) {
        Objects.requireNonNull(routing.<LogDraft>get(LogDraft.KEY))
                .failed(failure.status(), null, failure.error().description());
        Response.ResponseBuilder response = builder(failure.status(), failure.error());
        return failure.isChallenged()
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"oauth2\", charset=\"UTF-8\"")
                        .build()
                : response.build();
    }

    /** Whether a path, decoded or not, is that of a token endpoint. */
    public static boolean concerns(String path) {
        return OAuthAddress.concerns(path);
    }

    /** An error for a failure that OAuth knows nothing of. */
    public static Response.ResponseBuilder response(int status, String detail) {
        Response.ResponseBuilder response = builder(status, OAuthError.of(status, detail));
        return status == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()
                ? response.header(HttpHeaders.ALLOW, HttpMethod.POST)
                : response;
    }

    private static Response.ResponseBuilder builder(int status, OAuthError error) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(error);
    }
}
