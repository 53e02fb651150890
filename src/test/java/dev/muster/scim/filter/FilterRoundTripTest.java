package dev.muster.scim.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.schema.ResourceType;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FilterRoundTripTest {

    private static final String CHARACTERS = "ab Z09\"\\/%_'.@()[]\t\n\u0001é\u00df\u4e2d😀";

    @Test
    void whatIsWrittenIsReadAgain() {
        long seed = Long.getLong("test.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int i = 0; i < Integer.getInteger("test.cases", 10_000); i++) {
            ResourceType type = random.nextInt(4) == 0 ? TestTypes.GROUP : TestTypes.USER;
            Conformance conformance = random.nextBoolean() ? Conformance.STRICT : Conformance.COMPAT;
            Filter filter = new RandomFilters(random, type, ref -> text(random)).next(4);
            String text = FilterText.of(filter);
            Filter read = new FilterParser(type, conformance, new FilterLimits(100_000, 20, 10_000)).parse(text);
            assertEquals(filter, read, () -> "seed " + seed + ": " + text);
        }
    }

    private static String text(Random random) {
        int[] points = CHARACTERS.codePoints().toArray();
        return random.ints(random.nextInt(8), 0, points.length)
                .map(index -> points[index])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
