package dev.muster.tenant;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The tokens of the tenant that the session is bound to. */
@ApplicationScoped
class TokenRepository implements PanacheRepositoryBase<TokenEntity, TokenEntity.Key> {

    /** All of a tenant's tokens that have not been revoked, oldest first. */
    Uni<List<TokenEntity>> ofTenant(String tenant) {
        return list("key.tenant = ?1 and revokedAt is null order by created, key.id", tenant);
    }
}
