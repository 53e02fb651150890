package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * A problem body (RFC 9457).
 *
 * @param detail what is wrong and what to do
 * @param field the name or JSON pointer of the field that is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {

    private static final String MEDIA_TYPE = "application/problem+json";

    /** A problem of no special type. */
    public static Problem of(int status, String detail) {
        return of(status, detail, null);
    }

    /** A problem of one field. */
    public static Problem of(int status, String detail, @Nullable String field) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail, field);
    }

    /** The response that carries this problem. */
    public Response.ResponseBuilder response() {
        return Response.status(status).entity(this).header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    }
}
