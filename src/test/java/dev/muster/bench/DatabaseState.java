package dev.muster.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.directory.SearchKeys;
import dev.muster.tenant.TenantSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What the pgbench scripts need to know of the loaded database.
 *
 * @param variables values by the name under which scripts use them
 * @param texts what stands in the scripts in place of {@code @name@}
 * @param samples what stands in place of {@code (@name@)[:n]}, one for each copy of a script
 */
record DatabaseState(Map<String, String> variables, Map<String, String> texts, Map<String, List<String>> samples) {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /** So many users are looked at by pgbench, each by a script of its own: it has no arrays, and takes 128 scripts. */
    static final int SAMPLE = 120;

    /** Brings statistics and visibility up to date, so that no vacuum happens to run during a measurement; then looks. */
    static DatabaseState afterLoading(MusterProcess muster, Population population, BenchSettings settings)
            throws Exception {
        // Not the DriverManager: under Maven it does not see the driver's class loader.
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:" + muster.postgresPort() + "/muster");
        try (Connection connection = database.getConnection("postgres", muster.password("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
            try (ResultSet user = statement.executeQuery("""
                    select document::text, search::text, cardinality(search_keys) as keys from resource
                    where type = 'User' order by id limit 1""")) {
                user.next();
                return of(user, population, settings);
            }
        }
    }

    private static DatabaseState of(ResultSet user, Population population, BenchSettings settings) throws SQLException {
        List<String> users = population.users();
        int stride = settings.outsideGroups() / SAMPLE;
        SearchKeys keys = new SearchKeys(TenantSettings.parse(JsonNodeFactory.instance.objectNode())
                .registry()
                .byEndpoint("/Users")
                .orElseThrow());
        return new DatabaseState(
                Map.of(
                        "tenant", Population.TENANT,
                        "document", user.getString("document"),
                        "search", user.getString("search"),
                        "keys", user.getString("keys"),
                        "sample", Integer.toString(SAMPLE),
                        "enterprise", ENTERPRISE,
                        "stride", Integer.toString(stride),
                        "first", Integer.toString(Population.FIRST_NUMBER)),
                Map.of("groups", ids(population.groups().stream().skip(settings.connections()))),
                Map.of(
                        "users",
                                IntStream.range(0, SAMPLE)
                                        .mapToObj(n -> "'" + users.get(n * stride) + "'::uuid")
                                        .toList(),
                        "email-keys", keys(n -> keys.key("emails.value", Population.workEmail(n * stride))),
                        "employee-keys",
                                keys(n -> keys.key(
                                        ENTERPRISE + ":employeeNumber",
                                        Population.employeeNumber(n * stride).toLowerCase(Locale.ROOT)))));
    }

    private static String ids(Stream<String> ids) {
        return ids.collect(Collectors.joining(",", "'{", "}'::uuid[]"));
    }

    private static List<String> keys(IntToLongFunction key) {
        return IntStream.range(0, SAMPLE)
                .mapToLong(key)
                .mapToObj(value -> "'" + value + "'::int8")
                .toList();
    }
}
