package dev.muster.tenant.client;

import dev.muster.limit.AuthenticationAttempts;
import dev.muster.limit.Origin;
import dev.muster.limit.RequestRate;
import dev.muster.limit.TooManyRequestsException;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.AccessTokens;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenScope;
import dev.muster.tenant.TokenSecret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives clients access tokens (RFC 6749 §4.4). Failures are limited by address as those with tokens are, and what a client is
 * given counts against the same rate as what it does with it.
 */
@ApplicationScoped
public class ClientGrants {

    /** What assertions may be signed with (RFC 7518 §3.1, RFC 8037 §3.1). */
    public static final List<String> SIGNING_ALGORITHMS = ClientAssertion.ALGORITHMS;

    /** Among the targets of authentication: what can be no tenant's id is not kept, however long it is. */
    private static final String NO_TENANT = "";

    private final TenantDatabase database;
    private final ClientRepository clients;
    private final ClientSecretRepository secrets;
    private final UsedAssertionRepository used;
    private final AccessTokens tokens;
    private final AuthenticationAttempts attempts;
    private final RequestRate rate;

    ClientGrants(
            TenantDatabase database,
            ClientRepository clients,
            ClientSecretRepository secrets,
            UsedAssertionRepository used,
            AccessTokens tokens,
            AuthenticationAttempts attempts,
            RequestRate rate) {
        this.database = database;
        this.clients = clients;
        this.secrets = secrets;
        this.used = used;
        this.tokens = tokens;
        this.attempts = attempts;
        this.rate = rate;
    }

    /** What a client asks for. */
    public record Request(ClientProof proof, Set<String> scopes, Set<String> audiences) {

        /**
         * A request.
         *
         * @param scopes those that are asked for; none where the client's own will do
         * @param audiences by which an assertion may mean this server
         */
        public Request {
            scopes = Set.copyOf(scopes);
            audiences = Set.copyOf(audiences);
        }

        boolean admits(TokenScope scope) {
            return scopes.isEmpty() || scopes.contains(scope.keyword());
        }
    }

    /** Whether a client is the one that it says it is. */
    private sealed interface Check {

        /** It is; {@code secretId} is null where an assertion has shown it. */
        record Passed(@Nullable String secretId) implements Check {}

        /** It has not shown it. */
        record Failed(Grant.Refused refusal) implements Check {}
    }

    /**
     * Checks what the client shows, and gives it a token.
     *
     * @throws TooManyRequestsException also as the failure of the result: too many failures have come from {@code origin}, or
     *     the client has asked too often
     */
    public Uni<Grant> grant(String tenant, Request request, Origin origin) {
        String target = Tenants.isId(tenant) ? tenant : NO_TENANT;
        attempts.count(origin, target);
        Optional<String> id = claimed(request.proof());
        if (id.isEmpty() || target.isEmpty()) {
            return Uni.createFrom()
                    .item(refused(null, "The request shows nothing that is of a client of this tenant."));
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return database.session(
                        tenant,
                        () -> clients.locked(tenant, id.get())
                                .chain(client -> client == null
                                        ? Uni.createFrom().item(refused(null, "The tenant has no such client."))
                                        : grant(client, request, now)))
                .onFailure()
                .invoke(failure -> attempts.withdraw(origin, target))
                .invoke(grant -> {
                    if (!(grant instanceof Grant.Refused)) {
                        attempts.withdraw(origin, target);
                    }
                });
    }

    /** Ids have a form, so that nothing else gets as far as the database. */
    private static Optional<String> claimed(ClientProof proof) {
        return switch (proof) {
            case ClientProof.Secret secret ->
                TokenSecret.parse(secret.secret())
                        .map(parsed -> secret.clientId())
                        .filter(TokenSecret::isId);
            case ClientProof.Assertion assertion -> assertion.clientId().filter(TokenSecret::isId);
        };
    }

    private Uni<Grant> grant(ClientEntity client, Request request, Instant now) {
        String id = client.key.id();
        if (client.revokedAt != null) {
            return Uni.createFrom().item(refused(id, "The client was revoked at " + client.revokedAt + "."));
        }
        return check(client, request, now).chain(check -> switch (check) {
            case Check.Passed passed -> granted(client, request, passed.secretId(), now);
            case Check.Failed failed -> Uni.createFrom().item(failed.refusal());
        });
    }

    private Uni<Check> check(ClientEntity client, Request request, Instant now) {
        return switch (request.proof()) {
            case ClientProof.Secret secret -> bySecret(client, secret, now);
            case ClientProof.Assertion assertion -> byAssertion(client, assertion, request.audiences(), now);
        };
    }

    private Uni<Check> bySecret(ClientEntity client, ClientProof.Secret shown, Instant now) {
        String id = client.key.id();
        TokenSecret secret = TokenSecret.parse(shown.secret()).orElseThrow();
        return secrets.findById(new ClientSecretEntity.Key(client.key.tenant(), id, secret.id()))
                .map(row -> {
                    if (row == null || !MessageDigest.isEqual(secret.hash(), row.secretHash)) {
                        return failed(id, "The secret is none of this client's.");
                    }
                    if (row.revokedAt != null) {
                        return failed(id, "The client's secret was revoked at " + row.revokedAt + ".");
                    }
                    if (!row.expiresAt.isAfter(now)) {
                        return new Check.Failed(
                                new Grant.Refused(id, "The client's secret expired at " + row.expiresAt + ".", true));
                    }
                    row.lastUsedAt = now;
                    return new Check.Passed(row.key.id());
                });
    }

    private Uni<Check> byAssertion(
            ClientEntity client, ClientProof.Assertion shown, Set<String> audiences, Instant now) {
        String id = client.key.id();
        if (client.keys == null) {
            return Uni.createFrom().item(failed(id, "The client has no keys that could verify an assertion."));
        }
        try {
            ClientAssertion assertion =
                    ClientAssertion.verified(shown.jwt(), id, ClientKeys.stored(client.keys), audiences, now);
            return used.use(
                            new UsedAssertionEntity.Key(client.key.tenant(), id, assertion.jtiHash()),
                            assertion.expiresAt(),
                            now)
                    .map(first ->
                            first ? new Check.Passed(null) : failed(id, "The assertion has been used before (jti)."));
        } catch (ClientAssertion.Refused refused) {
            return Uni.createFrom().item(failed(id, String.valueOf(refused.getMessage())));
        }
    }

    private Uni<Grant> granted(ClientEntity client, Request request, @Nullable String secretId, Instant now) {
        String tenant = client.key.tenant();
        String id = client.key.id();
        rate.count(tenant, id);
        TokenScope scope = TokenScope.of(client.scope).orElseThrow();
        if (!request.admits(scope)) {
            return Uni.createFrom().item(new Grant.OutOfScope(id, scope));
        }
        client.lastUsedAt = now;
        return tokens.issue(tenant, id, secretId, scope, now).map(token -> new Grant.Issued(id, token.reveal(), scope));
    }

    private static Check failed(String clientId, String reason) {
        return new Check.Failed(new Grant.Refused(clientId, reason, false));
    }

    private static Grant refused(@Nullable String clientId, String reason) {
        return new Grant.Refused(clientId, reason, false);
    }
}
