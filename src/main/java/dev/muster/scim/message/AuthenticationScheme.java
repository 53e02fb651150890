package dev.muster.scim.message;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A way for clients to prove who they are (RFC 7643 §5). */
public record AuthenticationScheme(String type, String name, String description, String specUri, boolean primary) {

    /** A bearer token (RFC 6750), the one way every identity provider knows. */
    public static final AuthenticationScheme BEARER_TOKEN = new AuthenticationScheme(
            "oauthbearertoken",
            "OAuth Bearer Token",
            "A token in the Authorization header: Bearer <token>",
            "https://www.rfc-editor.org/info/rfc6750",
            true);

    /** Access tokens that a client gets for itself (RFC 6749 §4.4); with them it goes on as with the other. */
    public static final AuthenticationScheme CLIENT_CREDENTIALS = new AuthenticationScheme(
            "oauth2",
            "OAuth 2.0 Client Credentials",
            "An access token of an hour from the tenant's token endpoint, sent as a bearer token",
            "https://www.rfc-editor.org/info/rfc6749",
            false);

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", type);
        json.put("name", name);
        json.put("description", description);
        json.put("specUri", specUri);
        json.put("primary", primary);
        return json;
    }
}
