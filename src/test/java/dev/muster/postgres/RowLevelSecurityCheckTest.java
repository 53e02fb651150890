package dev.muster.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The check that stops the start where row-level security would not bind. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class RowLevelSecurityCheckTest {
    private final Vertx vertx;

    @Inject
    RowLevelSecurityCheckTest(Vertx vertx) {
        this.vertx = vertx;
    }

    @Test
    void findsNoFaultInTheApplicationsRole() {
        assertEquals(Optional.empty(), problem("muster_app", "quarkus.datasource.password", "public"));
    }

    @Test
    void refusesASuperuser() {
        String problem = problem("postgres", "test.database.superuser-password", "public")
                .orElseThrow();
        assertTrue(problem.contains("postgres is a superuser"), problem);
        assertTrue(problem.contains("muster_app"), "it says what to do: " + problem);
    }

    @Test
    void refusesTheOwnerOfTheTables() {
        String problem =
                problem("muster_owner", "quarkus.flyway.password", "public").orElseThrow();
        assertTrue(problem.contains("muster_owner owns Muster's tables"), problem);
    }

    @Test
    void refusesATableThatDoesNotForceThePolicies() throws SQLException {
        superuser(
                "create schema careless",
                "create table careless.resource (tenant_id text)",
                "alter table careless.resource enable row level security",
                "grant usage on schema careless to muster_app");
        try {
            String problem = problem("muster_app", "quarkus.datasource.password", "careless")
                    .orElseThrow();
            assertTrue(problem.contains("do not force row-level security"), problem);
        } finally {
            superuser("drop schema careless cascade");
        }
    }

    @Test
    void refusesADatabaseWithoutTables() throws SQLException {
        superuser("create schema vacant", "grant usage on schema vacant to muster_app");
        try {
            String problem = problem("muster_app", "quarkus.datasource.password", "vacant")
                    .orElseThrow();
            assertTrue(problem.contains("run the migrations"), problem);
        } finally {
            superuser("drop schema vacant cascade");
        }
    }

    private Optional<String> problem(String user, String passwordKey, String schema) {
        var config = ConfigProvider.getConfig();
        PgConnectOptions options = PgConnectOptions.fromUri(
                        config.getValue("quarkus.datasource.reactive.url", String.class))
                .setUser(user)
                .setPassword(config.getValue(passwordKey, String.class));
        options.setProperties(Map.of("search_path", schema));
        Pool pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(options)
                .using(vertx)
                .build();
        try {
            TenantDatabase database =
                    new TenantDatabase(new io.vertx.mutiny.sqlclient.Pool(pool), new PatientPool(), vertx, 2);
            return new RowLevelSecurityCheck(database).problem().await().atMost(Duration.ofSeconds(60));
        } finally {
            pool.close();
        }
    }

    private static void superuser(String... statements) throws SQLException {
        try (Connection connection = TestDatabase.superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
