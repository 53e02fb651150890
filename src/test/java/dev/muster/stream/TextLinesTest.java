package dev.muster.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TextLinesTest {

    private static List<String> lines(int longest, String... chunks) {
        return TextLines.of(Multi.createFrom().items(chunks).map(Buffer::buffer), longest)
                .map(line -> line.number() + ":"
                        + (line.text() == null ? "too long" : new String(line.text(), StandardCharsets.UTF_8)))
                .collect()
                .asList()
                .await()
                .indefinitely();
    }

    @Test
    void linesEndWhereTheyEndWhateverTheChunks() {
        String body = "a\nbc\r\n\n€\nlast";
        List<String> expected = List.of("1:a", "2:bc", "4:€", "5:last");
        assertEquals(expected, lines(100, body));
        List<String> chunks = new ArrayList<>(List.of(body.split("")));
        assertEquals(expected, lines(100, chunks.toArray(String[]::new)));
        assertEquals(expected, lines(100, body + "\n"));
        assertEquals(List.of(), lines(100));
    }

    @Test
    void aLineThatIsTooLongIsNotKept() {
        assertEquals(List.of("1:abc", "2:too long", "3:d"), lines(3, "abc\nab", "cd", "efghij\nd"));
    }

    @Test
    void chunksAreAskedForWhenThereIsNeed() {
        AtomicInteger read = new AtomicInteger();
        Multi<Buffer> chunks = Multi.createFrom()
                .range(0, 1_000)
                .onItem()
                .invoke(read::incrementAndGet)
                .map(i -> Buffer.buffer(i + "\n"));
        List<TextLines.Line> lines = new ArrayList<>();
        TextLines.of(chunks, 100).subscribe().withSubscriber(new TenItems(lines));
        assertEquals(10, lines.size());
        assertTrue(read.get() < 20, "read " + read);
    }

    private record TenItems(List<TextLines.Line> lines) implements MultiSubscriber<TextLines.Line> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(10);
        }

        @Override
        public void onItem(TextLines.Line line) {
            lines.add(line);
        }

        @Override
        public void onFailure(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompletion() {
            throw new AssertionError("ended early");
        }
    }
}
