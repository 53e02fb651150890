package dev.muster.scim.bulk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkUnitsTest {

    @Test
    void keepsTheOrderOfTheRequestWhereNothingIsReferredTo() {
        assertEquals(List.of("[0]", "[1]", "[2]"), units(new int[][] {{}, {}, {}}));
        assertEquals(List.of("[0]", "[1]", "[2]"), units(new int[][] {{}, {0}, {0, 1}}));
    }

    @Test
    void bringsForwardWhatIsReferredToAndNothingElse() {
        assertEquals(List.of("[0]", "[3]", "[1]", "[2]", "[4]"), units(new int[][] {{}, {3}, {}, {}, {}}));
        assertEquals(List.of("[4]", "[2]", "[0]", "[1]", "[3]"), units(new int[][] {{2}, {}, {4}, {}, {}}));
    }

    @Test
    void aCircleIsOneUnitAndAReferenceToItselfIsNone() {
        assertEquals(List.of("[0, 2]", "[1]"), units(new int[][] {{2}, {1}, {0}}));
    }

    @Test
    void chainsAndCirclesAreAsLongAsARequest() {
        int[][] forward = IntStream.range(0, 10_000)
                .mapToObj(i -> i == 9_999 ? new int[0] : new int[] {i + 1})
                .toArray(int[][]::new);
        List<int[]> chain = BulkUnits.of(forward);
        assertEquals(10_000, chain.size());
        assertArrayEquals(new int[] {9_999}, chain.getFirst());
        forward[9_999] = new int[] {0};
        List<int[]> circle = BulkUnits.of(forward);
        assertEquals(1, circle.size());
        assertArrayEquals(IntStream.range(0, 10_000).toArray(), circle.getFirst());
    }

    /** Two operations are in one unit exactly if each can be reached from the other; no unit refers to a later one. */
    @Test
    void agreesWithReachability() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(12);
            int[][] references = IntStream.range(0, n)
                    .mapToObj(i -> random.ints(random.nextInt(3), 0, n).sorted().toArray())
                    .toArray(int[][]::new);
            boolean[][] reached = reachability(references);
            List<int[]> units = BulkUnits.of(references);
            Map<Integer, Integer> place = new HashMap<>();
            for (int unit = 0; unit < units.size(); unit++) {
                for (int member : units.get(unit)) {
                    assertEquals(null, place.put(member, unit), "seed " + seed);
                }
            }
            assertEquals(n, place.size(), "seed " + seed);
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    boolean together = a == b || (reached[a][b] && reached[b][a]);
                    assertEquals(together, place.get(a).equals(place.get(b)), "seed " + seed);
                    assertTrue(!reached[a][b] || place.get(b) <= place.get(a), "seed " + seed);
                }
            }
        }
    }

    private static boolean[][] reachability(int[][] references) {
        int n = references.length;
        boolean[][] reached = new boolean[n][n];
        for (int i = 0; i < n; i++) {
            for (int to : references[i]) {
                reached[i][to] = true;
            }
        }
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    reached[i][j] |= reached[i][k] && reached[k][j];
                }
            }
        }
        return reached;
    }

    private static List<String> units(int[][] references) {
        return BulkUnits.of(references).stream().map(Arrays::toString).toList();
    }
}
