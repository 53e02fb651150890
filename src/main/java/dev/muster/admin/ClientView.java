package dev.muster.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.muster.rest.OAuthAddress;
import dev.muster.tenant.client.Client;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth client as operators see it, and what they hand on.
 *
 * @param tokenUrl where it gets its access tokens
 * @param jwks its public keys, a JSON Web Key Set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientView(
        String id,
        String description,
        String scope,
        String tokenUrl,
        List<SecretView> secrets,

        @Schema(implementation = Object.class) @JsonRawValue @Nullable
        String jwks,

        Instant created,
        @Nullable Instant lastUsedAt) {

    /** A secret; {@code secret} is there only in the answer that made it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SecretView(
            String id,
            @Nullable String secret,
            Instant created,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        static SecretView of(Client.Secret known, @Nullable String shown) {
            return new SecretView(known.id(), shown, known.created(), known.expiresAt(), known.lastUsedAt());
        }

        /** Without the secret: it must not slip into a log. */
        @Override
        public String toString() {
            return "SecretView[" + id + "]";
        }
    }

    static ClientView of(Client client, String base, String tenant) {
        return of(new Client.Made(client, null, null), base, tenant);
    }

    /** With the secret that has just been made. */
    static ClientView of(Client.Made made, String base, String tenant) {
        Client client = made.client();
        return new ClientView(
                client.id(),
                client.description(),
                client.scope().keyword(),
                OAuthAddress.tokenEndpoint(base, tenant),
                client.secrets().stream()
                        .map(secret -> SecretView.of(
                                secret, Objects.equals(secret.id(), made.secretId()) ? made.secret() : null))
                        .toList(),
                client.keys(),
                client.created(),
                client.lastUsedAt());
    }
}
