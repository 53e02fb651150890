package dev.muster.directory;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Ids of resources: UUID version 7 (RFC 9562 §5.7) with a counter behind the milliseconds (§6.2, method 1), so that new rows
 * stand together in the indexes.
 */
public final class ResourceIds {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;

    private static final int COUNTER_BITS = 12;
    /** Milliseconds and counter of the last id; a counter that runs over goes on in the next millisecond. */
    private static final AtomicLong LAST_TICK = new AtomicLong();

    private ResourceIds() {}

    /** A new id: after all that this server has given before, so that resources are listed as they were made. */
    public static UUID next() {
        long now = System.currentTimeMillis() << COUNTER_BITS;
        long tick = LAST_TICK.updateAndGet(last -> Math.max(now, last + 1));
        long high = ((tick >>> COUNTER_BITS) << 16) | 0x7000L | (tick & ((1 << COUNTER_BITS) - 1));
        long low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() & RANDOM_B);
        return new UUID(high, low);
    }

    /**
     * The id of what an operation of an accepted request creates: always the same, however often the operation is tried, and
     * ascending with the index. Time and most of its bits are the transaction's.
     *
     * @param index less than a million
     */
    static UUID derived(UUID txn, int index) {
        long time = txn.getMostSignificantBits() & ~0xFFFFL;
        long high = time | 0x7000L | (index >>> 8);
        long mixed = mixed(txn.getMostSignificantBits() * 31 + txn.getLeastSignificantBits()) ^ mixed(index);
        long low = 0x8000_0000_0000_0000L | ((index & 0xFFL) << 54) | (mixed >>> 10);
        return new UUID(high, low);
    }

    /** Spreads every bit over all of them (the finalizer of MurmurHash3). */
    private static long mixed(long bits) {
        long a = (bits ^ (bits >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        long b = (a ^ (a >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return b ^ (b >>> 33);
    }

    /** The id that a client wrote; empty where it cannot be one of ours, whose only form is lower case (caseExact). */
    static Optional<UUID> parse(String id) {
        return CANONICAL.matcher(id).matches() ? Optional.of(UUID.fromString(id)) : Optional.empty();
    }
}
