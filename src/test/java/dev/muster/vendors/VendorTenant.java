package dev.muster.vendors;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.Wire;
import dev.muster.audit.OperatorsView;
import dev.muster.product.Product;
import dev.muster.scim.Json;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tenant of a vendor, with those who look at it from other sides than the identity provider: operator and product. */
record VendorTenant(Api api, Product product, OperatorsView log) {

    private static final String NDJSON = "application/x-ndjson";
    private static final EncoderConfig AS_TEXT =
            new EncoderConfig().defaultContentCharset("UTF-8").encodeContentTypeAs(NDJSON, ContentType.TEXT);
    private static final String TENANT = "/admin/api/tenants/{id}";

    /** A new tenant with the settings that stand in {@code deploy/tenants}, under an id of its own. */
    static VendorTenant of(String vendor) {
        Api api = Api.newTenant(VendorSettings.of(vendor).toString());
        return new VendorTenant(api, Product.of(api), OperatorsView.of(api));
    }

    /** The operator changes settings by a merge patch, in which quotation marks may be single. */
    void change(String mergePatch) {
        Api.admin()
                .body(Json.json(mergePatch).toString())
                .patch(TENANT + "/settings", api.tenant())
                .then()
                .statusCode(200);
    }

    /** The operator opens or closes the endpoint. */
    void enable(boolean enabled) {
        Api.admin()
                .body(Map.of("enabled", enabled))
                .patch(TENANT, api.tenant())
                .then()
                .statusCode(200);
    }

    /** What the Admin API answers at a path below the tenant, which must succeed. */
    JsonNode read(String path) {
        return Json.json(Api.admin()
                .get(TENANT + path, api.tenant())
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    /** What waits, as the operator sees it once all that was written has been worked off. */
    List<JsonNode> pending() {
        product.get("/accounts?limit=1").statusCode(200);
        return read("/pending").path("pending").valueStream().toList();
    }

    /** The accounts as the product sees them once all that was written has been worked off. */
    List<JsonNode> accounts(String query) {
        return list("/accounts" + query, "accounts");
    }

    /** The one account of a person. */
    JsonNode account(String userName) {
        List<JsonNode> found = accounts("?userName=" + userName);
        assertEquals(1, found.size(), () -> userName + ": " + found);
        return found.getFirst();
    }

    /** The groups as the product sees them. */
    List<JsonNode> groups() {
        return groups("");
    }

    List<JsonNode> groups(String query) {
        return list("/groups" + query, "groups");
    }

    /** The userNames of a group's members as the product sees them. */
    List<String> members(String groupId) {
        return list("/groups/" + groupId + "/members?limit=1000", "members").stream()
                .map(member -> member.path("userName").asText())
                .toList();
    }

    private List<JsonNode> list(String path, String name) {
        return Json.json(product.get(path).statusCode(200).extract().asString())
                .path(name)
                .valueStream()
                .toList();
    }

    /** The entry of the provisioning log about a request. */
    JsonNode entry(Exchange exchange) {
        return log.entry("requestId", exchange.header("X-Request-Id"));
    }

    /** The account of a person, whatever their userName is by now. */
    JsonNode account(EntraUser user) {
        List<JsonNode> found = accounts("?externalId=" + Wire.encoded(user.externalId()));
        assertEquals(1, found.size(), () -> user + ": " + found);
        return found.getFirst();
    }

    String status(EntraUser user) {
        return account(user).path("status").asText();
    }

    /** What the product reads at a path of its API at this very moment. */
    JsonNode seenNow(String path) {
        return Json.json(
                product.request().get(path).then().statusCode(200).extract().asString());
    }

    /** The attributes of Entra ID's mappings that were dropped from a request, as the provisioning log names them. */
    Set<String> dropped(Exchange exchange) {
        return entry(exchange)
                .path("ignored")
                .valueStream()
                .map(JsonNode::asText)
                .filter(name -> !EntraUser.UNMAPPED.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The attributes of a schema that discovery shows; sub-attributes behind a dot. */
    Set<String> discovered(String schema) {
        return new Wire(api)
                .get("/Schemas/" + schema)
                .is(200)
                .at("/attributes")
                .valueStream()
                .flatMap(VendorTenant::names)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> names(JsonNode attribute) {
        String name = attribute.path("name").asText();
        return Stream.concat(
                Stream.of(name),
                attribute
                        .path("subAttributes")
                        .valueStream()
                        .map(part -> name + "." + part.path("name").asText()));
    }

    /** The operator decides about what waits; {@code decision} such as {@code approve}. */
    void decide(String decision, String body) {
        Api.admin()
                .body(Json.json(body).toString())
                .post(TENANT + "/pending/" + decision, api.tenant())
                .then()
                .statusCode(202);
    }

    /** The operator imports accounts that the product had before, a JSON object a line. */
    void importAccounts(String... lines) {
        Api.admin()
                .config(RestAssured.config().encoderConfig(AS_TEXT))
                .contentType(NDJSON)
                .body(Stream.of(lines).map(line -> Json.json(line) + "\n").collect(Collectors.joining()))
                .post(TENANT + "/accounts/import", api.tenant())
                .then()
                .statusCode(200)
                .body("imported", equalTo(lines.length));
    }

    /** What the elements of a list have as {@code member}. */
    static Set<String> each(Iterable<JsonNode> list, String member) {
        Set<String> values = new HashSet<>();
        list.forEach(element -> values.add(element.path(member).asText()));
        return values;
    }
}
