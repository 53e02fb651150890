package dev.muster.endpoint;

import dev.muster.audit.LogDraft;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.SchemaRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Renders failures of SCIM requests (RFC 7644 §3.12). */
public class ScimFailures {

    /** One text for every reason: what is wrong with a credential is not said. */
    private static final String UNAUTHORIZED =
            "A valid token of this tenant is needed: Authorization: Bearer <token>. It may have expired or been revoked.";

    @ServerExceptionMapper
    Response scim(ScimException failure, RoutingContext routing) {
        Objects.requireNonNull(routing.<LogDraft>get(LogDraft.KEY)).failed(failure.error());
        return ScimResponses.error(failure.error());
    }

    @ServerExceptionMapper
    Response unauthorized(UnauthorizedException failure) {
        return ScimResponses.errorBuilder(ScimError.of(401, UNAUTHORIZED))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"scim\"")
                .build();
    }

    /** Has the log know what a request was addressed to that nobody has looked at closely. */
    public static void address(String path, LogDraft log) {
        ScimAddress.ofPath(path).filter(found -> log.tenant() == null).ifPresent(found -> log.tenant(found.tenant()));
        if (log.type() == null && ScimAddress.concerns(path)) {
            List<String> segments = ScimAddress.segments(path);
            segments.stream()
                    .limit(1)
                    .flatMap(name -> SchemaRegistry.standard().byEndpoint("/" + name).stream())
                    .forEach(type -> log.type(type.name()));
            segments.stream().skip(1).limit(1).forEach(log::resource);
        }
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
