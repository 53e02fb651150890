package dev.muster.endpoint;

import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Renders failures of SCIM requests (RFC 7644 §3.12). */
public class ScimFailures {

    /** One text for every reason: what is wrong with a credential is not said. */
    private static final String UNAUTHORIZED =
            "A valid token of this tenant is needed: Authorization: Bearer <token>. It may have expired or been revoked.";

    @ServerExceptionMapper
    Response scim(ScimException failure) {
        return ScimResponses.error(failure.error());
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException failure) {
        return ScimResponses.errorBuilder(ScimError.of(401, UNAUTHORIZED))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"scim\"")
                .build();
    }

    /** Whether a path, decoded or not, lies under a Tenant URL. */
    public static boolean concerns(String path) {
        return ScimAddress.concerns(path);
    }

    /** A SCIM error for a failure that is not one by itself. */
    public static Response.ResponseBuilder response(int status, String detail) {
        return ScimResponses.errorBuilder(ScimError.of(status, detail));
    }
}
