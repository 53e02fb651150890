package dev.muster.limit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketsTest {

    @Test
    void eachKeyHasABucketOfItsOwn() {
        TokenBuckets<String> buckets = new TokenBuckets<>(1, 1);
        buckets.take("a", "limited");
        assertThrows(TooManyRequestsException.class, () -> buckets.take("a", "limited"));
        assertDoesNotThrow(() -> buckets.take("b", "limited"));
    }

    @Test
    void memoryIsBoundedUnderManyOrigins() {
        TokenBuckets<Integer> buckets = new TokenBuckets<>(1, 100);
        for (int origin = 0; origin < 300_000; origin++) {
            buckets.take(origin, "limited");
        }
        assertTrue(buckets.size() <= 50_000, "buckets are kept without bound: " + buckets.size());
    }
}
