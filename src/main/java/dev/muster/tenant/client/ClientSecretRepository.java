package dev.muster.tenant.client;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** The secrets of OAuth clients of the tenant that the session is bound to. */
@ApplicationScoped
class ClientSecretRepository implements PanacheRepositoryBase<ClientSecretEntity, ClientSecretEntity.Key> {

    /** Those of all clients that have not been revoked, oldest first. */
    Uni<List<ClientSecretEntity>> ofTenant(String tenant) {
        return list("key.tenant = ?1 and revokedAt is null order by created, key.id", tenant);
    }

    /** Those of a client that have not been revoked, oldest first. */
    Uni<List<ClientSecretEntity>> ofClient(String tenant, String client) {
        return list(
                "key.tenant = ?1 and key.client = ?2 and revokedAt is null order by created, key.id", tenant, client);
    }

    /** Revokes all that a client has. */
    Uni<Void> revokeAll(String tenant, String client, Instant when) {
        return update(
                        "revokedAt = ?3 where key.tenant = ?1 and key.client = ?2 and revokedAt is null",
                        tenant,
                        client,
                        when)
                .replaceWithVoid();
    }
}
