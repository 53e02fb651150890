package dev.muster.transcripts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and what it must be answered with.
 *
 * @param path after the Tenant URL
 * @param query as it stands on the wire, encoded by the client; at most one of this and {@code parameters} is given
 * @param parameters query parameters in clear, encoded by the driver
 * @param responseHeaders by name the regular expression that the whole value must match
 * @param maxMillis the longest time it may take; only for requests that may be repeated
 * @param expect by JSON pointer an {@link Expectation}
 * @param capture by variable the JSON pointer of its value
 */
record Step(
        String name,
        String method,
        String path,
        @Nullable String query,
        @Nullable Map<String, String> parameters,
        Map<String, String> headers,
        @Nullable JsonNode body,
        int status,
        Map<String, String> responseHeaders,
        @Nullable Integer maxMillis,
        Map<String, JsonNode> expect,
        Map<String, String> capture) {

    Step {
        if (query != null && parameters != null) {
            throw new IllegalArgumentException(name + ": a query and parameters");
        }
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        responseHeaders = responseHeaders == null ? Map.of() : Map.copyOf(responseHeaders);
        expect = expect == null ? Map.of() : expect;
        capture = capture == null ? Map.of() : Map.copyOf(capture);
    }
}
