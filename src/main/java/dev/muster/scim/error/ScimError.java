package dev.muster.scim.error;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error response of RFC 7644 §3.12.
 *
 * @param status the HTTP status, 300–599
 * @param scimType the detail keyword, where the RFC has one for this failure
 * @param detail a sentence for the person who must act: it names the attribute or parameter and says what to do,
 *     and never holds a secret, a stack trace or unbounded input
 */
public record ScimError(int status, @Nullable ScimType scimType, String detail) {

    /** The schema URI of an error body. */
    public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

    public ScimError {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException("not an error status: " + status);
        }
        Objects.requireNonNull(detail, "detail");
    }

    /** An error with the status that RFC 7644 table 9 gives to {@code type}. */
    public static ScimError of(ScimType type, String detail) {
        return new ScimError(type.status(), type, detail);
    }

    /** An error without a detail keyword. */
    public static ScimError of(int status, String detail) {
        return new ScimError(status, null, detail);
    }

    /** The error body; {@code status} is a string in it (RFC 7644 §3.12). */
    public ObjectNode toJson() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("schemas").add(SCHEMA);
        body.put("status", Integer.toString(status));
        if (scimType != null) {
            body.put("scimType", scimType.keyword());
        }
        body.put("detail", detail);
        return body;
    }
}
