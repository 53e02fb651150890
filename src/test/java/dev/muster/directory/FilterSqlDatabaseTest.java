package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.filter.FilterText;
import dev.muster.scim.filter.RandomFilters;
import dev.muster.scim.filter.TestTypes;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import dev.muster.scim.schema.StandardSchemas;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The database finds what {@link FilterEvaluator} finds. */
class FilterSqlDatabaseTest {

    /** The standard types, types with every kind of attribute, and one that is neither User nor Group. */
    private static final List<List<ResourceType>> TYPES = List.of(
            List.of(
                    new ResourceType(
                            "User",
                            "/Users",
                            "",
                            StandardSchemas.USER,
                            List.of(new SchemaExtension(StandardSchemas.ENTERPRISE_USER, false))),
                    new ResourceType("Group", "/Groups", "", StandardSchemas.GROUP, List.of())),
            List.of(TestTypes.USER, TestTypes.GROUP),
            List.of(SampleTypes.DEVICE));

    private static FilterDatabase database;

    @BeforeAll
    static void start() {
        database = new FilterDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void sqlAndEvaluatorAgree() {
        long seed = Long.getLong("test.seed", new Random().nextLong());
        Random random = new Random(seed);
        int found = 0;
        for (int round = 0; round < 10; round++) {
            List<ResourceType> types = TYPES.get(round % TYPES.size());
            Population population = new Population(database, random, types);
            for (int i = 0; i < 1_000; i++) {
                ResourceType type = random.nextInt(4) == 0 ? types.getLast() : types.getFirst();
                Filter filter = new RandomFilters(random, type, population::text).next(random.nextInt(4));
                found += compare(seed, population, type, filter);
            }
        }
        assertTrue(found > 10_000, "too few matches to mean something: " + found);
    }

    private static int compare(long seed, Population population, ResourceType type, Filter filter) {
        Map<UUID, ObjectNode> resources = population.of(type);
        Set<UUID> expected = resources.keySet().stream()
                .filter(id -> FilterEvaluator.matches(filter, resources.get(id)))
                .collect(Collectors.toCollection(TreeSet::new));
        SqlCondition condition = new FilterSql(type, TenantScope.whole(FilterDatabase.TENANT)).condition(filter, 3);
        String about = "seed " + seed + ": " + FilterText.of(filter) + "\n" + condition;
        try {
            Set<UUID> actual = database.select("select r.id", type.name(), condition, "").stream()
                    .map(row -> row.getUUID(0))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(expected, actual, about);
        } catch (IllegalStateException refused) {
            throw new AssertionError(about, refused);
        }
        return expected.size();
    }
}
