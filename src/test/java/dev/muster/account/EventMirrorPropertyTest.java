package dev.muster.account;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import dev.muster.product.Product;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whoever follows the events alone, from the beginning or all along, arrives at what the product's API shows. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class EventMirrorPropertyTest {

    private static final int CASES = Integer.getInteger("test.cases", 3);
    private static final int STEPS = 60;
    private static final int STEPS_A_CHECK = 20;

    @Test
    void theEventsAreTheWholeTruth() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        for (int i = 0; i < CASES; i++) {
            run(seed + i);
        }
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        Product product = Product.of(Api.newTenant());
        RandomDays days = new RandomDays(product.api(), random);
        Mirror allAlong = new Mirror(product, 1 + random.nextInt(20));
        try {
            for (int step = 1; step <= STEPS; step++) {
                days.next();
                allAlong.follow();
                if (step % STEPS_A_CHECK == 0) {
                    allAlong.arrives();
                }
            }
            new Mirror(product, 1000).arrives();
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "-Dtest.seed=" + seed + ": " + failure.getMessage() + "\n" + String.join("\n", days.seen()),
                    failure);
        }
    }
}
