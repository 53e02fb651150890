package dev.muster.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimError;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Responses with the SCIM media type (RFC 7644 §3.1). */
final class ScimResponses {

    /** What every response body is, whatever the client said it would like. */
    static final String MEDIA_TYPE = "application/scim+json;charset=UTF-8";

    private ScimResponses() {}

    static Response.ResponseBuilder ok(Object body) {
        return Response.ok(body).header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    }

    static Response ok(JsonNode body) {
        return ok((Object) body.toString()).build();
    }

    static Response error(ScimError error) {
        return errorBuilder(error).build();
    }

    static Response.ResponseBuilder errorBuilder(ScimError error) {
        return Response.status(error.status())
                .entity(error.toJson().toString())
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE);
    }
}
