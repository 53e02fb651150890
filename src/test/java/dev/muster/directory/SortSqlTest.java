package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.filter.TestTypes;
import dev.muster.scim.message.PageRequest;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortSqlTest {

    private static final SqlCondition ALL = new SqlCondition("true", List.of());

    private static FilterDatabase database;

    private static AttributeRef attribute(ResourceType type, String name) {
        return new AttributeNames(type, Conformance.STRICT).resolve(name).orElseThrow();
    }

    private static String orderBy(String name, boolean descending) {
        SearchQuery query = new SearchQuery(
                "/Users",
                List.of(new SearchQuery.Part(TestTypes.USER, null, attribute(TestTypes.USER, name), false)),
                descending,
                PageRequest.FIRST,
                "",
                "");
        Ordering ordering = Ordering.of(query);
        return ordering.clause(ordering.key(0), "r.id");
    }

    @BeforeAll
    static void fill() {
        database = new FilterDatabase();
        insert(
                1,
                "b",
                "{\"emails\":[{\"value\":\"z\"},{\"value\":\"b\",\"primary\":true}],\"urn:example:it's:1.0:User\":{\"level\":10,\"tags\":[\"y\",\"a\"]}}");
        insert(
                2,
                "a",
                "{\"emails\":[{\"value\":\"c\"},{\"value\":\"a\"}],\"urn:example:it's:1.0:User\":{\"level\":9,\"tags\":[\"x\"]}}");
        insert(3, "é", "{\"emails\":[{\"value\":\"d\"},{\"value\":\"a\",\"primary\":false}],\"active\":true}");
        insert(4, null, "{\"active\":false}");
        insert(5, null, "{}");
    }

    private static void insert(int id, @Nullable String userName, String search) {
        database.insert(
                "insert into resource values ($1, 'User', $2, 1, $3, null, null, null, now(), now(), '{}', $4::text::jsonb, '{}')",
                new UUID(0, id),
                userName,
                search);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "userName,false,21345",
        "userName,true,54312",
        "emails,false,12345",
        "emails.value,true,54321",
        "urn:example:it's:1.0:User:level,false,21345",
        "urn:example:it's:1.0:User:level,true,54312",
        "urn:example:it's:1.0:User:tags,false,21345",
        "urn:example:it's:1.0:User:tags,true,54312",
        "title,false,12345",
        "title,true,54321",
        "id,true,54321",
        "meta.created,false,12345",
        "name.givenName,true,54321",
        "meta.version,false,12345",
        "meta.location,true,54321",
    })
    void sortsUnassignedLastWhenAscendingAndFirstWhenDescending(String name, boolean descending, String order) {
        StringBuilder found = new StringBuilder();
        database.select("select r.id", "User", ALL, orderBy(name, descending))
                .forEach(row -> found.append(row.getUUID(0).getLeastSignificantBits() & 15));
        assertEquals(order, found.toString());
    }

    @Test
    void writesColumnsAsTheyAreIndexed() {
        assertEquals(" order by r.user_name asc nulls last, r.id", orderBy("userName", false));
        assertEquals(" order by r.created desc nulls first, r.id desc", orderBy("meta.created", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "name", "groups", "groups.value", "meta", "schemas"})
    void refusesWhatHasNoOrder(String name) {
        ScimException failure = assertThrows(ScimException.class, () -> orderBy(name, false));
        assertEquals(400, failure.error().status());
    }
}
