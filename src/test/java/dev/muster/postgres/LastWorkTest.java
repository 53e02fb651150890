package dev.muster.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The end of the server waits for the work that has begun. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class LastWorkTest {

    private final TenantDatabase database;

    @Inject
    LastWorkTest(TenantDatabase database) {
        this.database = database;
    }

    @Test
    void whatHasBegunComesToItsEndBeforeThePoolCloses() throws InterruptedException {
        Api api = Api.newTenant();
        List<String> ended = new CopyOnWriteArrayList<>();
        // The second begins when the first has ended.
        database.statements(api.tenant(), LastWorkTest::sleeps)
                .invoke(() -> ended.add("first"))
                .chain(() -> database.background(api.tenant(), LastWorkTest::sleeps))
                .subscribe()
                .with(done -> ended.add("second"), failure -> ended.add(failure.toString()));

        database.stop(new ShutdownEvent());

        assertEquals(List.of("first", "second"), ended);
    }

    private static Uni<Void> sleeps(SqlConnection connection) {
        return connection.query("select pg_sleep(0.5)").execute().replaceWithVoid();
    }
}
