package dev.muster.tenant;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work that begins in the background after a while. It ends with the server, and is silent about it: whoever gives it takes it up
 * at the next start.
 */
@ApplicationScoped
public class LaterWork {

    private final Map<UUID, Cancellable> given = new HashMap<>();
    private boolean stopped;

    /**
     * Begins a piece of work when the time is over.
     *
     * @param failed is not told of the end of the server
     */
    public synchronized <T> void begin(
            Duration delay, Supplier<Uni<T>> work, Consumer<T> done, Consumer<Throwable> failed) {
        if (stopped) {
            return;
        }
        UUID id = UUID.randomUUID();
        given.put(
                id,
                Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(delay)
                        .chain(work::get)
                        .onTermination()
                        .invoke(() -> forget(id))
                        .subscribe()
                        .with(done, failed));
    }

    private synchronized void forget(UUID id) {
        given.remove(id);
    }

    /** What has begun ends with the transaction that it is in. */
    synchronized void stop(@Observes ShutdownEvent event) {
        stopped = true;
        Map.copyOf(given).values().forEach(Cancellable::cancel);
    }
}
