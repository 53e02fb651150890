package dev.muster.account;

import dev.muster.tenant.TenantProblem;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ends: the next one begins after it, whatever has been written meanwhile.
 *
 * @param modified with {@link Order#MODIFIED}; else it means nothing
 * @param id the last one's id, with {@link Order#MEMBER} that of its resource
 */
record PagePosition(Order order, Instant modified, UUID id) {

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final int BYTES = 1 + 2 * Long.BYTES + Long.BYTES;

    /** In which order pages follow each other: the one that an index has for what is looked for. */
    enum Order {
        /** By id. */
        ID,
        /** By the id of the resource that is a member of the group. */
        MEMBER,
        /** By the time of the last change, then by id: what changes meanwhile is seen again. */
        MODIFIED
    }

    static PagePosition of(Order order, UUID id) {
        return new PagePosition(order, Instant.EPOCH, id);
    }

    /** The position that a cursor holds; null where there is none. */
    static @Nullable PagePosition read(@Nullable String cursor, Order order) {
        if (cursor == null) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == BYTES && bytes.get() == order.ordinal()) {
                Instant modified = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                PagePosition read = new PagePosition(order, modified, new UUID(bytes.getLong(), bytes.getLong()));
                if (!modified.isBefore(Instant.EPOCH) && read.cursor().equals(cursor)) {
                    return read;
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static TenantProblem unreadable() {
        return TenantProblem.invalid("after", "Must be the nextCursor of a page of the same query.");
    }

    String cursor() {
        return TEXT.encodeToString(ByteBuffer.allocate(BYTES)
                .put((byte) order.ordinal())
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, modified))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }
}
