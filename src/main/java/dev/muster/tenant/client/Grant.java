package dev.muster.tenant.client;

import dev.muster.tenant.TokenScope;
import org.jspecify.annotations.Nullable;

/** What has come of a client's request for an access token. */
public sealed interface Grant {

    /**
     * It has one.
     *
     * @param accessToken to be handed to the client; it is not stored
     */
    record Issued(String clientId, String accessToken, TokenScope scope) implements Grant {

        /** Without the token: it must not slip into a log. */
        @Override
        public String toString() {
            return "Issued[" + clientId + "]";
        }
    }

    /**
     * It has proved nothing. The client hears no more than that; the rest is for the log.
     *
     * @param clientId null where there is no such client
     * @param expired whether a secret of the client was shown, and its time is over
     */
    record Refused(@Nullable String clientId, String reason, boolean expired) implements Grant {}

    /** It is the client that it says it is, and may not have this scope; its own is the one that it may have. */
    record OutOfScope(String clientId, TokenScope scope) implements Grant {}
}
