package dev.muster.vendors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Wire;
import dev.muster.scim.Json;

/** The secret tokens of a tenant: an administrator makes and revokes them, and enters one in the identity provider. */
record SecretTokens(VendorTenant vendor) {

    private static final String TOKENS = "/admin/api/tenants/{id}/tokens";

    /** Makes a token; the answer, which is the only one that shows it. {@code wanted} as in the body of the request. */
    JsonNode make(String wanted) {
        return Json.json(Api.admin()
                .body(Json.json(wanted).toString())
                .post(TOKENS, tenant())
                .then()
                .statusCode(201)
                .extract()
                .asString());
    }

    void revoke(JsonNode made) {
        Api.admin()
                .delete(TOKENS + "/{token}", tenant(), made.path("id").asText())
                .then()
                .statusCode(204);
    }

    /** All tokens, as they are listed. */
    JsonNode listed() {
        return vendor.read("/tokens");
    }

    /** Entra ID with this token, which matches users by userName and groups by displayName, as it begins. */
    EntraId entra(JsonNode made) {
        return entra(new Api(tenant(), made.path("token").asText()));
    }

    /** Entra ID with the token of the tenant's {@link Api}. */
    static EntraId entra(Api api) {
        return new EntraId(new Wire(api), "userName", "displayName");
    }

    private String tenant() {
        return vendor.api().tenant();
    }
}
