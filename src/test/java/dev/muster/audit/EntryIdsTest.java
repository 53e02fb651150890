package dev.muster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryIdsTest {

    @Test
    void isAUuidOfVersion7WhoseTimeIsNow() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS).minus(1, ChronoUnit.MICROS);
        UUID id = EntryIds.next();
        Instant after = Instant.now();
        assertEquals(7, id.version());
        assertEquals(2, id.variant());
        Instant time = EntryIds.time(id);
        assertTrue(!time.isBefore(before) && !time.isAfter(after), () -> before + " " + time + " " + after);
    }

    @Test
    void theOrderOfTheIdsIsTheOrderOfTime() throws InterruptedException {
        String last = "";
        for (int i = 0; i < 100; i++) {
            String next = EntryIds.next().toString();
            assertTrue(next.compareTo(last) > 0, last + " " + next);
            last = next;
            Thread.sleep(0, 300_000);
        }
    }

    /** An operator who asks for entries since the time that an entry shows must see that entry, and none before. */
    @Test
    void theTimeThatAnEntryShowsFindsIt() {
        for (int i = 0; i < 10_000; i++) {
            UUID id = EntryIds.next();
            Instant shown = EntryIds.time(id);
            assertTrue(EntryIds.first(shown).toString().compareTo(id.toString()) <= 0, id::toString);
            assertTrue(
                    EntryIds.first(shown.plus(2, ChronoUnit.MICROS)).toString().compareTo(id.toString()) > 0,
                    id::toString);
        }
    }
}
