package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.postgres.TenantDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
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

    private final TenantDatabase database;
    private final Pool pool;
    private final Vertx vertx;

    @Inject
    SlowTenantTest(TenantDatabase database, Pool pool, Vertx vertx) {
        this.database = database;
        this.pool = pool;
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

    private long asleep(String mark) {
        return pool.query("select count(*) from pg_stat_activity where query like '%pg_sleep%" + mark
                        + "%' and state = 'active' and pid <> pg_backend_pid()")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getLong(0);
    }

    private long mostAsleep(String mark, int expected) throws InterruptedException {
        long most = 0;
        for (int i = 0; i < 100 && most < expected; i++) {
            Thread.sleep(50);
            most = Math.max(most, asleep(mark));
        }
        return most;
    }

    @Test
    void leavesTheOtherHalfToEveryoneElse() throws InterruptedException {
        Api slow = Api.newTenant();
        Api quick = Api.newTenant();
        CountDownLatch ended = new CountDownLatch(60);
        for (int i = 0; i < 60; i++) {
            begin(query(slow.tenant(), "select pg_sleep(1), 'crowd'"), ended::countDown);
        }
        assertEquals(SHARE, mostAsleep("crowd", SHARE));
        long begin = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            quick.scim().get("/Users").then().statusCode(200);
            assertTrue(asleep("crowd") <= SHARE);
        }
        assertTrue(System.nanoTime() - begin < 3_000_000_000L, "others wait for the slow tenant");
        assertTrue(ended.await(30, TimeUnit.SECONDS), "all that waited has been done");
    }

    @Test
    void losesNoConnectionWhereWorkFailsOrNobodyWaitsForIt() throws InterruptedException {
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
        assertTrue(ended.await(30, TimeUnit.SECONDS));
        CountDownLatch proof = new CountDownLatch(SHARE);
        for (int i = 0; i < SHARE; i++) {
            begin(query(api.tenant(), "select pg_sleep(3), 'proof'"), proof::countDown);
        }
        assertEquals(SHARE, mostAsleep("proof", SHARE));
        assertTrue(proof.await(20, TimeUnit.SECONDS));
    }

    @Test
    void looksAtAllOfATenantOnceAtATime() throws InterruptedException {
        Api slow = Api.newTenant();
        Api other = Api.newTenant();
        CountDownLatch ended = new CountDownLatch(4);
        for (Api api : List.of(slow, slow, slow, other)) {
            Uni<Void> scan = database.scan(
                    api.tenant(),
                    connection -> connection
                            .query("select pg_sleep(0.7), 'scan'")
                            .execute()
                            .replaceWithVoid());
            begin(scan, ended::countDown);
        }
        assertEquals(2, mostAsleep("scan", 3));
        slow.scim().get("/Users?filter=userName eq \"nobody\"").then().statusCode(200);
        assertTrue(ended.await(20, TimeUnit.SECONDS), "all that waited has been done");
    }
}
