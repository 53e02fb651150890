package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ids of what an accepted Bulk request creates. */
class DerivedIdsTest {

    private static final int OPERATIONS = 100_000;

    @Test
    void areTheSameEachTimeAndInTheOrderOfTheRequest() {
        UUID txn = ResourceIds.next();
        List<UUID> ids = derived(txn);
        assertEquals(ids, derived(txn));
        assertEquals(ids.stream().sorted().toList(), ids);
        assertTrue(ids.stream().allMatch(id -> id.version() == 7 && id.variant() == 2));
        assertEquals(txn.getMostSignificantBits() >>> 16, ids.getLast().getMostSignificantBits() >>> 16, "its time");
    }

    @Test
    void areNobodyElses() {
        Set<UUID> seen = new HashSet<>();
        UUID first = ResourceIds.next();
        UUID next = new UUID(first.getMostSignificantBits(), first.getLeastSignificantBits() + 1);
        UUID later = new UUID(first.getMostSignificantBits() + 1, first.getLeastSignificantBits());
        Stream.of(first, next, later).flatMap(txn -> derived(txn).stream()).forEach(id -> assertTrue(seen.add(id)));
    }

    private static List<UUID> derived(UUID txn) {
        return IntStream.range(0, OPERATIONS)
                .mapToObj(index -> ResourceIds.derived(txn, index))
                .toList();
    }
}
