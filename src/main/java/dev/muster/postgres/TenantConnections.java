package dev.muster.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.function.Function;

/** Where work gets a connection that is bound to one tenant. */
public interface TenantConnections {

    /** Runs {@code work}, of which at most one statement writes, each of its statements a transaction of its own. */
    <T> Uni<T> statements(String tenant, Function<SqlConnection, Uni<T>> work);

    /** Runs {@code work} whole or not at all. */
    <T> Uni<T> transaction(String tenant, Function<SqlConnection, Uni<T>> work);
}
