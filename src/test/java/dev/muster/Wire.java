package dev.muster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.scim.Json;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plain HTTP to a tenant: addresses, headers and bodies go out as they are given. Only in JSON bodies may quotation marks be
 * single.
 */
public record Wire(Api api) {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static Wire toNewTenant() {
        return new Wire(Api.newTenant());
    }

    public static Wire toStrictTenant() {
        return new Wire(Api.newTenant("{\"conformance\":\"strict\"}"));
    }

    /** Creates a user as RFC 7644 wants it, with this userName and nothing else; its id. */
    public String newUser(String userName) {
        return post(
                        "/Users",
                        "{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'" + userName + "'}")
                .is(201)
                .id();
    }

    /** The Tenant URL. */
    public String tenantUrl() {
        return "http://localhost:" + RestAssured.port + api.base();
    }

    /** The filter as a query, encoded. */
    public static String filter(String filter) {
        return "?filter=" + encoded(filter);
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Exchange get(String pathAndQuery) {
        return send("GET", pathAndQuery, Map.of(), null);
    }

    /** The resources of an endpoint that a filter means; must succeed. */
    public Exchange query(String endpoint, String filter) {
        return get(endpoint + filter(filter)).is(200);
    }

    public Exchange post(String path, String json) {
        return send("POST", path, Map.of(), Json.json(json).toString());
    }

    public Exchange put(String path, String json) {
        return send("PUT", path, Map.of(), Json.json(json).toString());
    }

    /** A PATCH with a whole body. */
    public Exchange patch(String path, String json) {
        return send("PATCH", path, Map.of(), Json.json(json).toString());
    }

    /** A PATCH with these operations. */
    public Exchange operations(String path, String... operations) {
        return patch(
                path,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                        + String.join(",", operations) + "]}");
    }

    public Exchange delete(String path) {
        return send("DELETE", path, Map.of(), null);
    }

    /** Sends with the tenant's token as SCIM; {@code headers} replace or add. A header with an empty value is not sent. */
    public Exchange send(String method, String pathAndQuery, Map<String, String> headers, @Nullable String body) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Authorization", "Bearer " + api.token());
        all.put("Accept", "application/scim+json");
        if (body != null) {
            all.put("Content-Type", "application/scim+json");
        }
        all.putAll(headers);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tenantUrl() + pathAndQuery))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(60));
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return exchange(method + " " + pathAndQuery, request.build());
    }

    private static Exchange exchange(String name, HttpRequest request) {
        try {
            long start = System.nanoTime();
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            return new Exchange(name, response.statusCode(), response.headers(), json(response.body()), time);
        } catch (IOException failure) {
            throw new UncheckedIOException(name, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
    }
}
