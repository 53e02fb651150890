package dev.muster.tenant.client;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;

/** The OAuth clients of the tenant that the session is bound to. */
@ApplicationScoped
class ClientRepository implements PanacheRepositoryBase<ClientEntity, ClientEntity.Key> {

    /** All that have not been revoked, oldest first. */
    Uni<List<ClientEntity>> ofTenant(String tenant) {
        return list("key.tenant = ?1 and revokedAt is null order by created, key.id", tenant);
    }

    /** A client, revoked or not, whom nobody else changes or grants anything until the transaction ends; null where there is none. */
    Uni<ClientEntity> locked(String tenant, String id) {
        return findById(new ClientEntity.Key(tenant, id), LockModeType.PESSIMISTIC_WRITE);
    }
}
