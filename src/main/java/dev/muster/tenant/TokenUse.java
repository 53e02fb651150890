package dev.muster.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.postgres.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Keeps {@code last_used_at}: at most one write a token and minute, off the request's path. */
@ApplicationScoped
class TokenUse {

    private static final Logger LOG = Logger.getLogger(TokenUse.class);
    private static final Duration RESOLUTION = Duration.ofMinutes(1);
    private final TenantDatabase database;
    private final TokenRepository repository;
    private final Cache<TokenEntity.Key, Boolean> recent = Caffeine.newBuilder()
            .maximumSize(50_000)
            .expireAfterWrite(RESOLUTION)
            .build();

    TokenUse(TenantDatabase database, TokenRepository repository) {
        this.database = database;
        this.repository = repository;
    }

    /** Notes that the token was used at {@code when}. */
    void record(TokenEntity.Key key, Instant when) {
        if (recent.getIfPresent(key) != null) {
            return;
        }
        recent.put(key, Boolean.TRUE);
        database.statements(key.tenant(), connection -> repository.used(connection, key, when))
                .subscribe()
                .with(done -> {}, failure -> {
                    recent.invalidate(key);
                    LOG.warnf(failure, "tenant=%s token=%s: the time of its use was not kept", key.tenant(), key.id());
                });
    }
}
