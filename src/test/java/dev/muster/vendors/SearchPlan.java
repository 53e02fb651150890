package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How PostgreSQL finds what a request asks for in a tenant with many users: the plan of the statement that was really sent. */
record SearchPlan(String tenant) {

    private static final String LAST_SEARCH = "select query from pg_stat_activity where usename = 'muster_app'"
            + " and pid <> pg_backend_pid() and query like '%from resource r%' and query_start >= ?::timestamptz"
            + " order by query_start desc limit 1";
    private static final String BY_TENANT_ALONE =
            ".*Index Cond: \\(\\(?tenant_id = [^()]*\\)?( AND \\(type = [^()]*\\))?\\)";

    private static final String KEYS = """
            insert into resource_key (tenant_id, key, resource_id)
            select tenant_id, hashtextextended(id::text, n), id from resource, generate_series(1, 2) n where tenant_id = ?
            returning 1""";

    /** Puts so many other users into the tenant, with email addresses and employee numbers to be found by. */
    static SearchPlan among(Api api, int others) {
        TestDatabase.seedUsers(api.tenant(), "other", others);
        try (Connection database = TestDatabase.superuser();
                Statement statement = database.createStatement()) {
            TestDatabase.query(database, KEYS, api.tenant());
            statement.execute("analyze resource");
            statement.execute("analyze resource_key");
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
        return new SearchPlan(api.tenant());
    }

    /** What the request has searched for was found by an index on more than the tenant, under row-level security. */
    void assertIndexed(Runnable request) {
        try (Connection database = TestDatabase.application()) {
            String search = search(database, request);
            List<String> plan = plan(database, search);
            String about = search + "\n" + String.join("\n", plan);
            // Of memberships there may be so few that PostgreSQL reads them all.
            assertFalse(plan.stream().anyMatch(line -> line.contains("Seq Scan on resource")), about);
            assertFalse(plan.stream().anyMatch(line -> line.matches(BY_TENANT_ALONE)), about);
            assertTrue(plan.stream().anyMatch(line -> line.contains("Index Cond")), about);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Again where the connection has been used for something else before it was looked at. */
    private static String search(Connection database, Runnable request) throws SQLException {
        List<String> seen = List.of();
        for (int attempt = 0; seen.isEmpty() && attempt < 20; attempt++) {
            String begin = only(TestDatabase.query(database, "select clock_timestamp()"));
            request.run();
            seen = TestDatabase.query(database, LAST_SEARCH, begin);
        }
        return only(seen);
    }

    /** The plan for any values: it must not depend on those that were asked for. */
    private List<String> plan(Connection database, String search) throws SQLException {
        TestDatabase.query(database, "select set_config('muster.tenant', ?, false)", tenant);
        try (Statement statement = database.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare search as " + search);
        }
        int parameters = Integer.parseInt(only(TestDatabase.query(
                database, "select cardinality(parameter_types) from pg_prepared_statements where name = 'search'")));
        String values = String.join(", ", Collections.nCopies(parameters, "null"));
        return new ArrayList<>(TestDatabase.query(database, "explain execute search(" + values + ")"));
    }

    private static String only(List<String> rows) {
        assertFalse(rows.isEmpty(), "nothing was found");
        return rows.getFirst();
    }
}
