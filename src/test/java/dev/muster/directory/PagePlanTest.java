package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterOverTypes;
import dev.muster.scim.message.PageRequest;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page costs the same wherever it lies: it begins at an index condition, although row-level security is forced. */
class PagePlanTest {

    private static final int USERS = 20_000;
    private static final List<ResourceType> TYPES = SchemaRegistry.standard().resourceTypes();
    private static final ResourceType USER = TYPES.getFirst();

    private static FilterDatabase database;

    /** Half of the users have neither externalId nor displayName; a tenth of the others share theirs. */
    @BeforeAll
    static void fill() {
        database = new FilterDatabase();
        database.run("""
                insert into resource
                select 'acme', 'User', ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 1,
                    'user' || lpad(i::text, 6, '0'),
                    case when i < 10000 then 'e' || lpad(i::text, 6, '0') end,
                    case when i < 1000 then 'same' when i < 10000 then 'u' || lpad(i::text, 6, '0') end,
                    true, now(), now(), '{}', '{}', '{}' from generate_series(0, 19999) i;
                insert into resource
                select 'acme', 'Group', ('00000000-0000-4000-9000-' || lpad(i::text, 12, '0'))::uuid, 1, null, null,
                    'group ' || i, null, now(), now(), '{}', '{}', '{}' from generate_series(0, 1999) i
                """);
        database.maintain("vacuum analyze resource");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static UUID id(int number) {
        return UUID.fromString("00000000-0000-4000-8000-%012d".formatted(number));
    }

    private static SearchQuery query(List<ResourceType> types, @Nullable String sortBy, boolean descending) {
        return new SearchQuery(
                "/",
                types.stream()
                        .map(type -> new SearchQuery.Part(type, null, attribute(type, sortBy), false))
                        .toList(),
                descending,
                PageRequest.FIRST,
                "",
                "");
    }

    private static @Nullable AttributeRef attribute(ResourceType type, @Nullable String name) {
        return name == null
                ? null
                : new AttributeNames(type, Conformance.STRICT).resolve(name).orElse(null);
    }

    private static String explain(SqlStatement statement) {
        return database
                .select(new SqlStatement(
                        "explain (analyze, costs off, timing off) " + statement.text(), statement.parameters()))
                .stream()
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
    }

    /** The deepest position first, so that a page that began elsewhere would have to go through nearly everything. */
    @ParameterizedTest
    @CsvSource({
        "'',false,'',19900,Behind,99",
        "'',true,'',99,Behind,99",
        "id,false,'',19900,Behind,99",
        "id,true,'',99,Behind,99",
        "userName,false,user019900,19900,Behind,99",
        "userName,true,user000099,99,Behind,99",
        "externalId,false,e009900,9900,Behind,99",
        "externalId,true,e000099,99,Behind,99",
        "externalId,false,,19900,Unassigned,99",
        "externalId,true,,10099,Unassigned,99",
        "externalId,true,,10000,Assigned,100",
        "displayName,false,u009900,9900,Behind,99",
        "displayName,false,same,500,Behind,100",
        "displayName,true,same,99,Behind,99",
        "displayName,false,,19900,Unassigned,99",
        "displayName,true,,10099,Unassigned,99"
    })
    void aPageBeginsAtAnIndexCondition(
            String sortBy, boolean descending, @Nullable String key, int number, String stretch, int found) {
        SearchQuery query = query(List.of(USER), sortBy.isEmpty() ? null : sortBy, descending);
        Ordering ordering =
                new Ordering(Ordering.of(query).keys(), Ordering.of(query).keyType(), descending);
        SearchSql sql = new SearchSql(TenantScope.whole(FilterDatabase.TENANT), query, ordering);
        Position position = new Position(key == null || key.isEmpty() ? null : key, id(number));
        Stretch chosen = Stretch.behind(position, ordering).stream()
                .filter(candidate -> candidate.getClass().getSimpleName().equals(stretch))
                .findFirst()
                .orElseThrow();
        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            database.run("set plan_cache_mode = " + mode);
            SqlStatement statement = sql.page(chosen, 0, 100).orElseThrow();
            List<Row> rows = database.select(statement);
            assertEquals(found, rows.size());
            String plan = explain(statement);
            assertFalse(plan.contains("Seq Scan"), mode + plan);
            assertFalse(plan.contains("Bitmap"), mode + plan);
            assertTrue(removed(plan) <= 1, mode + plan);
            assertTrue(mostRows(plan) <= 101, mode + plan);
        }
        database.run("set plan_cache_mode = auto");
    }

