package dev.muster.tenant;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The tokens of the tenant that the session is bound to. */
@ApplicationScoped
class TokenRepository implements PanacheRepositoryBase<TokenEntity, TokenEntity.Key> {

    private static final String USED = """
            update token set last_used_at = $3
            where tenant_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3)""";

    /** All of a tenant's tokens that have not been revoked, oldest first. */
    Uni<List<TokenEntity>> ofTenant(String tenant) {
        return list("key.tenant = ?1 and revokedAt is null order by created, key.id", tenant);
    }

    /** Notes a use. It is on the road of requests, so it is one statement and no session. */
    Uni<Void> used(SqlConnection connection, TokenEntity.Key key, Instant when) {
        return connection
                .preparedQuery(USED)
                .execute(Tuple.of(key.tenant(), key.id(), when.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
