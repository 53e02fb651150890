package dev.muster.stream;

import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts a body that is being received into lines. No more than a chunk and the longest line are in memory. */
public final class TextLines {

    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    private final int longest;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean tooLong;
    private long number;

    private TextLines(int longest) {
        this.longest = longest;
    }

    /**
     * A line.
     *
     * @param number from 1
     * @param text without its end; null where it is too long
     */
    public record Line(long number, byte @Nullable [] text) {}

    /** The lines of a body, each asked for when there is need of it; empty ones are counted and left out. */
    public static Multi<Line> of(Multi<Buffer> chunks, int longest) {
        return Multi.createFrom().deferred(() -> {
            TextLines lines = new TextLines(longest);
            return Multi.createBy()
                    .concatenating()
                    .streams(
                            chunks.onItem()
                                    .transformToMultiAndConcatenate(
                                            chunk -> Multi.createFrom().iterable(lines.ended(chunk))),
                            Multi.createFrom().deferred(() -> Multi.createFrom().iterable(lines.rest())));
        });
    }

    private List<Line> ended(Buffer chunk) {
        List<Line> ended = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < chunk.length(); i++) {
            if (chunk.getByte(i) == LINE_FEED) {
                append(chunk, start, i);
                start = i + 1;
                end(ended);
            }
        }
        append(chunk, start, chunk.length());
        return ended;
    }

    private List<Line> rest() {
        List<Line> last = new ArrayList<>();
        end(last);
        return last;
    }

    private void append(Buffer chunk, int from, int to) {
        if (begun.size() + to - from > longest) {
            tooLong = true;
            begun.reset();
        }
        if (!tooLong) {
            begun.writeBytes(chunk.getBytes(from, to));
        }
    }

    private void end(List<Line> ended) {
        number++;
        byte[] text = begun.toByteArray();
        if (text.length > 0 && text[text.length - 1] == CARRIAGE_RETURN) {
            text = Arrays.copyOf(text, text.length - 1);
        }
        if (tooLong || text.length > 0) {
            ended.add(new Line(number, tooLong ? null : text));
        }
        begun.reset();
        tooLong = false;
    }
}
