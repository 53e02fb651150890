package dev.muster.scim.message;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @Test
    void absentIsTheDefault() {
        assertEquals(new PageRequest(1, 100), PageRequest.of((String) null, null, PageLimits.DEFAULT));
        assertEquals(new PageRequest(1, 100), PageRequest.of(" ", "", PageLimits.DEFAULT));
        assertEquals(new PageRequest(1, 100), PageRequest.of(json("null"), null, PageLimits.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 1",
        "0, 0, 1, 0",
        "-5, -1, 1, 0",
        "101, 1000, 101, 1000",
        "2, 1001, 2, 1000",
        "007, 0020, 7, 20",
        "100000000000000000000, 100000000000000000000, 9223372036854775807, 1000",
        "-100000000000000000000, -100000000000000000000, 1, 0"
    })
    void integersOfAnySizeAreTaken(String startIndex, String count, long expectedStart, int expectedCount) {
        PageRequest expected = new PageRequest(expectedStart, expectedCount);
        assertEquals(expected, PageRequest.of(startIndex, count, PageLimits.DEFAULT));
        assertEquals(
                expected, PageRequest.of(json("'" + startIndex + "'"), json("'" + count + "'"), PageLimits.DEFAULT));
        if (!startIndex.startsWith("00")) {
            assertEquals(expected, PageRequest.of(json(startIndex), json(count), PageLimits.DEFAULT));
        }
    }

    @Test
    void jsonNumbersMayHaveExponents() {
        assertEquals(new PageRequest(20, 1000), PageRequest.of(json("2e1"), json("1e999999"), PageLimits.DEFAULT));
    }

    @Test
    void theConfiguredLimitsCount() {
        PageLimits limits = new PageLimits(5, 7);
        assertEquals(new PageRequest(1, 5), PageRequest.of("1", null, limits));
        assertEquals(new PageRequest(1, 7), PageRequest.of("1", "8", limits));
        assertThrows(IllegalArgumentException.class, () -> new PageLimits(8, 7));
        assertThrows(IllegalArgumentException.class, () -> new PageLimits(1, 1_001));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1.5", "1e3", "0x10", "--1", "１"})
    void anythingElseIsNamed(String text) {
        ScimException failure = assertThrows(ScimException.class, () -> PageRequest.of("1", text, PageLimits.DEFAULT));
        assertEquals(ScimType.INVALID_VALUE, failure.error().scimType());
        assertTrue(
                failure.error().detail().startsWith("count must be an integer"),
                failure.error().detail());
        assertTrue(assertThrows(ScimException.class, () -> PageRequest.of(text, "1", PageLimits.DEFAULT))
                .error()
                .detail()
                .startsWith("startIndex must be"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "true", "[]", "{}", "1e-999999", "'x'"})
    void soInJson(String value) {
        assertThrows(ScimException.class, () -> PageRequest.of(null, json(value), PageLimits.DEFAULT));
    }
}
