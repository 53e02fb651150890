package dev.muster.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An error of the token endpoint (RFC 6749 §5.2).
 *
 * @param description what is wrong and what to do
 */
record OAuthError(
        @JsonProperty("error") String code,
        @JsonProperty("error_description") String description) {

    static final String INVALID_REQUEST = "invalid_request";
    static final String INVALID_CLIENT = "invalid_client";
    static final String INVALID_SCOPE = "invalid_scope";
    static final String UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type";

    private static final String TEMPORARILY_UNAVAILABLE = "temporarily_unavailable";
    private static final String SERVER_ERROR = "server_error";

    /** The error for a failure that RFC 6749 knows nothing of. */
    static OAuthError of(int status, String description) {
        String code = switch (status) {
            case 429, 503 -> TEMPORARILY_UNAVAILABLE;
            default -> status < 500 ? INVALID_REQUEST : SERVER_ERROR;
        };
        return new OAuthError(code, description);
    }
}
