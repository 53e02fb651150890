package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.Duration;

/**
 * What came back over {@link Wire}.
 *
 * @param request method and path, for messages
 * @param body the JSON of the body; a missing node where there is none
 * @param time from the request to the end of the response
 */
public record Exchange(String request, int status, HttpHeaders headers, JsonNode body, Duration time) {

    /** This, which must have the status. */
    public Exchange is(int expected) {
        assertEquals(expected, status, () -> request + " answered " + body);
        return this;
    }

    /** This, which must be a SCIM error (RFC 7644 §3.12) with that status and scimType, if one is given. */
    public Exchange isError(int expected, String... scimType) {
        is(expected);
        assertEquals(
                "urn:ietf:params:scim:api:messages:2.0:Error",
                body.at("/schemas/0").asText(),
                request);
        assertEquals(Integer.toString(expected), body.path("status").asText(), request);
        if (scimType.length > 0) {
            assertEquals(scimType[0], body.path("scimType").asText(), () -> request + " answered " + body);
        }
        return this;
    }

    /** The value at a JSON pointer; a missing node where there is none. */
    public JsonNode at(String pointer) {
        return body.at(pointer);
    }

    public String text(String pointer) {
        return at(pointer).asText();
    }

    public String id() {
        return text("/id");
    }

    public int totalResults() {
        return at("/totalResults").intValue();
    }

    /** A header of the response, empty where it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
