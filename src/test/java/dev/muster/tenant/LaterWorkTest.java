package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Await;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LaterWorkTest {

    private static final Duration SOON = Duration.ofMillis(20);

    private final LaterWork later = new LaterWork();
    private final List<String> told = new CopyOnWriteArrayList<>();

    private void begin(Duration delay, Uni<String> work) {
        later.begin(delay, () -> work, told::add, failure -> told.add(failure.getMessage()));
    }

    @Test
    void tellsWhatHasBecomeOfWork() {
        begin(SOON, Uni.createFrom().item("done"));
        Await.until("it is told", () -> told.equals(List.of("done")));
        begin(SOON, Uni.createFrom().failure(new IllegalStateException("failed")));
        Await.until("it is told", () -> told.equals(List.of("done", "failed")));
    }

    @Test
    void withTheServerItEndsAndIsSilent() throws InterruptedException {
        CompletableFuture<String> step = new CompletableFuture<>();
        List<String> steps = new CopyOnWriteArrayList<>();
        begin(
                Duration.ofMillis(1),
                Uni.createFrom()
                        .item(() -> {
                            steps.add("first");
                            return "";
                        })
                        .chain(() -> Uni.createFrom().completionStage(step))
                        .invoke(() -> steps.add("second")));
        Await.until("it has begun", () -> steps.equals(List.of("first")));
        begin(Duration.ofMillis(200), Uni.createFrom().item("waited"));

        later.stop(new ShutdownEvent());

        begin(Duration.ofMillis(1), Uni.createFrom().item("given afterwards"));
        step.complete("");
        Thread.sleep(400);
        assertEquals(List.of("first"), steps);
        assertEquals(List.of(), told);
    }
}
