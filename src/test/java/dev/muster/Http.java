package dev.muster;

import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * JSON over plain HTTP with one credential: for tests with many requests at once, or with a server in another process.
 *
 * @param base is put in front of every path
 */
public record Http(String base, String token) {

    /** The server ends what it cannot do after thirty seconds; what is not answered now never will be. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** What a server has answered. */
    public record Answer(int status, String body, HttpResponse<String> response) {

        /** The body, which must be a JSON object. */
        public JsonObject json() {
            return new JsonObject(body);
        }

        /** A header of the answer, empty where it is not there. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** Requests to the tenant of {@code api} on the server of this test. */
    public static Http of(Api api) {
        return new Http("http://127.0.0.1:" + RestAssured.port + api.base(), api.token());
    }

    /** Sends a request without a body. */
    public Answer send(String method, String path) {
        return send(method, path, "");
    }

    /** Sends a request; {@code headers} are names and values in turn. */
    public Answer send(String method, String path, String body, String... headers) {
        try {
            return trySend(method, path, body, headers);
        } catch (IOException failure) {
            throw new UncheckedIOException(method + " " + path, failure);
        }
    }

    /** As {@link #send(String, String, String, String...)}, for a server that may be away. */
    public Answer trySend(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", base.contains("/scim/v2") ? "application/scim+json" : "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Creates a resource, which must succeed; its id. */
    public String create(String endpoint, String body) {
        Answer answer = send("POST", endpoint, body);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return answer.json().getString("id");
    }

    /** A PATCH request with these operations. */
    public Answer patch(String path, String operations, String... headers) {
        return send("PATCH", path, patchBody(operations), headers);
    }

    /** The body of a PATCH request with these operations. */
    public static String patchBody(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations + "]}";
    }
}
