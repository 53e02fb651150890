package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages by index that are read one after the other go on where the last one ended. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class IndexPagesTest {

    private Wire wire;
    private List<String> ids;

    @BeforeEach
    void sevenUsers() {
        wire = Wire.toNewTenant();
        ids = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            ids.add(wire.newUser("u" + number));
        }
    }

    private static String users(Exchange page) {
        return StreamSupport.stream(page.is(200).at("/Resources").spliterator(), false)
                .map(user -> user.path("userName").asText())
                .collect(Collectors.joining(" "));
    }

    private Exchange page(int startIndex) {
        return wire.get("/Users?count=2&startIndex=" + startIndex).is(200);
    }

    @Test
    void nothingIsSkippedWhenWhatWasReadIsDeleted() {
        assertEquals("u0 u1", users(page(1)));
        wire.delete("/Users/" + ids.get(0)).is(204);
        assertEquals("u2 u3", users(page(3)));
        wire.delete("/Users/" + ids.get(1)).is(204);
        wire.delete("/Users/" + ids.get(2)).is(204);
        assertEquals("u4 u5", users(page(5)));
        assertEquals("u4 u5", users(page(5)), "asked again after a failure, say");
        assertEquals("u6", users(page(7)));
    }

    @Test
    void aNewSequenceBeginsWithTheCountOfNow() {
        assertEquals(7, page(1).totalResults());
        wire.newUser("u7");
        assertEquals(8, page(1).totalResults());
        wire.delete("/Users/" + ids.get(0)).is(204);
        wire.delete("/Users/" + ids.get(1)).is(204);
        assertEquals("u2 u3", users(page(1)));
        assertEquals(6, page(1).totalResults());
        assertEquals("u4 u5", users(page(3)));
        assertEquals(6, page(3).totalResults());
        assertEquals(6, page(5).totalResults());
    }

    @Test
    void theTotalIsNeverLessThanWhatIsThere() {
        page(1);
        page(3);
        page(5);
        for (int number = 7; number < 12; number++) {
            wire.newUser("u" + number);
        }
        assertEquals("u6 u7", users(page(7)));
        assertEquals(8, page(7).totalResults());
        assertEquals("u10 u11", users(page(11)));
        assertEquals(12, page(11).totalResults());
        assertEquals(12, page(13).totalResults());
        assertEquals("", users(page(13)));
    }

    /** Where nothing is remembered the index alone says where a page begins. */
    @Test
    void aJumpAndAnotherReaderAndAnotherQueryBeginAtTheirIndex() {
        page(1);
        wire.delete("/Users/" + ids.get(0)).is(204);
        Wire other =
                new Wire(new Api(wire.api().tenant(), Api.newToken(wire.api().tenant())));
        assertEquals("u3 u4", users(other.get("/Users?count=2&startIndex=3")));
        assertEquals("u3 u4", users(wire.get("/Users?count=2&startIndex=3&filter=userName%20pr")));
        assertEquals("u4 u3", users(wire.get("/Users?count=2&startIndex=3&sortBy=userName&sortOrder=descending")));
        assertEquals("u6", users(page(6)));
    }
}
