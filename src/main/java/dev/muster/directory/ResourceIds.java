package dev.muster.directory;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of resources: UUID version 7 (RFC 9562 §5.7), so that new rows stand together in the indexes. */
final class ResourceIds {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;

    private ResourceIds() {}

    /** A new id. */
    static UUID next() {
        long high = (System.currentTimeMillis() << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() & RANDOM_B);
        return new UUID(high, low);
    }

    /** The id that a client wrote; empty where it cannot be one of ours, whose only form is lower case (caseExact). */
    static Optional<UUID> parse(String id) {
        return CANONICAL.matcher(id).matches() ? Optional.of(UUID.fromString(id)) : Optional.empty();
    }
}
