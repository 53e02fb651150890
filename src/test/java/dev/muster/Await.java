package dev.muster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what comes true a moment later: as long as a machine may need that stands still now and then. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /** Waits until something is so; fails where it never is. */
    public static void until(String what, BooleanSupplier so) {
        long start = System.nanoTime();
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < PATIENCE.toNanos(), () -> "not after " + PATIENCE + ": " + what);
            pause();
        }
    }

    /** Waits until {@code sql}, asked as the superuser, counts {@code expected}. */
    public static void count(long expected, String sql, Object... parameters) {
        until(sql + " is " + expected, () -> TestDatabase.count(sql, parameters) == expected);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
