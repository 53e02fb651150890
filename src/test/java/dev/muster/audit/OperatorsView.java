package dev.muster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.scim.Json;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The provisioning log as an operator reads it: entries come a fraction of a second after the requests. */
public record OperatorsView(String tenant) {

    public static OperatorsView of(Api api) {
        return new OperatorsView(api.tenant());
    }

    /** What the log answers to these parameters, given as names and values in turn. */
    Response get(String path, Object... parameters) {
        var request = Api.admin();
        for (int i = 0; i < parameters.length; i += 2) {
            request = request.queryParam((String) parameters[i], parameters[i + 1]);
        }
        return request.get("/admin/api/tenants/{id}/log" + path, tenant);
    }

    /** The entries that match, the newest first, as soon as there are {@code count} of them. */
    public List<JsonNode> entries(int count, Object... parameters) {
        Await.until(
                count + " entries of " + Arrays.toString(parameters),
                () -> now(parameters).size() >= count);
        List<JsonNode> found = now(parameters);
        assertEquals(count, found.size(), found::toString);
        return found;
    }

    /** The one entry that matches. */
    public JsonNode entry(Object... parameters) {
        return entries(1, parameters).getFirst();
    }

    /** The entry of a request. */
    JsonNode of(Response response) {
        String requestId = response.header("X-Request-Id");
        assertTrue(requestId != null, "a response without X-Request-Id");
        return entry("requestId", requestId);
    }

    List<JsonNode> now(Object... parameters) {
        JsonNode page =
                Json.json(get("", parameters).then().statusCode(200).extract().asString());
        List<JsonNode> entries = new ArrayList<>();
        page.path("entries").forEach(entries::add);
        return entries;
    }
}
