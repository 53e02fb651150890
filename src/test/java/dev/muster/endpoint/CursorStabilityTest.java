package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.directory.ExpiredCursors;
import dev.muster.tenant.Tenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What exists throughout is seen exactly once, whatever four others write meanwhile. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class CursorStabilityTest {

    private static final int KEPT = 40;
    private static final int WRITERS = 4;

    @Inject
    Tenants tenants;

    private Wire wire;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger written = new AtomicInteger();

    @BeforeEach
    void newTenant() {
        wire = Wire.toNewTenant();
    }

    @Test
    void whatExistsThroughoutIsSeenOnceUnderConcurrentWriters() throws Exception {
        List<String> kept = new ArrayList<>();
        for (int number = 0; number < KEPT; number++) {
            // A third has a title, some of them the same.
            String title = number % 3 == 0 ? ",'title':'t" + number / 6 + "'" : "";
            kept.add(wire.post(
                            "/Users",
                            "{'userName':'k" + number * 37 % KEPT + "@x','displayName':'d" + number / 4 + "'" + title
                                    + "}")
                    .is(201)
                    .id());
        }
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Void>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                writing.add(writers.submit((Callable<Void>) () -> write(number)));
            }
            try {
                for (String sort : List.of("", "userName", "displayName", "title")) {
                    for (String order : List.of("ascending", "descending")) {
                        String query = sort.isEmpty() ? "" : "&sortBy=" + sort + "&sortOrder=" + order;
                        assertSeenOnce(kept, query);
                    }
                }
            } finally {
                done.set(true);
            }
            for (Future<Void> writer : writing) {
                writer.get();
            }
        }
        assertTrue(written.get() > 50, "too few writes to mean something: " + written);
    }

    /** Forward to the end, and back to the beginning. */
    private void assertSeenOnce(List<String> kept, String query) {
        List<String> seen = new ArrayList<>();
        Exchange page = wire.get("/Users?count=7&cursor=" + query).is(200);
        add(seen, page);
        while (page.body().has("nextCursor")) {
            page = wire.get("/Users?count=7&cursor=" + page.text("/nextCursor") + query)
                    .is(200);
            add(seen, page);
        }
        assertOnce(kept, seen, "forward " + query);
        seen.clear();
        add(seen, page);
        while (page.body().has("previousCursor")) {
            page = wire.get("/Users?count=7&cursor=" + page.text("/previousCursor") + query)
                    .is(200);
            add(seen, page);
        }
        assertOnce(kept, seen, "backward " + query);
    }

    private static void add(List<String> seen, Exchange page) {
        for (JsonNode user : page.at("/Resources")) {
            seen.add(user.path("id").asText());
        }
    }

    private static void assertOnce(List<String> kept, List<String> seen, String about) {
        for (String id : kept) {
            assertEquals(1, seen.stream().filter(id::equals).count(), about);
        }
    }

    private Void write(int writer) {
        Random random = new Random(writer);
        List<String> own = new ArrayList<>();
        while (!done.get()) {
            String name = "'userName':'k" + random.nextInt(KEPT) + "-" + writer + "-" + written.incrementAndGet()
                    + "','displayName':'d" + random.nextInt(12) + "'"
                    + (random.nextBoolean() ? ",'title':'t" + random.nextInt(8) + "'" : "");
            if (own.size() < 5) {
                own.add(wire.post("/Users", "{" + name + "}").is(201).id());
            } else if (random.nextBoolean()) {
                wire.put("/Users/" + own.get(random.nextInt(own.size())), "{" + name + "}")
                        .is(200);
            } else {
                wire.delete("/Users/" + own.remove(random.nextInt(own.size()))).is(204);
            }
        }
        return null;
    }

    @Test
    void whenAllBeforeAPageHasGoneItsPreviousPageLeadsToTheBeginning() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ids.add(wire.newUser("u" + number));
        }
        Exchange first = wire.get("/Users?cursor&count=2").is(200);
        Exchange second =
                wire.get("/Users?count=2&cursor=" + first.text("/nextCursor")).is(200);
        wire.delete("/Users/" + ids.get(0)).is(204);
        wire.delete("/Users/" + ids.get(1)).is(204);
        Exchange before = wire.get("/Users?count=2&cursor=" + second.text("/previousCursor"))
                .is(200);
        assertEquals(0, before.at("/Resources").size());
        assertFalse(before.body().has("previousCursor"));
        Exchange beginning =
                wire.get("/Users?count=2&cursor=" + before.text("/nextCursor")).is(200);
        assertEquals(ids.get(2), beginning.text("/Resources/0/id"));
        assertFalse(beginning.body().has("previousCursor"));
    }

    @Test
    void thePositionHoldsWhenItsResourceHasGone() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ids.add(wire.newUser("u" + number));
        }
        String next = wire.get("/Users?cursor&count=2").is(200).text("/nextCursor");
        wire.delete("/Users/" + ids.get(1)).is(204);
        assertEquals(
                ids.get(2), wire.get("/Users?count=2&cursor=" + next).is(200).text("/Resources/0/id"));
    }

    /** RFC 9865 §2.1, table 3. */
    @Test
    void anExpiredCursorSaysSo() throws Throwable {
        wire.newUser("ann");
        String expired = ExpiredCursors.ofAllUsers(
                VertxContextSupport.subscribeAndAwait(
                        () -> tenants.get(wire.api().tenant())),
                100);
        wire.get("/Users?cursor=" + expired).isError(400, "expiredCursor");
        wire.get("/Groups?cursor=" + expired).isError(400, "invalidCursor");
    }
}
