package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.Json;
import io.restassured.response.Response;

/** What every error under a Tenant URL looks like (RFC 7644 §3.12). */
final class ScimErrors {

    private ScimErrors() {}

    /** The response is a SCIM error of this status. */
    static JsonNode assertScimError(int status, Response response) {
        return assertScimError(status, response.statusCode(), response.contentType(), response.asString());
    }

    /** The response is a SCIM error of this status and detail keyword. */
    static void assertScimError(int status, String scimType, Response response) {
        assertEquals(
                scimType, assertScimError(status, response).path("scimType").asText());
    }

    /** The response is a SCIM error of this status. */
    static JsonNode assertScimError(int status, RawHttp.Answer answer) {
        return assertScimError(status, answer.status(), answer.header("Content-Type"), answer.body());
    }

    private static JsonNode assertScimError(int expected, int status, String contentType, String text) {
        assertEquals(expected, status, text);
        assertTrue(contentType.startsWith("application/scim+json"), contentType);
        JsonNode body = Json.json(text);
        assertEquals(
                "[\"urn:ietf:params:scim:api:messages:2.0:Error\"]",
                body.path("schemas").toString());
        assertTrue(body.path("status").isTextual(), text);
        assertEquals(Integer.toString(expected), body.path("status").asText());
        assertFalse(body.path("detail").asText().isBlank(), text);
        assertTrue(body.path("detail").asText().length() < 1_000, "the detail echoes long input");
        assertFalse(text.contains("Exception") || text.contains("dev.muster") || text.contains("SQL"), text);
        return body;
    }
}
