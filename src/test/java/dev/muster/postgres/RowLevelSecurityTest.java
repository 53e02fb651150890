package dev.muster.postgres;

import static dev.muster.TestDatabase.query;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.AsyncCalls;
import dev.muster.HeldRows;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.account.Accounts;
import dev.muster.audit.OperatorsView;
import dev.muster.oauth.OAuthClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the role that the server works as can see and do in the database, whatever SQL it sends. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class RowLevelSecurityTest {
    private static final String TABLES = """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
            order by c.relname""";

    /** Changes are ids: by them a server finds the tenants for whom others have left work. */
    private static final Set<String> TABLES_OF_THE_OPERATOR = Set.of("tenant", "change");

    private static final String UNIQUE_BADGE = """
            {"schemas":[{"id":"urn:example:badge:2.0:User","resourceType":"User","attributes":[
                {"name":"number","type":"string","uniqueness":"server"}]}],
            "roles":[{"displayName":"some","role":"one"}]}""";

    private final TenantDatabase database;
    private final List<HeldRows> held = new ArrayList<>();
    private Api ours;
    private Api theirs;

    @Inject
    RowLevelSecurityTest(TenantDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void twoTenantsWithARowInEveryTable() {
        ours = populated();
        theirs = populated();
    }

    @AfterEach
    void letTheProjectorGoOn() {
        held.forEach(HeldRows::close);
    }

    private Api populated() {
        Api api = Api.newTenant(UNIQUE_BADGE);
        Http http = Http.of(api);
        String user = http.create(
                "/Users",
                "{\"userName\":\"ada\",\"urn:example:badge:2.0:User\":{\"number\":\"" + api.tenant() + "\"}}");
        http.create("/Groups", "{\"displayName\":\"all\",\"members\":[{\"value\":\"" + user + "\"}]}");
        new AsyncCalls(http).finished(new AsyncCalls(http).txn("DELETE", "/Groups/" + user, ""));
        OperatorsView.of(api).entry("resourceId", user, "method", "POST");
        whatTheProductSees(api, http);
        clients(api);
        return api;
    }

    /** One with a secret, and one with keys that has used an assertion. */
    private static void clients(Api api) {
        OAuthClient.made(api, "{}");
        PublicJsonWebKey key = OAuthClient.newKey("key");
        OAuthClient client = OAuthClient.withKey(api, key);
        client.byAssertion(OAuthClient.signed(client.claims(), key)).statusCode(200);
    }

    /** Accounts, groups, members and events; then, in dry-run, what waits; and a change that nobody works off. */
    private void whatTheProductSees(Api api, Http http) {
        Accounts accounts = new Accounts(api);
        String user = http.create("/Users", "{\"userName\":\"bob\"}");
        http.create("/Groups", "{\"displayName\":\"some\",\"members\":[{\"value\":\"" + user + "\"}]}");
        accounts.awaitDrained();
        Api.admin()
                .body("{\"mode\":\"dry-run\"}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);
        http.create("/Users", "{\"userName\":\"waits\"}");
        accounts.awaitDrained();
        held.add(new HeldRows("select 1 from projection where tenant_id = ? for update", api.tenant()));
        http.create("/Users", "{\"userName\":\"later\"}");
    }

    @Test
    void aConnectionThatIsBoundToNobodySeesNothing() throws SQLException {
        try (Connection connection = TestDatabase.application()) {
            for (String table : tables(connection)) {
                assertEquals(
                        "0", query(connection, "select count(*) from " + table).getFirst(), table);
            }
        }
    }

    @Test
    void aBoundConnectionSeesItsTenantAndNoOther() throws SQLException {
        try (Connection connection = bound(ours.tenant())) {
            for (String table : tables(connection)) {
                String column = table.equals("tenant") ? "id" : "tenant_id";
                assertEquals(
                        List.of(ours.tenant()),
                        query(connection, "select distinct " + column + " from " + table),
                        table);
                assertEquals(
                        List.of(),
                        query(
                                connection,
                                "select 1 from " + table + " where true and " + column + " = ?",
                                theirs.tenant()));
            }
        }
    }

    @Test
    void theOperatorSeesTenantsAndWhereWorkIsLeftAndNobodysData() throws SQLException {
        try (Connection connection = bound(TenantDatabase.OPERATOR)) {
            for (String table : tables(connection)) {
                long seen = Long.parseLong(
                        query(connection, "select count(*) from " + table).getFirst());
                assertEquals(TABLES_OF_THE_OPERATOR.contains(table), seen > 0, table);
            }
        }
    }

    @Test
    void noRowCanBeGivenToOrTakenFromAnotherTenant() throws SQLException {
        try (Connection connection = bound(ours.tenant())) {
            for (String table : tables(connection)) {
                String column = table.equals("tenant") ? "id" : "tenant_id";
                SQLException moved = assertThrows(
                        SQLException.class,
                        () -> execute(
                                connection, "update " + table + " set " + column + " = '" + theirs.tenant() + "-x'"),
                        table);
                assertEquals("42501", moved.getSQLState(), table + ": " + moved.getMessage());
                assertEquals(
                        0,
                        execute(
                                connection,
                                "delete from " + table + " where " + column + " = '" + theirs.tenant() + "'"),
                        table);
            }
            SQLException inserted = assertThrows(
                    SQLException.class,
                    () -> execute(
                            connection,
                            "insert into resource_key (tenant_id, key, resource_id) values ('" + theirs.tenant()
                                    + "', 1, uuidv7())"));
            assertEquals("42501", inserted.getSQLState());
        }
        assertEquals(6, TestDatabase.count("select count(*) from resource where tenant_id = ?", theirs.tenant()));
    }

    @Test
    void aForgottenWhereSeesItsOwnTenantOnly() {
        String sql = "select distinct tenant_id from resource";
        String seen = database.statements(
                        ours.tenant(),
                        connection -> connection.query(sql).execute().map(rows -> {
                            assertEquals(1, rows.size());
                            return rows.iterator().next().getString(0);
                        }))
                .await()
                .atMost(Duration.ofSeconds(60));
        assertEquals(ours.tenant(), seen);
        int deleted = database.transaction(
                        ours.tenant(),
                        connection -> connection
                                .query("delete from membership")
                                .execute()
                                .map(rows -> rows.rowCount()))
                .await()
                .atMost(Duration.ofSeconds(60));
        assertEquals(2, deleted);
        assertEquals(2, TestDatabase.count("select count(*) from membership where tenant_id = ?", theirs.tenant()));
    }

    @Test
    void theRoleIsBoundByThePolicies() throws SQLException {
        try (Connection connection = TestDatabase.application()) {
            assertEquals(
                    List.of("f"),
                    query(
                            connection,
                            "select rolsuper or rolbypassrls or rolcreaterole from pg_roles where rolname = current_user"));
            assertEquals(
                    List.of(),
                    query(
                            connection,
                            "select relname from pg_class where pg_has_role(current_user, relowner, 'member')"));
            assertThrows(
                    SQLException.class, () -> execute(connection, "alter table resource disable row level security"));
            assertThrows(SQLException.class, () -> execute(connection, "truncate membership"));
        }
    }

    @Test
    void everyTableForcesRowLevelSecurityAndTheTenantLeadsEveryKey() throws SQLException {
        try (Connection connection = TestDatabase.superuser()) {
            assertTrue(tables(connection).size() >= 9);
            assertEquals(List.of(), query(connection, """
                    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'flyway_schema_history'
                    and not (c.relrowsecurity and c.relforcerowsecurity
                        and exists (select 1 from pg_policy p where p.polrelid = c.oid))"""));
            assertEquals(List.of("tenant_async_due", "tenant_pkey"), query(connection, """
                    select i.indexrelid::regclass::text from pg_index i
                    join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
                    join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
                    where n.nspname = 'public' and t.relname <> 'flyway_schema_history' and a.attname <> 'tenant_id'
                    order by 1"""));
            assertEquals(List.of(), query(connection, """
                    select conname from pg_constraint f join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
                    where f.contype = 'f' and f.connamespace = 'public'::regnamespace and a.attname <> 'tenant_id'"""));
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return query(connection, TABLES);
    }

    private static Connection bound(String tenant) throws SQLException {
        Connection connection = TestDatabase.application();
        query(connection, "select set_config('muster.tenant', ?, false)", tenant);
        return connection;
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
