package dev.muster.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets work that is made of transactions be part of a longer one: each is whole or not at all (a savepoint), and what has
 * succeeded stands when the longer one is committed. For one transaction at a time, and work that does one thing after the
 * other.
 */
public final class JoinedTransaction implements TenantConnections {

    private static final String BEGIN = "savepoint part";
    private static final String COMMIT = "release savepoint part";
    private static final String ROLLBACK = "rollback to savepoint part; release savepoint part";

    /** The longer transaction; null where there is none. */
    private record Outer(String tenant, SqlConnection connection) {}

    private volatile @Nullable Outer outer;

    /** Runs {@code work}, whose transactions become part of the one on {@code connection}, which is bound to {@code tenant}. */
    public <T> Uni<T> within(String tenant, SqlConnection connection, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            outer = new Outer(tenant, connection);
            return work.get().eventually(() -> outer = null);
        });
    }

    @Override
    public <T> Uni<T> statements(String tenant, Function<SqlConnection, Uni<T>> work) {
        return transaction(tenant, work);
    }

    @Override
    public <T> Uni<T> transaction(String tenant, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> part(connection(tenant), work)).plug(TenantDatabase::retried);
    }

    private SqlConnection connection(String tenant) {
        Outer current = outer;
        if (current == null || !current.tenant().equals(tenant)) {
            throw new IllegalStateException("there is no transaction of tenant " + tenant + " to join");
        }
        return current.connection();
    }

    private static <T> Uni<T> part(SqlConnection connection, Function<SqlConnection, Uni<T>> work) {
        return connection
                .query(BEGIN)
                .execute()
                .chain(begun -> work.apply(connection))
                .call(done -> connection.query(COMMIT).execute())
                .onFailure()
                .call(failure ->
                        connection.query(ROLLBACK).execute().onFailure().recoverWithNull());
    }
}
