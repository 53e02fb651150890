package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7240. */
class PreferencesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "respond-async                              | true  | 0",
                "Respond-Async;  , WAIT=10                  | true  | 10",
                "respond-async; wait=5                      | true  | 0",
                "wait=\"10\";x, respond-async=\"\"          | true  | 10",
                "foo=\"respond-async, wait=3\", wait=2      | false | 2",
                "foo=\"\\\", respond-async\"                | false | 0",
                "wait=3, wait=9                             | false | 3",
                "respond-async, wait=-1                     | true  | 0",
                "respond-async, wait=12345678901            | true  | 0",
                "respond-async, wait=ten                    | true  | 0",
                "respond-asynchronously                     | false | 0",
                ", ;=\"                                  | false | 0",
            })
    void areReadAsTheGrammarSays(String field, boolean respondAsync, int seconds) {
        assertEquals(new Preferences(respondAsync, Duration.ofSeconds(seconds)), Preferences.of(List.of(field)), field);
    }

    /** §2: "if any preference is specified more than once, only the first instance is to be considered". */
    @Test
    void severalFieldsAreOne() {
        assertEquals(
                new Preferences(true, Duration.ofSeconds(4)),
                Preferences.of(List.of("wait=4", "respond-async, wait=7")));
    }
}
