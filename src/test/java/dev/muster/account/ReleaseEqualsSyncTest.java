package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written and set while a tenant is in dry-run, nothing of it reaches the product; and what release makes of it is
 * what a tenant in sync has that heard the same. docs/accounts.md says for whom that can hold.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ReleaseEqualsSyncTest {

    private static final int STEPS = 30;
    private static final int CASES = Integer.getInteger("test.cases", 1);
    private static final String ROWS = """
            select to_json(a)::text from account a where tenant_id = '%1$s'
            union all select to_json(g)::text from account_group g where tenant_id = '%1$s'
            union all select to_json(m)::text from account_membership m where tenant_id = '%1$s'
            union all select to_json(e)::text from event e where tenant_id = '%1$s' order by 1""";

    private static final List<String> COMPARED =
            List.of("status", "activated", "external_id", "email", "department", "roles", "sign_in", "fields");

    @Test
    void releaseMakesWhatSyncWouldHaveMade() throws SQLException {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int i = 0; i < CASES; i++) {
            try {
                run(seed + i);
            } catch (AssertionError failure) {
                throw new AssertionError("-Dtest.seed=" + (seed + i) + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static void run(long seed) throws SQLException {
        Random random = new Random(seed);
        RandomWrites dry = new RandomWrites(Api.newTenant());
        RandomWrites sync = new RandomWrites(Api.newTenant());
        List<RandomWrites> both = List.of(dry, sync);
        for (int i = 0; i < STEPS / 3; i++) {
            RandomWrites.Step step = RandomWrites.next(random);
            both.forEach(tenant -> tenant.write(step));
        }
        both.forEach(tenant -> new Accounts(tenant.api()).awaitDrained());
        new Waiting(dry.api()).settings("{\"mode\":\"dry-run\"}");
        new Accounts(dry.api()).awaitDrained();
        Set<String> before = names(dry.api());
        List<String> rows = rows(dry.api());

        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(4) == 0) {
                String settings = RandomWrites.settings(random);
                both.forEach(tenant -> new Waiting(tenant.api()).settings(settings));
            } else {
                RandomWrites.Step step = RandomWrites.next(random);
                both.forEach(tenant -> tenant.write(step));
            }
        }
        both.forEach(tenant -> new Accounts(tenant.api()).awaitDrained());
        assertEquals(rows, rows(dry.api()), "dry-run has reached the product");

        new Waiting(dry.api()).release();
        assertEquals(0, new Waiting(dry.api()).all("reason", "dry-run").size());
        Set<String> waiting = new TreeSet<>();
        both.forEach(tenant -> new Waiting(tenant.api())
                .all()
                .forEach(entry -> waiting.add(entry.at("/who/userName").asText())));
        assertEquals(accounts(sync, waiting), accounts(dry, waiting));
        assertEquals(groups(sync.api()), groups(dry.api()));
        for (RandomWrites tenant : both) {
            new Accounts(tenant.api())
                    .all().stream()
                            .filter(account ->
                                    before.contains(account.path("user_name").asText()))
                            .filter(account -> !tenant.users()
                                    .containsKey(account.path("user_name").asText()))
                            .forEach(account -> assertFalse(isInUse(account), account::toString));
            projectedAgainNothingChanges(tenant.api());
        }
    }

    /** The accounts of users that there are and that wait for nothing, by user name, without what is only of one tenant. */
    private static Map<String, String> accounts(RandomWrites tenant, Set<String> waiting) {
        Map<String, String> accounts = new TreeMap<>();
        for (JsonNode account : new Accounts(tenant.api()).all()) {
            String name = account.path("user_name").asText();
            if (tenant.users().containsValue(account.path("resource_id").asText()) && !waiting.contains(name)) {
                accounts.put(
                        name,
                        COMPARED.stream()
                                .filter(column -> !column.equals("activated") || isInUse(account))
                                .map(column -> column + "=" + account.path(column))
                                .toList()
                                .toString());
            }
        }
        Set<String> expected = new TreeSet<>(tenant.users().keySet());
        expected.removeAll(waiting);
        assertEquals(expected, accounts.keySet());
        return accounts;
    }

    private static boolean isInUse(JsonNode account) {
        return Set.of("active", "pending").contains(account.path("status").asText());
    }

    private static List<String> groups(Api api) throws SQLException {
        return query("""
                select g.display_name || ': ' || coalesce((
                    select string_agg(r.user_name, ',' order by r.user_name) from account_membership m
                    join resource r on r.tenant_id = m.tenant_id and r.id = m.member_id
                    where m.tenant_id = g.tenant_id and m.group_id = g.id), '') || ' of ' || (
                    select count(*) from account_membership m where m.tenant_id = g.tenant_id and m.group_id = g.id)
                from account_group g where g.tenant_id = '%s' order by 1""".formatted(api.tenant()));
    }

    private static Set<String> names(Api api) {
        Set<String> names = new TreeSet<>();
        new Accounts(api)
                .all()
                .forEach(account -> names.add(account.path("user_name").asText()));
        return names;
    }

    private static void projectedAgainNothingChanges(Api api) throws SQLException {
        Accounts accounts = new Accounts(api);
        List<String> rows = rows(api);
        query("update tenant set projection_due = gen_random_uuid() where id = '%s' returning 1"
                .formatted(api.tenant()));
        accounts.awaitDrained();
        assertEquals(rows, rows(api), "projecting is not idempotent");
    }

    private static List<String> rows(Api api) throws SQLException {
        return query(ROWS.formatted(api.tenant()));
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = TestDatabase.superuser()) {
            return new ArrayList<>(TestDatabase.query(connection, sql));
        }
    }
}
