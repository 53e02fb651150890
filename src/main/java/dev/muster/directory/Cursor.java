package dev.muster.directory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins, as it is inside a cursor (RFC 9865 §2). It is all that is needed to go on: the server keeps nothing.
 *
 * @param position the resource that the page borders on; null: the page is the first
 * @param backward whether the page ends before the position, instead of beginning behind it
 * @param count how many resources a page of this sequence has at most
 * @param expires to the second
 */
record Cursor(@Nullable Position position, boolean backward, int count, Instant expires) {

    private static final int BACKWARD = 1;
    private static final int POSITION = 2;
    private static final int KEY = 4;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            String key = position == null ? null : position.key();
            out.writeByte((backward ? BACKWARD : 0) | (position == null ? 0 : POSITION) | (key == null ? 0 : KEY));
            out.writeInt(count);
            out.writeLong(expires.getEpochSecond());
            if (position != null) {
                out.writeLong(position.id().getMostSignificantBits());
                out.writeLong(position.id().getLeastSignificantBits());
            }
            if (key != null) {
                out.write(key.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What {@link #toBytes} has written; bytes of another origin must not come here. */
    static Cursor of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int flags = in.readByte();
            int count = in.readInt();
            Instant expires = Instant.ofEpochSecond(in.readLong());
            Position position = (flags & POSITION) == 0 ? null : position(in, (flags & KEY) != 0);
            return new Cursor(position, (flags & BACKWARD) != 0, count, expires);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Position position(DataInputStream in, boolean keyed) throws IOException {
        UUID id = new UUID(in.readLong(), in.readLong());
        return new Position(keyed ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : null, id);
    }
}
