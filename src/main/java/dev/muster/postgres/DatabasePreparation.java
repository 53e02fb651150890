package dev.muster.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings the roles and the database that Muster expects into a fresh server; changes nothing where they are there. */
final class DatabasePreparation {
    private static final String COMMON_ATTRIBUTES =
            "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION";

    private DatabasePreparation() {}

    static void prepare(int port, PostgresCredentials credentials) {
        try (Connection connection = dataSource(port, credentials).getConnection();
                Statement statement = connection.createStatement()) {
            ensureRole(connection, PostgresCredentials.OWNER, credentials.owner());
            ensureRole(connection, PostgresCredentials.APPLICATION, credentials.application());
            String database = EmbeddedPostgresServer.DATABASE;
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
                // Collation C: text has the same order on every system and in every version.
                statement.execute("CREATE DATABASE " + database + " OWNER " + PostgresCredentials.OWNER
                        + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
            }
            statement.execute("REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE " + database + " TO " + PostgresCredentials.APPLICATION);
        } catch (SQLException failure) {
            throw new EmbeddedPostgresException("cannot prepare Muster's roles and database", failure);
        }
    }

    private static void ensureRole(Connection connection, String role, String password) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                statement.execute("CREATE ROLE " + role);
            }
            // Every time: nobody can have loosened the role, and the password is the one in the credentials file.
            statement.execute(
                    "ALTER ROLE " + role + " " + COMMON_ATTRIBUTES + " PASSWORD " + statement.enquoteLiteral(password));
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static PGSimpleDataSource dataSource(int port, PostgresCredentials credentials) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {EmbeddedPostgresServer.HOST});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName("postgres");
        dataSource.setUser(PostgresCredentials.SUPERUSER);
        dataSource.setPassword(credentials.superuser());
        return dataSource;
    }
}
