package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.postgres.TenantDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One tenant's slow queries have half of the connections at most, and give them back whatever happens. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class SlowTenantTest {

    /** Half of the pool's 32. */
    private static final int SHARE = 16;

    private static final long LOCK = 4711;

    private final TenantDatabase database;
    private final Vertx vertx;

    @Inject
    SlowTenantTest(TenantDatabase database, Vertx vertx) {
        this.database = database;
        this.vertx = vertx;
    }

    private Uni<Void> query(String tenant, String sql) {
        return database.statements(
                tenant, connection -> connection.query(sql).execute().replaceWithVoid());
    }

    private Cancellable begin(Uni<Void> work, Runnable ended) {
        return work.runSubscriptionOn(task -> vertx.getDelegate().runOnContext(ignored -> task.run()))
                .onTermination()
                .invoke(ended)
                .subscribe()
                .with(done -> {}, failure -> {});
    }

    /** A query that takes as long as {@code held} is open. */
    private static String slow(String mark) {
        return "select pg_advisory_xact_lock_shared(" + LOCK + "), '" + mark + "'";
    }

    private static Connection held() throws SQLException {
        Connection connection = TestDatabase.superuser();
        TestDatabase.query(connection, "select pg_advisory_lock(" + LOCK + ")");
        return connection;
    }

    private static long running(String mark) {
        return TestDatabase.count("select count(*) from pg_stat_activity where query like '%pg_advisory%" + mark
                + "%' and state = 'active' and pid <> pg_backend_pid()");
    }

    @Test
    void leavesTheOtherHalfToEveryoneElse() throws Exception {
        Api slow = Api.newTenant();
        Api quick = Api.newTenant();
        CountDownLatch ended = new CountDownLatch(60);
        try (Connection held = held()) {
            for (int i = 0; i < 60; i++) {
                begin(query(slow.tenant(), slow("crowd")), ended::countDown);
            }
            Await.until("the slow tenant has its share", () -> running("crowd") == SHARE);
            // Whoever waited for the slow tenant would wait in vain, and get 503.
            for (int i = 0; i < 5; i++) {
                quick.scim().get("/Users").then().statusCode(200);
                assertEquals(SHARE, running("crowd"));
            }
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS), "all that waited has been done");
    }

    @Test
    void losesNoConnectionWhereWorkFailsOrNobodyWaitsForIt() throws Exception {
        Api api = Api.newTenant();
        Random random = new Random(1);
        CountDownLatch ended = new CountDownLatch(300);
        for (int i = 0; i < 300; i++) {
            String sql = i % 3 == 0 ? "select 1/0" : "select pg_sleep(0.01)";
            Cancellable work = begin(query(api.tenant(), sql), ended::countDown);
            if (i % 2 == 0) {
                Thread.sleep(random.nextInt(5));
                work.cancel();
            }
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS));

        CountDownLatch proof = new CountDownLatch(SHARE);
        try (Connection held = held()) {
            for (int i = 0; i < SHARE; i++) {
                begin(query(api.tenant(), slow("proof")), proof::countDown);
            }
            Await.until("the tenant has its whole share", () -> running("proof") == SHARE);
        }
        assertTrue(proof.await(60, TimeUnit.SECONDS));
    }

    @Test
    void looksAtAllOfATenantOnceAtATime() throws Exception {
        Api slow = Api.newTenant();
        Api other = Api.newTenant();
        CountDownLatch ended = new CountDownLatch(4);
        try (Connection held = held()) {
            for (Api api : List.of(slow, slow, slow, other)) {
                Uni<Void> scan = database.scan(
                        api.tenant(),
                        connection -> connection.query(slow("scan")).execute().replaceWithVoid());
                begin(scan, ended::countDown);
            }
            Await.until("each tenant is looked at", () -> running("scan") == 2);
            slow.scim().get("/Users?filter=userName eq \"nobody\"").then().statusCode(200);
            assertEquals(2, running("scan"));
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS), "all that waited has been done");
    }
}
