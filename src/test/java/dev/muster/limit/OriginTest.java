package dev.muster.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "2001:db8:1:2::1, 2001:DB8:1:2:0:0:0:9, true",
        "unknown, unknown, true",
        "unknown, _hidden, false"
    })
    void isAnAddressOrANetworkOfVersion6(String one, String other, boolean same) {
        assertEquals(same, Origin.of(one).equals(Origin.of(other)));
    }

    @ParameterizedTest
    @CsvSource({"1000", "100000"})
    void isShortWhateverAProxyForwards(int length) {
        assertEquals("", Origin.of("x".repeat(length)).network());
        assertEquals("", Origin.of((String) null).network());
    }
}
