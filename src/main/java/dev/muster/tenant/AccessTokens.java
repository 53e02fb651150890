package dev.muster.tenant;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that OAuth clients are given (RFC 6749 §4.4.3): tokens like those that operators make, but of an hour, and revoked
 * with the client, or with the secret, that they were given out for. What is done here is done in the caller's session.
 */
@ApplicationScoped
public class AccessTokens {

    /** So long one is valid: the least that Microsoft asks for is an hour. */
    public static final Duration LIFETIME = Duration.ofHours(1);

    /** So long one that has expired is kept, so that the log can say of its sender what is wrong. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final TokenRepository repository;
    private final TokenAuthentication authentication;

    AccessTokens(TokenRepository repository, TokenAuthentication authentication) {
        this.repository = repository;
        this.authentication = authentication;
    }

    /**
     * Gives a client another token; those that it had stay valid.
     *
     * @param secretId what the client has proved itself with; null for an assertion
     */
    public Uni<TokenSecret> issue(
            String tenant, String clientId, @Nullable String secretId, TokenScope scope, Instant now) {
        TokenSecret secret = TokenSecret.generate();
        TokenEntity row = new TokenEntity(
                new TokenEntity.Key(tenant, secret.id()),
                secret.hash(),
                "",
                scope.keyword(),
                null,
                now,
                now.plus(LIFETIME));
        row.clientId = clientId;
        row.clientSecretId = secretId;
        return repository
                .deleteOfClient(tenant, clientId, now.minus(REMEMBERED))
                .chain(() -> repository.persistAndFlush(row))
                .replaceWith(secret);
    }

    /** Revokes all tokens of a client. */
    public Uni<Void> revokeAll(String tenant, String clientId, Instant now) {
        return repository.revokeOfClient(tenant, clientId, now);
    }

    /** Revokes the tokens that a client has been given for a secret, or for assertions where {@code secretId} is null. */
    public Uni<Void> revoke(String tenant, String clientId, @Nullable String secretId, Instant now) {
        return repository.revokeOfClient(tenant, clientId, secretId, now);
    }

    /** Has what was revoked refused here at once; on other replicas it is within {@link TokenAuthentication#STALENESS}. */
    public void forget(String tenant, String clientId) {
        authentication.forgetThoseOf(tenant, clientId);
    }
}
