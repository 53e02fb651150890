package dev.muster.tenant.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.AccessTokens;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import dev.muster.tenant.TokenScope;
import dev.muster.tenant.TokenSecret;
import dev.muster.tenant.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes the OAuth clients of tenants, their secrets and their keys. */
@ApplicationScoped
public class Clients {

    private static final Duration DEFAULT_LIFETIME = Duration.ofDays(365);

    /** Microsoft asks for one to three years. */
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(3 * 365 + 1);

    private final TenantDatabase database;
    private final Tenants tenants;
    private final ClientRepository clients;
    private final ClientSecretRepository secrets;
    private final AccessTokens tokens;

    Clients(
            TenantDatabase database,
            Tenants tenants,
            ClientRepository clients,
            ClientSecretRepository secrets,
            AccessTokens tokens) {
        this.database = database;
        this.tenants = tenants;
        this.clients = clients;
        this.secrets = secrets;
        this.tokens = tokens;
    }

    /**
     * Makes a client, with a secret unless it has keys.
     *
     * @param keys a JSON Web Key Set of public keys; null for a client that has none
     * @param expiresAt when the secret expires; null: in a year; at most three years from now
     */
    public Uni<Client.Made> create(
            String tenant,
            @Nullable String description,
            TokenScope scope,
            @Nullable JsonNode keys,
            @Nullable Instant expiresAt) {
        String text = Tokens.checkedDescription(description);
        if (keys != null && expiresAt != null) {
            throw TenantProblem.invalid("expiresAt", "Goes with a secret: a client with keys is made without one.");
        }
        Instant now = now();
        String json = keys == null ? null : ClientKeys.given(keys, "jwks").json();
        ClientEntity row =
                new ClientEntity(new ClientEntity.Key(tenant, TokenSecret.newId()), text, scope.keyword(), json, now);
        if (json != null) {
            return tenants.get(tenant)
                    .chain(() -> database.session(tenant, () -> clients.persistAndFlush(row)))
                    .map(stored -> new Client.Made(Client.of(stored, List.of()), null, null));
        }
        NewSecret secret = newSecret(tenant, row.key.id(), expiresAt, now);
        return tenants.get(tenant)
                .chain(() -> database.session(
                        tenant, () -> clients.persistAndFlush(row).chain(() -> secrets.persistAndFlush(secret.row()))))
                .map(stored -> secret.of(Client.of(row, List.of(stored))));
    }

    /** The tenant's clients that have not been revoked, oldest first. */
    public Uni<List<Client>> list(String tenant) {
        return tenants.get(tenant)
                .chain(() -> database.session(
                        tenant,
                        () -> clients.ofTenant(tenant)
                                .chain(found -> secrets.ofTenant(tenant).map(all -> {
                                    Map<String, List<ClientSecretEntity>> byClient =
                                            all.stream().collect(Collectors.groupingBy(row -> row.key.client()));
                                    return found.stream()
                                            .map(row -> Client.of(row, byClient.getOrDefault(row.key.id(), List.of())))
                                            .toList();
                                }))));
    }

    /** One of them. */
    public Uni<Client> get(String tenant, String clientId) {
        return changed(tenant, clientId, client -> Uni.createFrom().item(client));
    }

    /** Revokes a client with all that it has been given. */
    public Uni<Void> revoke(String tenant, String clientId) {
        Instant now = now();
        return changed(tenant, clientId, client -> {
                    client.revokedAt = now;
                    return secrets.revokeAll(tenant, clientId, now)
                            .chain(() -> tokens.revokeAll(tenant, clientId, now))
                            .replaceWith(client);
                })
                .invoke(() -> tokens.forget(tenant, clientId))
                .replaceWithVoid();
    }

    /**
     * Makes another secret; those that the client has stay valid.
     *
     * @param expiresAt null: a year from now; at most three years from now
     */
    public Uni<Client.Made> addSecret(String tenant, String clientId, @Nullable Instant expiresAt) {
        NewSecret secret = newSecret(tenant, clientId, expiresAt, now());
        return changed(
                        tenant,
                        clientId,
                        client -> secrets.persistAndFlush(secret.row()).replaceWith(client))
                .map(secret::of);
    }

    /** Revokes a secret, and the access tokens that were given out for it. */
    public Uni<Void> revokeSecret(String tenant, String clientId, String secretId) {
        Instant now = now();
        return changed(
                        tenant,
                        clientId,
                        client -> secrets.findById(key(tenant, clientId, secretId))
                                .chain(row -> {
                                    if (row == null || row.revokedAt != null) {
                                        throw TenantProblem.notFound("The client has no such secret.");
                                    }
                                    row.revokedAt = now;
                                    return tokens.revoke(tenant, clientId, secretId, now)
                                            .replaceWith(client);
                                }))
                .invoke(() -> tokens.forget(tenant, clientId))
                .replaceWithVoid();
    }

    /**
     * Gives a client other keys, or none. The access tokens that it has been given for assertions are revoked: whoever changes
     * keys may have lost one.
     *
     * @param keys a JSON Web Key Set of public keys; null: none any more
     */
    public Uni<Client> setKeys(String tenant, String clientId, @Nullable JsonNode keys) {
        Instant now = now();
        String json = keys == null ? null : ClientKeys.given(keys, "jwks").json();
        return changed(tenant, clientId, client -> {
                    client.keys = json;
                    return tokens.revoke(tenant, clientId, null, now).replaceWith(client);
                })
                .invoke(() -> tokens.forget(tenant, clientId));
    }

    /** Does something to a client that has not been revoked; how it is then. */
    private Uni<Client> changed(String tenant, String clientId, Function<ClientEntity, Uni<ClientEntity>> change) {
        if (!TokenSecret.isId(clientId)) {
            throw noSuchClient();
        }
        return tenants.get(tenant)
                .chain(() -> database.session(
                        tenant,
                        () -> clients.locked(tenant, clientId)
                                .chain(client -> {
                                    if (client == null || client.revokedAt != null) {
                                        throw noSuchClient();
                                    }
                                    return change.apply(client);
                                })
                                .chain(client ->
                                        secrets.ofClient(tenant, clientId).map(rows -> Client.of(client, rows)))));
    }

    /** A secret that is not stored yet. */
    private record NewSecret(ClientSecretEntity row, TokenSecret secret) {

        Client.Made of(Client client) {
            return new Client.Made(client, secret.id(), secret.reveal());
        }
    }

    private static NewSecret newSecret(String tenant, String clientId, @Nullable Instant expiresAt, Instant now) {
        Instant expiry = expiresAt == null ? now.plus(DEFAULT_LIFETIME) : expiresAt.truncatedTo(ChronoUnit.MICROS);
        if (!expiry.isAfter(now) || expiry.isAfter(now.plus(LONGEST_LIFETIME))) {
            throw TenantProblem.invalid("expiresAt", "Must lie in the future, at most three years from now.");
        }
        TokenSecret secret = TokenSecret.generate();
        return new NewSecret(
                new ClientSecretEntity(key(tenant, clientId, secret.id()), secret.hash(), now, expiry), secret);
    }

    private static ClientSecretEntity.Key key(String tenant, String clientId, String secretId) {
        if (!TokenSecret.isId(secretId)) {
            throw TenantProblem.notFound("The client has no such secret.");
        }
        return new ClientSecretEntity.Key(tenant, clientId, secretId);
    }

    private static TenantProblem noSuchClient() {
        return TenantProblem.notFound("The tenant has no such client.");
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
