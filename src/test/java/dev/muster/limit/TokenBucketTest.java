package dev.muster.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Together;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;

    /** The clock may begin anywhere, also shortly before its numbers overflow. */
    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - SECOND / 2, Long.MIN_VALUE})
    void holdsTheBurstAndFillsAtTheRate(long begin) {
        TokenBucket bucket = new TokenBucket(50, 100, begin);
        assertEquals(100, taken(bucket, 200, begin));
        assertEquals(0, taken(bucket, 10, begin + SECOND / 50 - 1));
        assertEquals(1, taken(bucket, 10, begin + SECOND / 50));
        assertEquals(49, taken(bucket, 200, begin + SECOND));
        assertEquals(100, taken(bucket, 200, begin + 10 * SECOND));
    }

    @Test
    void saysHowLongToWait() {
        TokenBucket bucket = new TokenBucket(1, 2, 0);
        assertEquals(0, bucket.take(0));
        assertEquals(0, bucket.take(0));
        assertEquals(SECOND, bucket.take(0));
        assertEquals(SECOND / 2, bucket.take(SECOND / 2));
        assertEquals(0, bucket.take(SECOND));
    }

    @Test
    void takesBackWhatWasTakenAndNoMore() {
        TokenBucket bucket = new TokenBucket(1, 3, 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, bucket.take(0));
            bucket.giveBack();
        }
        assertEquals(3, taken(bucket, 10, 0));
    }

    @Test
    void givesEachTokenOnceHoweverManyThreadsTake() {
        TokenBucket bucket = new TokenBucket(10, 1_000, 0);
        Callable<Integer> thread = () -> taken(bucket, 500, 0);
        int taken = Together.run(Collections.nCopies(16, thread)).stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertEquals(1_000, taken);
    }

    @Test
    void retryAfterIsInWholeSecondsAndNeverZero() {
        assertEquals(1, after(1));
        assertEquals(1, after(SECOND));
        assertEquals(2, after(SECOND + 1));
        assertTrue(after(10 * SECOND) == 10);
    }

    private static long after(long nanos) {
        return new TooManyRequestsException("", java.time.Duration.ofNanos(nanos)).retryAfter();
    }

    private static int taken(TokenBucket bucket, int attempts, long now) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += bucket.take(now) == 0 ? 1 : 0;
        }
        return taken;
    }
}
