package dev.muster.tenant;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of the tenant that the session is bound to. */
@ApplicationScoped
class TokenRepository implements PanacheRepositoryBase<TokenEntity, TokenEntity.Key> {

    private static final String USED = """
            update token set last_used_at = $3
            where tenant_id = $1 and id = $2 and (last_used_at is null or last_used_at < $3)""";

    /** The tenant's tokens that operators have made and not revoked, oldest first. */
    Uni<List<TokenEntity>> ofTenant(String tenant) {
        return list("key.tenant = ?1 and clientId is null and revokedAt is null order by created, key.id", tenant);
    }

    /** Deletes the tokens of an OAuth client that expired before {@code end}. */
    Uni<Void> deleteOfClient(String tenant, String clientId, Instant end) {
        return delete("key.tenant = ?1 and clientId = ?2 and expiresAt < ?3", tenant, clientId, end)
                .replaceWithVoid();
    }

    /** Revokes all tokens of an OAuth client. */
    Uni<Void> revokeOfClient(String tenant, String clientId, Instant when) {
        return update(
                        "revokedAt = ?3 where key.tenant = ?1 and clientId = ?2 and revokedAt is null",
                        tenant,
                        clientId,
                        when)
                .replaceWithVoid();
    }

    /** Revokes the tokens that an OAuth client has for this secret, or for none. */
    Uni<Void> revokeOfClient(String tenant, String clientId, @Nullable String secretId, Instant when) {
        String given = secretId == null ? "clientSecretId is null" : "clientSecretId = :secret";
        Parameters parameters =
                Parameters.with("tenant", tenant).and("client", clientId).and("when", when);
        return update(
                        "revokedAt = :when where key.tenant = :tenant and clientId = :client and revokedAt is null and "
                                + given,
                        secretId == null ? parameters : parameters.and("secret", secretId))
                .replaceWithVoid();
    }

    /** Notes a use. It is on the road of requests, so it is one statement and no session. */
    Uni<Void> used(SqlConnection connection, TokenEntity.Key key, Instant when) {
        return connection
                .preparedQuery(USED)
                .execute(Tuple.of(key.tenant(), key.id(), when.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
