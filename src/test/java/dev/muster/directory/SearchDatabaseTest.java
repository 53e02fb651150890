package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.FilterOverTypes;
import dev.muster.scim.filter.FilterText;
import dev.muster.scim.filter.RandomFilters;
import dev.muster.scim.filter.TestTypes;
import dev.muster.scim.filter.UnsettledFilter;
import dev.muster.scim.message.CursorRequest;
import dev.muster.scim.message.PageRequest;
import dev.muster.scim.message.Paging;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random filters and sort orders over one type and over several, page by page by cursor in both directions and by index: they are
 * what a plain evaluation of the documents says.
 */
class SearchDatabaseTest {

    private static final List<ResourceType> TYPES = List.of(TestTypes.USER, TestTypes.GROUP, SampleTypes.DEVICE);
    private static final CursorSeal SEAL = new CursorSeal(new SecretKeySpec(new byte[32], "AES"), "");

    private static FilterDatabase database;

    private final SearchRepository repository = new SearchRepository();
    private final CursorPages cursorPages = new CursorPages(repository);
    private final IndexPages indexPages = new IndexPages(repository, new PageEnds());
    private final Map<String, Integer> done = new HashMap<>();

    @BeforeAll
    static void start() {
        database = new FilterDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /**
     * A query as a client would send it.
     *
     * @param types one, or all for a query of the root
     */
    private record Asked(
            List<ResourceType> types,
            @Nullable String filter,
            @Nullable String sortBy,
            boolean descending) {

        SearchQuery query(Paging page) {
            List<FilterOverTypes.ForType> meant = filter == null
                    ? types.stream()
                            .map(type -> new FilterOverTypes.ForType(type, Filter.Constant.TRUE))
                            .toList()
                    : new FilterOverTypes(types, Conformance.STRICT, FilterLimits.DEFAULT).parse(filter);
            List<SearchQuery.Part> parts = meant.stream()
                    .map(found -> new SearchQuery.Part(
                            found.type(),
                            found.filter().equals(Filter.Constant.TRUE) ? null : found.filter(),
                            attribute(found.type()),
                            found.type().name().equals("User")))
                    .toList();
            return new SearchQuery("/", parts, descending, page, "", "reader");
        }

        @Nullable
        AttributeRef attribute(ResourceType type) {
            return sortBy == null
                    ? null
                    : new AttributeNames(type, Conformance.STRICT)
                            .resolve(sortBy)
                            .orElse(null);
        }

        List<UUID> expected(Population population) {
            List<SortedDocuments.Entry> found = new ArrayList<>();
            for (ResourceType type : types) {
                population.of(type).forEach((id, document) -> {
                    if (filter == null || UnsettledFilter.matches(types, type, filter, document)) {
                        found.add(entry(type, id, document));
                    }
                });
            }
            found.sort(SortedDocuments.order(descending));
            return found.stream().map(SortedDocuments.Entry::id).toList();
        }

        private SortedDocuments.Entry entry(ResourceType type, UUID id, ObjectNode document) {
            AttributeRef ref = attribute(type);
            AttributeRef simple = ref != null && ref.target().complex()
                    ? ref.sub(ref.attribute().subAttribute("value").orElseThrow())
                    : ref;
            return SortedDocuments.Entry.of(id, document, simple);
        }
    }

    @Test
    void pagesAreWhatThePlainEvaluationSays() {
        long seed = Long.getLong("test.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            Population population = new Population(database, random, TYPES);
            for (int i = 0; i < 80; i++) {
                Asked asked = asked(random, population);
                try {
                    asked.query(PageRequest.FIRST);
                    Ordering.of(asked.query(PageRequest.FIRST));
                } catch (ScimException refused) {
                    count("refused");
                    continue;
                }
                compare(
                        "seed " + seed + ": " + asked.types().size() + " " + asked.filter() + " by " + asked.sortBy()
                                + " " + asked.descending(),
                        asked,
                        population,
                        1 + random.nextInt(30));
            }
        }
        assertTrue(done.getOrDefault("root", 0) > 50, done.toString());
        assertTrue(done.getOrDefault("found", 0) > 2_000, done.toString());
        assertTrue(done.getOrDefault("turned back", 0) > 30, done.toString());
    }

    private Asked asked(Random random, Population population) {
        boolean root = random.nextBoolean();
        ResourceType first = TYPES.get(random.nextInt(TYPES.size()));
        String filter = random.nextInt(3) == 0
                ? null
                : FilterText.of(new RandomFilters(random, first, population::text).next(random.nextInt(3)));
        List<ResourceType> types = root ? TYPES : List.of(first);
        List<String> names = sortable(first);
        if (random.nextInt(6) == 0) {
            return new Asked(types, filter, null, false);
        }
        return new Asked(types, filter, names.get(random.nextInt(names.size())), random.nextBoolean());
    }

    private static List<String> sortable(ResourceType type) {
        return Stream.concat(
                        type.coreAttributes().map(attribute -> new AttributeRef(null, attribute, null)),
                        type.extensions().stream()
                                .map(ResourceType.SchemaExtension::schema)
                                .flatMap((Schema schema) -> schema.attributes().stream()
                                        .map(attribute -> new AttributeRef(schema.id(), attribute, null))))
                .flatMap(whole -> Stream.concat(
                        Stream.of(whole),
                        whole.attribute().subAttributes().stream().map(whole::sub)))
                .map(AttributeRef::toString)
                .toList();
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private void compare(String about, Asked asked, Population population, int count) {
        List<UUID> expected = asked.expected(population);
        SearchQuery query = asked.query(PageRequest.FIRST);
        SearchSql sql = query.parts().isEmpty()
                ? null
                : new SearchSql(TenantScope.whole(FilterDatabase.TENANT), query, Ordering.of(query));
        if (sql == null) {
            assertEquals(List.of(), expected, about);
            return;
        }
        if (asked.types().size() > 1) {
            count("root");
        }
        done.merge("found", expected.size(), Integer::sum);
        assertEquals(expected, byCursor(about, sql, count, expected.size()), about);
        assertEquals(expected, byIndex(about, query, sql, count, expected.size()), about);
    }

    private SearchPage page(SearchSql sql, String cursor, int count) {
        Cursor opened = cursorPages.open(SEAL, new CursorRequest(cursor, count));
        return cursorPages
                .read(database.connection(), SEAL, sql, opened)
                .await()
                .indefinitely();
    }

    /** All pages forward, and all of them again on the way back. */
    private List<UUID> byCursor(String about, SearchSql sql, int count, int size) {
        List<List<UUID>> pages = new ArrayList<>();
        SearchPage page = page(sql, "", count);
        assertNull(page.previousCursor(), about);
        pages.add(ids(page));
        while (page.nextCursor() != null) {
            assertEquals(count, page.resources().size(), about);
            page = page(sql, page.nextCursor(), count);
            pages.add(ids(page));
            assertTrue(pages.size() <= size + 1, about);
        }
        for (int back = pages.size() - 2; back >= 0; back--) {
            page = page(sql, Optional.ofNullable(page.previousCursor()).orElseThrow(), count);
            assertEquals(pages.get(back), ids(page), about);
            assertTrue(page.nextCursor() != null, about);
            count("turned back");
        }
        assertNull(page.previousCursor(), about);
        return pages.stream().flatMap(List::stream).toList();
    }

    /** One after the other, and one of them without what has been remembered of the others. */
    private List<UUID> byIndex(String about, SearchQuery query, SearchSql sql, int count, int size) {
        List<UUID> all = new ArrayList<>();
        for (int start = 1; start <= size + 1; start += count) {
            PageRequest request = new PageRequest(start, count);
            List<UUID> ids = ids(read(indexPages, query, sql, request, size, about));
            IndexPages forgetful = new IndexPages(repository, new PageEnds());
            assertEquals(ids, ids(read(forgetful, query, sql, request, size, about)), about);
            all.addAll(ids);
        }
        return all;
    }

    private static SearchPage read(
            IndexPages pages, SearchQuery query, SearchSql sql, PageRequest request, int size, String about) {
        SearchPage page = pages.read(database.connection(), FilterDatabase.TENANT, query, sql, request)
                .await()
                .indefinitely();
        assertEquals(size, page.totalResults(), about);
        return page;
    }

    private static List<UUID> ids(SearchPage page) {
        return page.resources().stream().map(StoredResource::id).toList();
    }
}
