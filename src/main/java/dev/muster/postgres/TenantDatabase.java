package dev.muster.postgres;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Transaction;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Hands out database connections, each bound to one tenant: row-level security shows it that tenant's rows and no others.
 * Nothing else can reach the pool.
 *
 * <p>Work that has begun is carried to its end, and its connection given back, also when nobody waits for the result any
 * more: a client that disconnects costs no connection. Work that has not ended after {@link #LONGEST_WORK} fails with a
 * {@link io.smallrye.mutiny.TimeoutException}.
 *
 * <p>Statements and transactions of one tenant have at most half of the connections at a time; more of them wait. Sessions,
 * which read single rows for authentication and administration, are not counted: they must not wait behind a tenant's slow
 * queries.
 */
@ApplicationScoped
public class TenantDatabase implements TenantConnections {

    /** The binding under which the tenants themselves are seen, and no tenant's data. */
    public static final String OPERATOR = "*";

    private static final String BIND_SESSION = "select set_config('muster.tenant', $1, false)";
    private static final String BIND_TRANSACTION = "select set_config('muster.tenant', $1, true)";

    /**
     * Serialisation failure, deadlock, and a foreign key whose other end another transaction has deleted after this one saw
     * it: the next try sees that it is gone.
     */
    private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "23503");

    /**
     * A client hears of a failure after this time at the latest, also where the database does not answer at all. The work may
     * still come to its end behind the answer; as writes may be repeated without harm, the client just tries again.
     */
    private static final Duration LONGEST_WORK = Duration.ofSeconds(30);

    /** What is under way when the server ends has this long to come to its end. */
    private static final Duration LAST_WORK = Duration.ofSeconds(5);

    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(5);
    private static final Duration LONGEST_BACKOFF = Duration.ofMillis(250);

    private final Pool pool;
    private final PatientPool pools;
    private final TenantShares shares;
    private final TenantShares scans;
    private final AtomicInteger underWay = new AtomicInteger();

    TenantDatabase(
            Pool pool,
            PatientPool pools,
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
        this.pool = pool;
        this.pools = pools;
        this.shares = new TenantShares(Math.max(1, connections / 2), PatientPool.PATIENCE, vertx);
        this.scans = new TenantShares(1, PatientPool.PATIENCE, vertx);
    }

    /**
     * Runs {@code work} on a connection bound to {@code tenant}, each of its statements a transaction of its own. The binding
     * travels to the server in front of the first statement, without a round trip. A serialisation failure, a deadlock or a
     * reference to what has just been deleted (40001, 40P01, 23503) runs {@code work} again: it must not hold more than one
     * statement that writes.
     */
    @Override
    public <T> Uni<T> statements(String tenant, Function<SqlConnection, Uni<T>> work) {
        return shared(tenant, connection -> bound(connection, BIND_SESSION, tenant, work))
                .plug(TenantDatabase::retried);
    }

    /**
     * As {@link #statements}, for work whose cost grows with the tenant. A tenant has one such piece of work under way at a time:
     * it takes a processor of the database for as long as it lasts, and others shall not feel it.
     */
    public <T> Uni<T> scan(String tenant, Function<SqlConnection, Uni<T>> work) {
        return detached(
                        () -> scans.run(
                                tenant,
                                () -> shares.run(
                                        tenant,
                                        () -> pool.getDelegate()
                                                .withConnection(
                                                        connection -> bound(connection, BIND_SESSION, tenant, work)))),
                        LONGEST_WORK)
                .plug(TenantDatabase::retried);
    }

    /**
     * Writes in one transaction bound to {@code tenant}. A serialisation failure, a deadlock or a reference to what has just
     * been deleted (40001, 40P01, 23503) rolls back and runs {@code work} again, so it must have no effects but those on the
     * connection.
     */
    @Override
    public <T> Uni<T> transaction(String tenant, Function<SqlConnection, Uni<T>> work) {
        return shared(tenant, connection -> inTransaction(connection, tenant, work))
                .plug(TenantDatabase::retried);
    }

    /**
     * Writes in one transaction bound to {@code tenant}, on the one connection that requests do not use: a full pool does not
     * delay this work, nor this work the requests. It is tried once.
     */
    public <T> Uni<T> background(String tenant, Function<SqlConnection, Uni<T>> work) {
        return detached(
                () -> pools.background().withConnection(connection -> inTransaction(connection, tenant, work)),
                LONGEST_WORK);
    }

    /**
     * As {@link #transaction}, for work that no client waits for, and that undoes parts of itself ({@link JoinedTransaction}).
     *
     * @param longest it fails with a {@link io.smallrye.mutiny.TimeoutException} after this time
     */
    public <T> Uni<T> longTransaction(String tenant, Duration longest, Function<SqlConnection, Uni<T>> work) {
        return detached(
                        () -> shares.run(
                                tenant,
                                () -> pool.getDelegate()
                                        .withConnection(connection -> inPlainTransaction(connection, tenant, work))),
                        longest)
                .plug(TenantDatabase::retried);
    }

    /** Plain commands: the client's own transaction is lost with the first error, though a savepoint has undone it. */
    private static <T> Future<T> inPlainTransaction(
            io.vertx.sqlclient.SqlConnection connection, String tenant, Function<SqlConnection, Uni<T>> work) {
        Future<?> begun = connection.query("begin").execute();
        Future<T> done = bound(connection, BIND_TRANSACTION, tenant, work);
        return begun.compose(ready -> done)
                .compose(
                        result -> connection.query("commit").execute().map(result),
                        failure -> connection
                                .query("rollback")
                                .execute()
                                .transform(rolledBack -> Future.<T>failedFuture(failure)));
    }

    /** {@code begin} and the binding travel in front of the first statement: the answers come in order. */
    private static <T> Future<T> inTransaction(
            io.vertx.sqlclient.SqlConnection connection, String tenant, Function<SqlConnection, Uni<T>> work) {
        Future<Transaction> begun = connection.begin();
        Future<T> done = bound(connection, BIND_TRANSACTION, tenant, work);
        return begun.compose(transaction -> done.compose(
                result -> transaction.commit().map(result),
                failure -> transaction.rollback().transform(rolledBack -> Future.<T>failedFuture(failure))));
    }

    private static <T> Future<T> bound(
            io.vertx.sqlclient.SqlConnection connection,
            String binding,
            String tenant,
            Function<SqlConnection, Uni<T>> work) {
        SqlConnection bound = SqlConnection.newInstance(connection);
        Uni<?> bind = bound.preparedQuery(binding).execute(Tuple.of(tenant));
        return UniHelper.toFuture(Uni.combine()
                .all()
                .unis(bind, Uni.createFrom().deferred(() -> work.apply(bound)))
                .with((ignored, result) -> result));
    }

    /** Runs {@code work}, which uses Panache repositories, in one transaction whose session is bound to {@code tenant}. */
    public <T> Uni<T> session(String tenant, Supplier<Uni<T>> work) {
        return Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(
                                        "select set_config('muster.tenant', ?1, true)", String.class)
                                .setParameter(1, tenant)
                                .getSingleResult())
                        .chain(ignored -> work.get()))
                .ifNoItem()
                .after(LONGEST_WORK)
                .fail();
    }

    static <T> Uni<T> retried(Uni<T> work) {
        return work.onFailure(TenantDatabase::worthAnotherTry)
                .retry()
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .withJitter(0.5)
                .atMost(ATTEMPTS);
    }

    private static boolean worthAnotherTry(Throwable failure) {
        return failure instanceof PgException e && TRANSIENT.contains(String.valueOf(e.getSqlState()));
    }

    /** On a connection from the pool, of which one tenant has its share. */
    private <T> Uni<T> shared(String tenant, Function<io.vertx.sqlclient.SqlConnection, Future<T>> work) {
        return detached(() -> shares.run(tenant, () -> pool.getDelegate().withConnection(work)), LONGEST_WORK);
    }

    /** A Uni whose cancellation does not reach the work: only its result is dropped. */
    private <T> Uni<T> detached(Supplier<Future<T>> work, Duration longest) {
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    Future<T> begun = work.get();
                    underWay.incrementAndGet();
                    begun.onComplete(emitter::complete, emitter::fail).onComplete(ended -> underWay.decrementAndGet());
                })
                .ifNoItem()
                .after(longest)
                .fail();
    }

    /** The pool closes behind this: when those who begin work have stopped, and what they have begun has ended. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) throws InterruptedException {
        long begin = System.nanoTime();
        while (underWay.get() > 0 && System.nanoTime() - begin < LAST_WORK.toNanos()) {
            Thread.sleep(10);
        }
    }
}
