package dev.muster.scim.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7643 §2.3.5: a dateTime is an xsd:dateTime with a date and a time; its offset may be left out. */
class DateTimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T13:45:00Z, 2026-01-31T13:45:00Z",
        "2026-01-31T13:45:00+05:30, 2026-01-31T08:15:00Z",
        "2026-01-31T13:45:00, 2026-01-31T13:45:00Z",
        "2026-01-31T13:45:00.1234567891, 2026-01-31T13:45:00.123456789Z",
        "9999-12-31T23:59:59, 9999-12-31T23:59:59Z"
    })
    void namesAMoment(String text, Instant moment) {
        assertEquals(Optional.of(moment), DateTimes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31",
                "2026-01-31T13:45",
                "2026-01-31 13:45:00",
                "2026-01-31T13:45:00+0530",
                "2026-02-30T13:45:00",
                "0000-01-01T00:00:00",
                "T13:45:00",
                ""
            })
    void whatIsNoDateAndTimeIsNone(String text) {
        assertEquals(Optional.empty(), DateTimes.parse(text));
    }
}
