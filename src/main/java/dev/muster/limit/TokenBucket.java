package dev.muster.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets requests pass at a rate, and some at once. All that is kept is the moment at which the bucket will be full again, so
 * that nothing has to be done while time passes. Threads share it without a lock. Times are those of {@link System#nanoTime}.
 */
final class TokenBucket {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long tolerance;
    private final AtomicLong full;

    /**
     * A full bucket.
     *
     * @param burst as many tokens as it holds, at least 1
     */
    TokenBucket(int perSecond, int burst, long now) {
        this.interval = SECOND / perSecond;
        this.tolerance = (burst - 1) * interval;
        this.full = new AtomicLong(now);
    }

    /** Takes a token; 0, or where there is none, the nanoseconds until there will be one. */
    long take(long now) {
        while (true) {
            long before = full.get();
            long base = before - now > 0 ? before : now;
            long wait = base - now - tolerance;
            if (wait > 0) {
                return wait;
            }
            if (full.compareAndSet(before, base + interval)) {
                return 0;
            }
        }
    }

    /** Gives a token back that was taken. */
    void giveBack() {
        full.addAndGet(-interval);
    }
}
