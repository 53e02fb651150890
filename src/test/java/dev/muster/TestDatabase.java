package dev.muster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The database under the server of this test, past the server: what really stands in it. */
public final class TestDatabase {
    static final String SUPERUSER_PASSWORD = "test.database.superuser-password";

    private static final String SEED = """
            insert into resource (tenant_id, type, id, version, user_name, active, created, last_modified, document, search, search_keys)
            select ?, 'User', uuidv7(), 1, ? || n, true, now(), now(), d, d, '{}'
            from generate_series(1, ?) n, lateral (select jsonb_build_object(
                'schemas', jsonb_build_array('urn:ietf:params:scim:schemas:core:2.0:User'),
                'userName', ? || n, 'active', true) as d) x
            returning id""";

    private TestDatabase() {}

    /** A connection as the superuser, whom no policy binds. */
    public static Connection superuser() throws SQLException {
        return connect("postgres", SUPERUSER_PASSWORD);
    }

    /** A connection as the owner of the tables. */
    public static Connection owner() throws SQLException {
        return connect("muster_owner", "quarkus.flyway.password");
    }

    /** A connection as the role under which the server works. */
    public static Connection application() throws SQLException {
        return connect("muster_app", "quarkus.datasource.password");
    }

    private static Connection connect(String user, String passwordKey) throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                user,
                config.getValue(passwordKey, String.class));
    }

    /** The first column of the rows that {@code sql} finds. */
    public static List<String> query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        }
    }

    /** The number that {@code sql} asks for, as the superuser. */
    public static long count(String sql, Object... parameters) {
        try (Connection connection = superuser()) {
            return Long.parseLong(query(connection, sql, parameters).getFirst());
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Puts many users into a tenant at once; their ids. */
    public static List<String> seedUsers(String tenant, String namePrefix, int count) {
        try (Connection connection = superuser()) {
            return query(connection, SEED, tenant, namePrefix, count, namePrefix);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
