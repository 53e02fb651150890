package dev.muster.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/**
 * A {@link TokenBucket} for each key. One that has had the time to fill is forgotten: a new one is the same. Memory is bounded;
 * with more keys than {@link #MOST} at a time some are forgotten early.
 */
final class TokenBuckets<K> {

    private static final int MOST = 50_000;

    private final int perSecond;
    private final int burst;
    private final Cache<K, TokenBucket> buckets;

    TokenBuckets(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(Duration.ofSeconds(burst / perSecond + 1))
                .build();
    }

    /** Takes a token of {@code key}; fails with {@code detail} where there is none. */
    void take(K key, String detail) {
        long wait = bucket(key).take(System.nanoTime());
        if (wait > 0) {
            throw new TooManyRequestsException(detail, Duration.ofNanos(wait));
        }
    }

    /** Gives a token back that was taken. */
    void giveBack(K key) {
        bucket(key).giveBack();
    }

    /** How many buckets are kept. */
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private TokenBucket bucket(K key) {
        return buckets.get(key, absent -> new TokenBucket(perSecond, burst, System.nanoTime()));
    }
}
