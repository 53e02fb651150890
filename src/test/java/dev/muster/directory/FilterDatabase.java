package dev.muster.directory;

import dev.muster.PostgresTestResource;
import dev.muster.postgres.DatabaseLogin;
import dev.muster.postgres.EmbeddedPostgresServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flywaydb.core.Flyway;

/** The server's own PostgreSQL and tables, used as the application's role for two tenants: row-level security binds it. */
public final class FilterDatabase implements AutoCloseable {

    /** The tenant that is looked at. */
    public static final String TENANT = "acme";

    private static final String OTHER = "other";

    private final EmbeddedPostgresServer server = PostgresTestResource.newServer(PostgresTestResource.newDirectory());
    private final Vertx vertx = Vertx.vertx();
    private final PgConnection owner;
    private final PgConnection tenant;
    private final PgConnection other;

    /** A new server with empty tables. */
    public FilterDatabase() {
        String url = "jdbc:postgresql://" + EmbeddedPostgresServer.HOST + ":" + server.port() + "/"
                + EmbeddedPostgresServer.DATABASE;
        Flyway.configure()
                .dataSource(url, server.owner().user(), server.owner().password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        owner = connect(server.owner(), "");
        // The plans are those for the statistics that a test has made, not for those of a moment in the background.
        maintain("""
                do $$ declare t regclass; begin
                    for t in select oid from pg_class where relkind = 'r' and relowner = current_user::regrole loop
                        execute format('alter table %s set (autovacuum_enabled = false)', t);
                    end loop;
                end $$""");
        tenant = connect(server.application(), TENANT);
        other = connect(server.application(), OTHER);
    }

    private PgConnection connect(DatabaseLogin login, String boundTo) {
        PgConnection connection = await(PgConnection.connect(
                vertx,
                new PgConnectOptions()
                        .setHost(EmbeddedPostgresServer.HOST)
                        .setPort(server.port())
                        .setDatabase(EmbeddedPostgresServer.DATABASE)
                        .setUser(login.user())
                        .setPassword(login.password())));
        await(connection
                .query("set synchronous_commit = off; set muster.tenant = '" + boundTo + "'")
                .execute());
        return connection;
    }

    /** Runs statements as the owner of the tables. */
    public void maintain(String statements) {
        await(owner.query(statements).execute());
    }

    /** Runs statements without parameters as the application. */
    public void run(String statements) {
        await(tenant.query(statements).execute());
    }

    /** Runs a statement whose {@code $1} is the tenant, for a tenant and for another that must never be seen. */
    public void insert(String statement, Object... parameters) {
        insert(tenant, TENANT, statement, parameters);
        insert(other, OTHER, statement, parameters);
    }

    private static void insert(PgConnection connection, String tenantId, String statement, Object... parameters) {
        Tuple tuple = Tuple.of(tenantId);
        for (Object parameter : parameters) {
            tuple.addValue(parameter);
        }
        await(connection.preparedQuery(statement).execute(tuple));
    }

    /** {@code what} with the statement of {@link FilterSql}'s contract behind it, as the application. */
    List<Row> select(String what, String type, SqlCondition condition, String order) {
        List<Object> parameters = new ArrayList<>(List.of(TENANT, type));
        parameters.addAll(condition.parameters());
        String statement = what + " from resource r where r.tenant_id = $1 and r.type = $2 and (" + condition.text()
                + ") " + order;
        RowSet<Row> rows = await(tenant.preparedQuery(statement).execute(Tuple.from(parameters)));
        List<Row> all = new ArrayList<>();
        rows.forEach(all::add);
        return all;
    }

    /** A connection of the application, bound to the tenant. */
    SqlConnection connection() {
        return SqlConnection.newInstance(tenant);
    }

    /** What a statement finds, as the application. */
    List<Row> select(SqlStatement statement) {
        return select(statement.text(), statement.parameters());
    }

    /** What a statement finds, as the application. */
    public List<Row> select(String statement, List<Object> parameters) {
        List<Row> all = new ArrayList<>();
        await(tenant.preparedQuery(statement).execute(Tuple.from(parameters))).forEach(all::add);
        return all;
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        server.close();
    }
}
