package dev.muster.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.scim.Json;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;

/** What waits in a tenant, as its operator sees it over the Admin API, and what the operator decides. */
record Waiting(Api api) {

    private static final String PENDING = "/admin/api/tenants/{id}/pending";

    /** All that waits, once the changes have been worked off; parameters as names and values in turn. */
    List<JsonNode> all(Object... parameters) {
        new Accounts(api).awaitDrained();
        List<JsonNode> found = new ArrayList<>();
        page(parameters).path("pending").forEach(found::add);
        return found;
    }

    /** The only entry that there is. */
    JsonNode only() {
        List<JsonNode> found = all();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " wait: " + found);
        }
        return found.getFirst();
    }

    /** The entry of a resource. */
    JsonNode of(String resource) {
        return all().stream()
                .filter(entry -> entry.path("resourceId").asText().equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing waits of " + resource));
    }

    JsonNode page(Object... parameters) {
        return Json.json(get(parameters).statusCode(200).extract().asString());
    }

    ValidatableResponse get(Object... parameters) {
        RequestSpecification request = Api.admin();
        for (int i = 0; i < parameters.length; i += 2) {
            request = request.queryParam((String) parameters[i], parameters[i + 1]);
        }
        return request.get(PENDING, api.tenant()).then();
    }

    /** Counts of what waits. */
    JsonNode summary() {
        new Accounts(api).awaitDrained();
        return Json.json(Api.admin()
                .get(PENDING + "/summary", api.tenant())
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** Decides; {@code path} such as {@code release} or an id with {@code /approve}. */
    ValidatableResponse post(String path, String body) {
        return Api.admin().body(body).post(PENDING + "/" + path, api.tenant()).then();
    }

    /** Releases all; the number of what has been released. */
    int release() {
        return post("release", "{}").statusCode(202).extract().path("released");
    }

    /** Changes the settings by a merge patch. */
    void settings(String patch) {
        Api.admin()
                .body(patch)
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);
    }
}