    /** How many rows have been looked at in vain: by userName, whose index has no id, the one at the position itself. */
    private static long removed(String plan) {
        return plan.lines()
                .filter(line -> line.contains("Rows Removed by Filter"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    /** The most rows that a node of the plan has given. */
    private static long mostRows(String plan) {
        return plan.lines()
                .filter(line -> line.contains("actual rows="))
                .mapToLong(line -> (long) Double.parseDouble(line.replaceAll(".*actual rows=([0-9.]+).*", "$1")))
                .max()
                .orElseThrow();
    }

    /** Groups stand behind all users in the index of the ids alone. */
    @Test
    void resourcesOfAnotherTypeAreNotGoneThrough() {
        SearchQuery query = query(List.of(TYPES.getLast()), null, false);
        SearchSql sql = new SearchSql(TenantScope.whole(FilterDatabase.TENANT), query, Ordering.of(query));
        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            database.run("set plan_cache_mode = " + mode);
            SqlStatement statement = sql.page(new Stretch.Behind(new Position(null, new UUID(0, 0))), 0, 100)
                    .orElseThrow();
            assertEquals(100, database.select(statement).size());
            assertTrue(removed(explain(statement)) <= 1, () -> mode + explain(statement));
        }
        database.run("set plan_cache_mode = auto");
    }

    /** Each part of a query over all types is led by its own index and gives no more than a page. */
    @ParameterizedTest
    @CsvSource({"'',", "displayName,u009000", "userName,user009000"})
    void aPageOfTheRootBeginsAtAnIndexConditionInEachType(String sortBy, @Nullable String key) {
        SearchQuery query = query(TYPES, sortBy.isEmpty() ? null : sortBy, false);
        SearchSql sql = new SearchSql(TenantScope.whole(FilterDatabase.TENANT), query, Ordering.of(query));
        SqlStatement statement = sql.page(new Stretch.Behind(new Position(key, id(9_000))), 0, 100)
                .orElseThrow();
        String plan = explain(statement);
        assertFalse(plan.contains("Seq Scan"), plan);
        assertTrue(removed(plan) <= 1, plan);
        assertTrue(mostRows(plan) <= 200, plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            displayName eq "Group 7"|1
            externalId eq "e000007"|1
            userName eq "user000007" or displayName eq "group 8"|2
            meta.resourceType eq "User" and displayName eq "u005000"|1
            id eq "00000000-0000-4000-9000-000000000007"|1
            members.value eq "00000000-0000-4000-8000-000000000007" or emails.value eq "a@b"|0
            """)
    void equalityUsesTheIndexesOfEachType(String filter, int found) {
        List<SearchQuery.Part> parts = new FilterOverTypes(TYPES, Conformance.STRICT, FilterLimits.DEFAULT)
                .parse(filter).stream()
                        .map(meant -> new SearchQuery.Part(
                                meant.type(),
                                meant.filter() instanceof Filter.Constant ? null : meant.filter(),
                                null,
                                false))
                        .toList();
        SearchQuery query = new SearchQuery("/", parts, false, PageRequest.FIRST, "", "");
        SearchSql sql = new SearchSql(TenantScope.whole(FilterDatabase.TENANT), query, Ordering.of(query));
        for (SqlStatement statement : List.of(
                sql.page(new Stretch.Everything(), 0, 100).orElseThrow(),
                sql.page(new Stretch.Behind(new Position(null, new UUID(0, 0))), 0, 100)
                        .orElseThrow(),
                sql.count())) {
            assertEquals(
                    statement.text().startsWith("select (") ? 1 : found,
                    database.select(statement).size());
            String plan = explain(statement);
            assertFalse(plan.contains("Seq Scan"), plan);
            assertTrue(mostRows(plan) <= 10, plan);
        }
    }

    /** What a page by index skips is skipped in the index, without a document or a group being looked at. */
    @ParameterizedTest
    @CsvSource({"''", "userName", "displayName"})
    void aJumpSkipsInTheIndex(String sortBy) {
        SearchQuery query = query(List.of(USER), sortBy.isEmpty() ? null : sortBy, false);
        SearchSql sql = new SearchSql(TenantScope.whole(FilterDatabase.TENANT), query, Ordering.of(query));
        SqlStatement statement =
                sql.page(new Stretch.Everything(), USERS - 50, 100).orElseThrow();
        assertEquals(50, database.select(statement).size());
        String plan = explain(statement);
        assertFalse(plan.contains("Seq Scan"), plan);
        boolean indexOnly = sortBy.equals("userName") || plan.contains("Index Only Scan");
        assertTrue(indexOnly, plan);
    }
}
