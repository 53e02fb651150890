package dev.muster.tenant.client;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The assertions that clients of the tenant have used, as long as they have not expired. */
@ApplicationScoped
class UsedAssertionRepository implements PanacheRepositoryBase<UsedAssertionEntity, UsedAssertionEntity.Key> {

    /**
     * Notes the use of an assertion, under the lock of its client; whether it is the first.
     *
     * @param key with a hash, whatever the client has made up for an id
     */
    Uni<Boolean> use(UsedAssertionEntity.Key key, Instant expiresAt, Instant now) {
        return delete("key.tenant = ?1 and key.client = ?2 and expiresAt < ?3", key.tenant(), key.client(), now)
                .chain(() -> findById(key))
                .chain(used -> used != null
                        ? Uni.createFrom().item(false)
                        : persist(new UsedAssertionEntity(key, expiresAt)).replaceWith(true));
    }
}
