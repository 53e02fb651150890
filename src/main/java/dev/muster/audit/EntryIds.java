package dev.muster.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Ids of entries: UUID version 7 whose first random bits are a fraction of the millisecond (RFC 9562 §6.2, method 3), so that
 * the order of the ids is the order of time, and the time of an entry needs no column.
 */
public final class EntryIds {

    private static final int FRACTIONS = 1 << 12;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private EntryIds() {}

    /** An id for what happens now. It can be guessed: it is no secret. */
    public static UUID next() {
        return new UUID(
                high(Instant.now()), VARIANT | (ThreadLocalRandom.current().nextLong() & RANDOM));
    }

    /** The id before all others of a time. */
    static UUID first(Instant time) {
        return new UUID(high(time), 0);
    }

    /** The id that a text is; empty where it is none. */
    public static Optional<UUID> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The time in an id, to the microsecond. */
    public static Instant time(UUID id) {
        long high = id.getMostSignificantBits();
        long fraction = high & (FRACTIONS - 1);
        long nanos = (fraction * NANOS_PER_MILLI + FRACTIONS - 1) / FRACTIONS;
        return Instant.ofEpochMilli(high >>> 16).plusNanos(nanos).truncatedTo(ChronoUnit.MICROS);
    }

    private static long high(Instant time) {
        long fraction = (long) (time.getNano() % NANOS_PER_MILLI) * FRACTIONS / NANOS_PER_MILLI;
        return (time.toEpochMilli() << 16) | VERSION | fraction;
    }
}
