package dev.muster.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantSharesTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static void await(Future<?> future) throws Exception {
        future.transform(done -> Future.succeededFuture())
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void moreThanItsShareWaitInTheirOrderAndOtherTenantsDoNot() throws Exception {
        TenantShares shares = new TenantShares(2, Duration.ofSeconds(30), vertx);
        List<String> begun = new ArrayList<>();
        List<Promise<Void>> ends = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Promise<Void> end = Promise.promise();
            ends.add(end);
            String name = "a" + i;
            shares.run("a", () -> {
                synchronized (begun) {
                    begun.add(name);
                }
                return end.future();
            });
        }
        await(shares.run("b", Future::succeededFuture));
        assertEquals(List.of("a0", "a1"), List.copyOf(begun));
        ends.get(1).complete();
        awaitSize(begun, 3);
        ends.get(0).fail("failed");
        awaitSize(begun, 4);
        ends.get(2).complete();
        awaitSize(begun, 5);
        assertEquals(List.of("a0", "a1", "a2", "a3", "a4"), begun);
    }

    private static void awaitSize(List<?> list, int size) throws InterruptedException {
        for (int i = 0; i < 2_000; i++) {
            synchronized (list) {
                if (list.size() == size) {
                    return;
                }
            }
            Thread.sleep(5);
        }
        assertEquals(size, list.size());
    }

    @Test
    void whoWaitsTooLongFailsAsWhereThePoolIsEmpty() throws Exception {
        TenantShares shares = new TenantShares(1, Duration.ofMillis(50), vertx);
        Promise<Void> end = Promise.promise();
        Future<Void> first = shares.run("a", end::future);
        Future<Void> second = shares.run("a", Future::succeededFuture);
        await(second);
        assertTrue(DatabaseFailures.isUnavailable(second.cause()));
        end.complete();
        await(first);
        assertEquals(0, shares.tenants());
        await(shares.run("a", Future::succeededFuture));
    }

    @Test
    void noPlaceIsLostWhereWorkFailsThrowsOrComesTooLate() throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        int most = 4;
        TenantShares shares = new TenantShares(most, Duration.ofMillis(20), vertx);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        int works = 4_000;
        CountDownLatch ended = new CountDownLatch(works);
        for (int i = 0; i < works; i++) {
            int kind = random.nextInt(4);
            int millis = 1 + random.nextInt(3);
            vertx.runOnContext(context -> shares.run("a", () -> {
                        highest.accumulateAndGet(running.incrementAndGet(), Math::max);
                        if (kind == 0) {
                            running.decrementAndGet();
                            throw new IllegalStateException("at once");
                        }
                        Promise<Void> end = Promise.promise();
                        vertx.setTimer(millis, timer -> {
                            running.decrementAndGet();
                            if (kind == 1) {
                                end.fail("later");
                            } else {
                                end.complete();
                            }
                        });
                        return end.future();
                    })
                    .onComplete(done -> ended.countDown()));
            if (i % 50 == 0) {
                Thread.sleep(1);
            }
        }
        assertTrue(ended.await(60, TimeUnit.SECONDS), "work was forgotten, seed " + seed);
        assertEquals(most, highest.get(), "at once, seed " + seed);
        for (int i = 0; i < 500 && shares.tenants() > 0; i++) {
            Thread.sleep(10);
        }
        assertEquals(0, shares.tenants(), "places are still taken, seed " + seed);
    }
}
