package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResourceIdsTest {

    @Test
    void idsAreVersion7() {
        UUID id = ResourceIds.next();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        long millis = id.getMostSignificantBits() >>> 16;
        assertTrue(Math.abs(System.currentTimeMillis() - millis) < 60_000);
    }

    /** More than the counter has room for in a millisecond. */
    @Test
    void idsAscendAlsoWithinAMillisecond() {
        List<String> ids = Stream.generate(ResourceIds::next)
                .limit(50_000)
                .map(UUID::toString)
                .toList();
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    void threadsGetNoIdTwice() {
        ConcurrentLinkedQueue<UUID> ids = new ConcurrentLinkedQueue<>();
        IntStream.range(0, 100_000).parallel().forEach(i -> ids.add(ResourceIds.next()));
        Set<UUID> distinct = new HashSet<>(ids);
        assertEquals(100_000, distinct.size());
        Set<Long> ticks = new HashSet<>();
        distinct.forEach(id -> ticks.add(id.getMostSignificantBits()));
        assertEquals(100_000, ticks.size());
    }
}
