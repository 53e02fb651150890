package dev.muster.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.limit.AuthenticationAttempts;
import dev.muster.limit.Origin;
import dev.muster.limit.TooManyRequestsException;
import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks the tokens that are presented. What was read of a token's row serves for {@link #STALENESS}, and requests that come
 * while it is read wait for the one query: a flood with one token, right or wrong, costs the database next to nothing. Where a
 * stranger's token must be looked up, {@link AuthenticationAttempts} has the first word; a token that was right not long ago is
 * looked up whatever else comes from its address.
 */
@ApplicationScoped
public class TokenAuthentication {

    /** A revocation on another replica is seen here after this time at most. */
    static final Duration STALENESS = Duration.ofSeconds(2);

    private static final Duration FAMILIAR = Duration.ofHours(1);

    /** Among the targets of authentication: what can be no tenant's id is not kept, however long it is. */
    private static final String NO_TENANT = "";

    private final TenantDatabase database;
    private final TokenRepository repository;
    private final TokenUse use;
    private final AuthenticationAttempts attempts;
    private final Vertx vertx;
    private final Cache<TokenEntity.Key, StoredToken> known =
            Caffeine.newBuilder().maximumSize(50_000).expireAfterWrite(FAMILIAR).build();
    private final Map<TokenEntity.Key, Uni<Optional<StoredToken>>> reading = new ConcurrentHashMap<>();

    TokenAuthentication(
            TenantDatabase database,
            TokenRepository repository,
            TokenUse use,
            AuthenticationAttempts attempts,
            Vertx vertx) {
        this.database = database;
        this.repository = repository;
        this.use = use;
        this.attempts = attempts;
        this.vertx = vertx;
    }

    /**
     * Checks a token that was presented at {@code tenant}'s address.
     *
     * @return what was found, which is not for the client
     * @throws TooManyRequestsException also as the failure of the result: too many wrong ones have come from {@code origin}
     */
    public Uni<TokenFinding> authenticate(String tenant, String token, Origin origin) {
        Optional<TokenSecret> parsed = TokenSecret.parse(token);
        if (parsed.isEmpty() || !Tenants.isId(tenant)) {
            attempts.count(origin, NO_TENANT);
            return Uni.createFrom().item(new TokenFinding.Unknown());
        }
        TokenSecret presented = parsed.get();
        TokenEntity.Key key = new TokenEntity.Key(tenant, presented.id());
        Instant now = Instant.now();
        Optional<StoredToken> stored = Optional.ofNullable(known.getIfPresent(key));
        Optional<StoredToken> fresh =
                stored.filter(row -> row.readAt().plus(STALENESS).isAfter(now));
        if (stored.filter(row -> row.admits(presented, now)).isPresent()) {
            return (fresh.isPresent() ? Uni.createFrom().item(fresh) : row(key))
                    .map(row -> finding(key, presented, row));
        }
        boolean joining = reading.containsKey(key);
        if (!joining) {
            attempts.count(origin, tenant);
        }
        if (fresh.isPresent()) {
            return Uni.createFrom().item(finding(key, presented, fresh));
        }
        return joining ? joined(key, presented, origin) : begun(key, presented, origin);
    }

    /** Makes the next check of this token read it anew. */
    void forget(TokenEntity.Key key) {
        known.invalidate(key);
    }

    /** Makes the next check of each token that this client was given read it anew. */
    void forgetThoseOf(String tenant, String clientId) {
        known.asMap()
                .entrySet()
                .removeIf(entry -> entry.getKey().tenant().equals(tenant)
                        && clientId.equals(entry.getValue().clientId()));
    }

    /** Looks up a token for an attempt that was counted. */
    private Uni<TokenFinding> begun(TokenEntity.Key key, TokenSecret presented, Origin origin) {
        return row(key).onFailure()
                .invoke(() -> attempts.withdraw(origin, key.tenant()))
                .map(row -> finding(key, presented, row))
                .invoke(finding -> finding.ifValid().ifPresent(right -> attempts.withdraw(origin, key.tenant())));
    }

    /** Waits for the look-up that another attempt has begun: many requests at once with a new token are one attempt. */
    private Uni<TokenFinding> joined(TokenEntity.Key key, TokenSecret presented, Origin origin) {
        return row(key).map(row -> finding(key, presented, row)).invoke(finding -> {
            if (finding.ifValid().isEmpty()) {
                attempts.count(origin, key.tenant());
            }
        });
    }

    private Uni<Optional<StoredToken>> row(TokenEntity.Key key) {
        Context context = vertx.getOrCreateContext();
        return reading.computeIfAbsent(key, this::read).emitOn(task -> context.runOnContext(ignored -> task.run()));
    }

    /** Deferred, because the session belongs to the request that subscribes first. */
    private Uni<Optional<StoredToken>> read(TokenEntity.Key key) {
        return Uni.createFrom()
                .deferred(() -> database.session(key.tenant(), () -> repository.findById(key)))
                .map(row -> {
                    if (row == null || row.revokedAt != null) {
                        known.invalidate(key);
                        return Optional.ofNullable(row).map(revoked -> StoredToken.of(revoked, Instant.now()));
                    }
                    StoredToken stored = StoredToken.of(row, Instant.now());
                    known.put(key, stored);
                    return Optional.of(stored);
                })
                .onTermination()
                .invoke(() -> reading.remove(key))
                .memoize()
                .indefinitely();
    }

    private TokenFinding finding(TokenEntity.Key key, TokenSecret presented, Optional<StoredToken> row) {
        StoredToken stored = row.filter(found -> found.is(presented)).orElse(null);
        if (stored == null) {
            return new TokenFinding.Unknown();
        }
        if (stored.revokedAt() != null) {
            return new TokenFinding.Revoked(stored.sender(key.id()), stored.revokedAt());
        }
        Instant now = Instant.now();
        if (!stored.expiresAt().isAfter(now)) {
            return new TokenFinding.Expired(stored.sender(key.id()), stored.clientId() != null, stored.expiresAt());
        }
        use.record(key, now);
        return new TokenFinding.Valid(new Credential(
                key.tenant(), stored.sender(key.id()), stored.scope(), stored.userId(), stored.expiresAt()));
    }
}
