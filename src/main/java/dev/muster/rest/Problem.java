package dev.muster.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.tenant.Fault;
import dev.muster.tenant.TenantProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem body (RFC 9457).
 *
 * @param detail what is wrong and what to do
 * @param field the name or JSON pointer of the field that is wrong, of the first where there are several
 * @param errors every field that is wrong, of a document in which several can be
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable List<Fault> errors) {

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final int MOST_ERRORS = 100;

    /** A problem of no special type. */
    public static Problem of(int status, String detail) {
        return of(status, detail, null);
    }

    /** A problem of one field. */
    public static Problem of(int status, String detail, @Nullable String field) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new Problem(
                "about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail, field, null);
    }

    /** A problem of what an operator wants of a tenant. */
    public static Problem of(int status, TenantProblem problem) {
        Problem first = of(status, problem.detail(), problem.field());
        return problem.faults().isEmpty()
                ? first
                : new Problem(
                        first.type,
                        first.title,
                        status,
                        first.detail,
                        first.field,
                        problem.faults().stream().limit(MOST_ERRORS).toList());
    }

    /** The response that carries this problem. */
    public Response.ResponseBuilder response() {
        return Response.status(status).entity(this).header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    }
}
