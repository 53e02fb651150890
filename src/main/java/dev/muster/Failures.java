package dev.muster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.muster.audit.LogDraft;
import dev.muster.endpoint.ScimFailures;
import dev.muster.limit.TooManyRequestsException;
import dev.muster.oauth.OAuthFailures;
import dev.muster.postgres.DatabaseFailures;
import dev.muster.rest.Problem;
import dev.muster.tenant.TenantProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where failures become responses: SCIM errors under a Tenant URL, those of OAuth at a token endpoint, problems
 * (RFC 9457) elsewhere, the framework's own failures among them. What nobody foresaw is logged, and the client hears nothing of its insides.
 */
class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private static final String UNEXPECTED =
            "The server failed to answer; nothing is known to be wrong with the request."
                    + " Try again, and tell the operator this response's X-Request-Id if it happens again.";
    private static final String UNAVAILABLE = "The database cannot be reached at the moment. Try again later.";
    private static final String RETRY_AFTER_SECONDS = "5";

    @ServerExceptionMapper
    Response problem(TenantProblem failure, RoutingContext routing) {
        int status = switch (failure.kind()) {
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case CHANGED -> 412;
            case GONE -> 410;
            case INVALID -> 400;
        };
        draft(routing).failed(status, null, failure.detail());
        return Problem.of(status, failure).response().build();
    }

    @ServerExceptionMapper
    Response malformed(JsonProcessingException failure) {
        return Problem.of(400, "The request body is not one JSON document in which each member stands once.")
                .response()
                .build();
    }

    /** Well-formed JSON that is not what the Admin API takes; the framework's own answer would be empty. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure) {
        String field = failure.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        String detail = failure instanceof UnrecognizedPropertyException
                ? "There is no such field here; see /q/openapi."
                : "The request body is not the JSON that is expected here; see /q/openapi.";
        return Problem.of(400, detail, field.isEmpty() || field.length() > 64 ? null : field)
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response limited(TooManyRequestsException failure, UriInfo uri, RoutingContext routing) {
        return builder(uri.getPath(), 429, failure.detail(), routing)
                .header(HttpHeaders.RETRY_AFTER, failure.retryAfter())
                .build();
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException failure, UriInfo uri, RoutingContext routing) {
        Response response = failure.getResponse();
        if (failure.getCause() instanceof MismatchedInputException mismatch) {
            return mismatched(mismatch);
        }
        if (failure.getCause() instanceof JsonProcessingException malformed) {
            return malformed(malformed);
        }
        return rendered(uri.getPath(), response.getStatus(), routing);
    }

    /** An error that the framework has found, in the form that is due at a path. */
    static Response rendered(String path, int status, RoutingContext routing) {
        return builder(path, status, detail(status), routing).build();
    }

    private static Response.ResponseBuilder builder(String path, int status, String detail, RoutingContext routing) {
        draft(routing).failed(status, null, detail);
        if (ScimFailures.concerns(path)) {
            return ScimFailures.response(status, detail);
        }
        return OAuthFailures.concerns(path)
                ? OAuthFailures.response(status, detail)
                : Problem.of(status, detail).response();
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable failure, UriInfo uri, RoutingContext routing) {
        boolean unavailable = DatabaseFailures.isUnavailable(failure);
        LogDraft draft = draft(routing);
        if (unavailable) {
            LOG.warnf(
                    "tenant=%s requestId=%s: the database cannot be reached: %s",
                    draft.tenant(), draft.requestId(), failure.getMessage());
        } else {
            LOG.errorf(
                    failure,
                    "tenant=%s requestId=%s: unforeseen failure at %s",
                    draft.tenant(),
                    draft.requestId(),
                    uri.getPath());
        }
        int status = unavailable ? 503 : 500;
        String detail = unavailable ? UNAVAILABLE : UNEXPECTED;
        Response.ResponseBuilder rendered = builder(uri.getPath(), status, detail, routing);
        return unavailable
                ? rendered.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
                : rendered.build();
    }

    private static LogDraft draft(RoutingContext routing) {
        LogDraft draft = routing.get(LogDraft.KEY);
        return draft == null ? new LogDraft(routing.request().method().name(), null) : draft;
    }

    /** Written by us: the framework's own texts show its insides. */
    private static String detail(int status) {
        return switch (status) {
            case 400 -> "The request cannot be understood: its address or a header is malformed.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This method is not allowed here.";
            case 406 -> "Nothing that the header Accept asks for can be made here.";
            case 413 ->
                "The size of the request body exceeds the maxPayloadSize (" + largestBody()
                        + " bytes). Send less at once, such as fewer members in one PATCH or fewer operations in one Bulk"
                        + " request.";
            case 414 -> "The address is too long. Send a long filter by POST to .search, or a shorter one.";
            case 415 -> "This Content-Type is not taken here.";
            case 431 -> "The request headers are too large.";
            default -> status < 500 ? "The request cannot be understood." : UNEXPECTED;
        };
    }

    /** RFC 7644 §3.7.4: the response must name the limit. */
    private static long largestBody() {
        return ConfigProvider.getConfig()
                .getValue("quarkus.http.limits.max-body-size", MemorySize.class)
                .asLongValue();
    }
}
