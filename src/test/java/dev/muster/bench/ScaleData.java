package dev.muster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.directory.CopyRows;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.TenantSettings;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Loads tenants by COPY, with the rows that the server would have written: made by its own code, in minutes instead of the
 * hour that two million requests take.
 */
final class ScaleData {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHUNK = 500;
    private static final int LOADERS = 2;

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final String password;

    ScaleData(MusterProcess muster) throws IOException {
        // Not the DriverManager: under Maven it does not see the driver's class loader.
        database.setUrl("jdbc:postgresql://127.0.0.1:" + muster.postgresPort() + "/muster");
        this.password = muster.password("postgres");
    }

    /** Loads users and the group of each tenant, then brings statistics and visibility up to date. */
    void load(List<ScaleTenant> tenants) throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (ScaleTenant tenant : tenants) {
            work.add(() -> loaded(loader -> loader.group(tenant)));
            for (int first = 0; first < tenant.users(); first += 50 * CHUNK) {
                int from = first;
                int end = Math.min(tenant.users(), first + 50 * CHUNK);
                work.add(() -> loaded(loader -> loader.users(tenant, from, end)));
            }
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(LOADERS)) {
            for (Future<Void> part : threads.invokeAll(work)) {
                part.get();
            }
        }
        try (Connection connection = database.getConnection("postgres", password);
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private interface Load {
        void into(Loader loader) throws SQLException, IOException;
    }

    private Void loaded(Load load) throws SQLException, IOException {
        try (Connection connection = database.getConnection("postgres", password);
                Statement statement = connection.createStatement()) {
            // What is loaded is whole by its making, and a group may come before its members.
            statement.execute("set session_replication_role = replica");
            statement.execute("set synchronous_commit = off");
            load.into(new Loader(connection.unwrap(PGConnection.class).getCopyAPI()));
            return null;
        }
    }

    private record Loader(CopyManager copy, CopyRows userRows, CopyRows groupRows) {

        Loader(CopyManager copy) {
            this(copy, new CopyRows(type("/Users")), new CopyRows(type("/Groups")));
        }

        private static ResourceType type(String endpoint) {
            return TenantSettings.parse(JsonNodeFactory.instance.objectNode())
                    .registry()
                    .byEndpoint(endpoint)
                    .orElseThrow();
        }

        void users(ScaleTenant tenant, int first, int end) throws SQLException, IOException {
            for (int from = first; from < end; from += CHUNK) {
                StringBuilder users = new StringBuilder();
                StringBuilder keys = new StringBuilder();
                StringBuilder memberships = new StringBuilder();
                for (int number = from; number < Math.min(end, from + CHUNK); number++) {
                    JsonNode user = JSON.readTree(Population.user(number));
                    userRows.append(tenant.id(), ScaleTenant.user(number), user, users, keys);
                    if (number < tenant.members()) {
                        CopyRows.member(tenant.id(), ScaleTenant.GROUP, ScaleTenant.user(number), memberships);
                    }
                }
                in(CopyRows.RESOURCE_COLUMNS, users);
                in(CopyRows.KEY_COLUMNS, keys);
                in(CopyRows.MEMBERSHIP_COLUMNS, memberships);
            }
        }

        void group(ScaleTenant tenant) throws SQLException, IOException {
            StringBuilder group = new StringBuilder();
            StringBuilder keys = new StringBuilder();
            UUID id = ScaleTenant.GROUP;
            groupRows.append(tenant.id(), id, JSON.readTree("{\"displayName\":\"Everybody\"}"), group, keys);
            in(CopyRows.RESOURCE_COLUMNS, group);
            in(CopyRows.KEY_COLUMNS, keys);
        }

        private void in(String table, StringBuilder rows) throws SQLException, IOException {
            copy.copyIn("copy " + table + " from stdin", new StringReader(rows.toString()));
        }
    }
}
