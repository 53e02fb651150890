package dev.muster.delivery;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.product.Product;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The product follows what happens, misses nothing, and is told where it would. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class EventFeedTest {

    private final EventRetention retention;

    @Inject
    EventFeedTest(EventRetention retention) {
        this.retention = retention;
    }

    @Test
    void eventsComeInOrderWithoutAGapPageByPage() {
        Api api = Api.newTenant();
        Product product = Product.of(api);
        product.get("/events").statusCode(200).body("events", empty()).body("nextCursor", equalTo("0"));
        for (int i = 0; i < 7; i++) {
            api.newUser("user" + i);
        }
        List<Long> sequences = new ArrayList<>();
        JsonPath page = product.read("/events?limit=3");
        while (!page.getList("events").isEmpty()) {
            page.getList("events.sequence", Long.class).forEach(sequences::add);
            page = product.read("/events?limit=3&after=" + page.getString("nextCursor"));
        }
        assertEquals(LongStream.rangeClosed(1, 7).boxed().toList(), sequences);
        String cursor = page.getString("nextCursor");

        api.newUser("later");
        product.get("/events?after=" + cursor)
                .statusCode(200)
                .body("events.type", contains("account.created"))
                .body("events[0].data.account.userName", equalTo("later"));
    }

    @Test
    void whatIsNotKeptAnyMoreIsNotPassedByInSilence() throws Throwable {
        Api api = Api.newTenant();
        Product product = Product.of(api);
        api.newUser("old");
        api.newUser("older");
        product.get("/events").statusCode(200);
        try (Connection connection = TestDatabase.superuser()) {
            TestDatabase.query(
                    connection,
                    "update event set at = at - interval '31 days' where tenant_id = ? returning 1",
                    api.tenant());
        }
        api.newUser("new");
        product.get("/events").body("events.sequence", contains(1, 2, 3));

        VertxContextSupport.subscribeAndAwait(retention::purge);

        product.get("/events").statusCode(200).body("events.sequence", contains(3));
        product.get("/events?after=1").statusCode(410).body("detail", containsString("anew"));
        product.get("/events?after=2").statusCode(200).body("events.sequence", contains(3));
    }

    @Test
    void aCursorOfSomebodyElseIsRefused() {
        Product product = Product.of(Api.newTenant());
        for (String cursor : List.of("x", "-1", "1.5", "99999999999999999999")) {
            product.get("/events?after=" + cursor).statusCode(400).body("field", equalTo("after"));
        }
        product.get("/events?since=1").statusCode(400).body("field", equalTo("since"));
    }
}
