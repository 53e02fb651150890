package dev.muster.tenant.client;

import dev.muster.tenant.TokenScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of an OAuth client; never its secrets.
 *
 * @param keys its public keys, a JSON Web Key Set; null where it has none
 * @param lastUsedAt when it was last given an access token; null where it has not been
 */
public record Client(
        String id,
        String description,
        TokenScope scope,
        @Nullable String keys,
        List<Secret> secrets,
        Instant created,
        @Nullable Instant lastUsedAt) {

    /**
     * One of its secrets.
     *
     * @param lastUsedAt when an access token was last given for it; null where none has been
     */
    public record Secret(
            String id,
            Instant created,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static Secret of(ClientSecretEntity row) {
            return new Secret(row.key.id(), row.created, row.expiresAt, row.lastUsedAt);
        }
    }

    /**
     * A client, or a secret of it, that has just been made.
     *
     * @param secretId null where it was made with keys, and no secret
     * @param secret the whole secret, the only time that it is shown; null as {@code secretId}
     */
    public record Made(
            Client client,
            @Nullable String secretId,
            @Nullable String secret) {

        /** Without the secret: it must not slip into a log. */
        @Override
        public String toString() {
            return "Made[" + client.id() + "]";
        }
    }

    static Client of(ClientEntity row, List<ClientSecretEntity> secrets) {
        return new Client(
                row.key.id(),
                row.description,
                TokenScope.of(row.scope).orElseThrow(),
                row.keys,
                secrets.stream().map(Secret::of).toList(),
                row.created,
                row.lastUsedAt);
    }
}
