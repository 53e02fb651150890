package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterParser;
import dev.muster.scim.filter.TestTypes;
import dev.muster.scim.schema.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Equality is served by indexes although row-level security is forced, among 20,000 users and 200 groups. */
class FilterPlanTest {

    private static final int USERS = 20_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String EQUALITIES = """
            User|userName eq "user777"|1
            User|userName eq "USER777" and active eq true|1
            User|userName sw "user7777"|1
            User|externalId eq "ext-777"|1
            User|displayName eq "Display 777"|1
            User|id eq "00000000-0000-4000-8000-000000000777"|1
            User|emails.value eq "user777@example.com"|1
            User|emails eq "USER777@example.com"|1
            User|emails[type eq "work"].value eq "user777@example.com"|1
            User|emails[type eq "work" and value eq "user777@example.com"]|1
            User|emails[value eq "user777@example.com"]|1
            User|emails[type eq "work"].value eq "user777@example.com" and userName eq "user777"|1
            User|id eq "00000000-0000-4000-8000-000000000777" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq "m777"|1
            User|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "m777"|1
            User|emails[type eq "home" and value eq "user777@example.com"]|0
            User|active eq true and emails[value eq "user777@example.com"]|1
            User|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "E777"|1
            User|userName eq "user1" or emails eq "user2@example.com" or externalId eq "ext-3"|3
            User|userName eq "user1" or userName eq "user2"|2
            User|title eq "engineer" and (emails eq "user1@example.com" or emails eq "user2@example.com")|2
            User|groups.value eq "00000000-0000-4000-9000-000000000007"|100
            Group|displayName eq "Group 7"|1
            Group|externalId eq "gext-7"|1
            Group|members eq "00000000-0000-4000-8000-000000000777"|1
            Group|members[value eq "00000000-0000-4000-8000-000000000777"]|1
            Group|id eq "00000000-0000-4000-9000-000000000007" and members[value eq "00000000-0000-4000-8000-000000000007"]|1
            Group|id eq "00000000-0000-4000-9000-000000000007" and members eq "00000000-0000-4000-8000-000000000007"|1
            """;

    private static FilterDatabase database;

    @BeforeAll
    static void fill() throws JsonProcessingException {
        database = new FilterDatabase();
        SearchKeys keys = new SearchKeys(TestTypes.USER);
        for (int from = 0; from < USERS; from += 5_000) {
            String[] documents = IntStream.range(from, from + 5_000)
                    .mapToObj(FilterPlanTest::user)
                    .toArray(String[]::new);
            database.insert("""
                    insert into resource
                    select $1, 'User', ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 1, 'user' || i, 'ext-' || i,
                        'display ' || i, true, now(), now(), d::jsonb, d::jsonb, '{}'
                    from unnest($2::text[]) with ordinality x(d, n), lateral (select $3::int4 + n - 1 as i) y
                    """, documents, from);
        }
        insertKeys(keys);
        database.run("""
                insert into resource
                select 'acme', 'Group', ('00000000-0000-4000-9000-' || lpad(i::text, 12, '0'))::uuid, 1, null, 'gext-' || i,
                    'group ' || i, null, now(), now(), '{}', '{}', '{}' from generate_series(0, 199) i;
                insert into membership
                select 'acme', ('00000000-0000-4000-9000-' || lpad((i % 200)::text, 12, '0'))::uuid,
                    ('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid, 'User', now() from generate_series(0, 19999) i
                """);
        database.maintain("analyze resource; analyze resource_key; analyze membership");
    }

    private static String user(int i) {
        return """
                {"userName":"user%1$d","emails":[{"value":"user%1$d@example.com","type":"work"},\
                {"value":"home%1$d@example.org","type":"home"}],"title":"engineer",\
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"e%1$d","manager":{"value":"m%1$d"}}}""".formatted(i);
    }

    private static void insertKeys(SearchKeys keys) throws JsonProcessingException {
        for (int from = 0; from < USERS; from += 5_000) {
            record Key(UUID id, long key) {}
            List<Key> all = new java.util.ArrayList<>();
            for (int i = from; i < from + 5_000; i++) {
                UUID id = UUID.fromString("00000000-0000-4000-8000-%012d".formatted(i));
                Arrays.stream(keys.keysOf((ObjectNode) JSON.readTree(user(i))))
                        .forEach(key -> all.add(new Key(id, key)));
            }
            database.insert(
                    "insert into resource_key select $1, k, i from unnest($2::int8[], $3::uuid[]) x(k, i)",
                    all.stream().map(Key::key).toArray(Long[]::new),
                    all.stream().map(Key::id).toArray(UUID[]::new));
        }
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @AfterEach
    void planAsUsual() {
        database.run("set plan_cache_mode = auto");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = EQUALITIES)
    void equalityUsesAnIndex(String typeName, String filter, int found) {
        assertIndexed(TenantScope.whole(FilterDatabase.TENANT), typeName, filter, found);
    }

    /** Also where all users of the tenant have been found to be in its scope. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = EQUALITIES)
    void equalityUsesAnIndexInAScope(String typeName, String filter, int found) {
        for (String scope : List.of(
                "title eq \"engineer\"",
                "emails.value ew \"@example.com\"",
                "active eq true or not (emails[type eq \"work\"])")) {
            Filter users = filter(TestTypes.USER, scope);
            assertIndexed(
                    new TenantScope(FilterDatabase.TENANT, new TenantScope.Limit(TestTypes.USER, users)),
                    typeName,
                    filter,
                    found);
        }
    }

    private static Filter filter(ResourceType type, String text) {
        return new FilterParser(type, Conformance.STRICT, FilterLimits.DEFAULT).parse(text);
    }

    private static void assertIndexed(TenantScope scope, String typeName, String filter, int found) {
        ResourceType type = typeName.equals("User") ? TestTypes.USER : TestTypes.GROUP;
        SqlCondition asked = new FilterSql(type, scope).condition(filter(type, filter), 3);
        SqlParameters limit = new SqlParameters(3 + asked.parameters().size());
        SqlCondition condition = new SqlCondition(
                "(" + asked.text() + ")" + scope.andShown(limit),
                Stream.concat(asked.parameters().stream(), limit.values().stream())
                        .toList());
        for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
            database.run("set plan_cache_mode = " + mode);
            assertEquals(
                    found,
                    database.select("select r.id", typeName, condition, "").size(),
                    filter);
            String plan = database.select("explain select r.id", typeName, condition, "").stream()
                    .map(row -> row.getString(0))
                    .collect(Collectors.joining("\n"));
            String about = mode + "\n" + filter + "\n" + plan;
            assertFalse(plan.contains("Seq Scan"), about);
            assertFalse(
                    plan.lines()
                            .anyMatch(line -> line.strip()
                                    .matches(
                                            "Index Cond: \\(\\(?tenant_id = [^()]*\\)?( AND \\(type = [^()]*\\))?\\)")),
                    about);
        }
    }
}
