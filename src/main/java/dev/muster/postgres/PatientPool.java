package dev.muster.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections, with an end to the wait for one: a request that waits longer is answered with 503, where the
 * default would keep it without end. Beside it stands one connection for work behind the requests, so that neither waits for
 * the other.
 */
@Singleton
class PatientPool implements PgPoolCreator {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicReference<@Nullable Pool> background = new AtomicReference<>();

    @Override
    public Pool create(Input input) {
        background.set(pool(input, new PoolOptions().setMaxSize(1)));
        return pool(input, input.poolOptions());
    }

    /** The one connection for work behind the requests; there is one as soon as there is a pool. */
    Pool background() {
        return Objects.requireNonNull(background.get(), "there is no pool yet");
    }

    @PreDestroy
    void close() {
        Pool pool = background.get();
        if (pool != null) {
            pool.close();
        }
    }

    private static Pool pool(Input input, PoolOptions options) {
        return PgBuilder.pool()
                .with(options.setConnectionTimeout((int) PATIENCE.toSeconds())
                        .setConnectionTimeoutUnit(TimeUnit.SECONDS))
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
