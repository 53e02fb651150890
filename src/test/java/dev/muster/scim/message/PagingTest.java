package dev.muster.scim.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.Json;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : Json.json(text);
    }

    @Test
    void theCursorChoosesTheMethodAlsoWhenItIsEmpty() {
        assertEquals(new PageRequest(1, 100), Paging.of((String) null, null, null, PageLimits.DEFAULT));
        assertEquals(new CursorRequest("", 100), Paging.of((String) null, "", null, PageLimits.DEFAULT));
        assertEquals(new CursorRequest("abc", 10), Paging.of("", "abc", "10", PageLimits.DEFAULT));
        assertEquals(new CursorRequest("", 10), Paging.of(null, json("''"), json("10"), PageLimits.DEFAULT));
        assertEquals(new PageRequest(3, 10), Paging.of(json("3"), json("null"), json("10"), PageLimits.DEFAULT));
        assertTrue(new CursorRequest("", 1).first());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,0", "-99999999999999999999,0", "1000,1000", "007,7"})
    void aNegativeCountIsNone(String count, int expected) {
        assertEquals(new CursorRequest("", expected), Paging.of((String) null, "", count, PageLimits.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({"1001,''", "99999999999999999999,''", "abc,''", "1.5,''"})
    void aCountThatIsNoneIsInvalidCount(String count, String cursor) {
        ScimException failure =
                assertThrows(ScimException.class, () -> Paging.of((String) null, cursor, count, PageLimits.DEFAULT));
        assertEquals(ScimType.INVALID_COUNT, failure.error().scimType());
        assertTrue(failure.error().detail().contains("count"));
    }

    @Test
    void aCursorThatIsNoTextIsInvalidCursor() {
        ScimException failure =
                assertThrows(ScimException.class, () -> Paging.of(null, json("7"), null, PageLimits.DEFAULT));
        assertEquals(ScimType.INVALID_CURSOR, failure.error().scimType());
    }

    @Test
    void theConfiguredLimitsCount() {
        PageLimits limits = new PageLimits(5, 7);
        assertEquals(new CursorRequest("", 5), Paging.of((String) null, "", null, limits));
        assertThrows(ScimException.class, () -> Paging.of((String) null, "", "8", limits));
    }

    @Test
    void bothMethodsAtOnceAreRefused() {
        assertThrows(ScimException.class, () -> Paging.of("1", "", null, PageLimits.DEFAULT));
        assertThrows(ScimException.class, () -> Paging.of(json("1"), json("''"), null, PageLimits.DEFAULT));
    }
}
