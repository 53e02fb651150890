package dev.muster.tenant;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all tenants again and again, and does at each what the time has come for. That several servers do it at once must
 * do no harm.
 */
public final class TenantWalk {

    private static final Logger LOG = Logger.getLogger(TenantWalk.class);
    private static final int PAGE = 200;

    private final Tenants tenants;
    private final String name;
    private final Duration interval;
    private final Function<Tenant, Uni<Long>> visit;
    private final AtomicReference<@Nullable Cancellable> running = new AtomicReference<>();
    private volatile boolean ended;

    /**
     * @param name what is done, for the log
     * @param visit does it for one tenant; how much there was
     */
    public TenantWalk(Tenants tenants, String name, Duration interval, Function<Tenant, Uni<Long>> visit) {
        this.tenants = tenants;
        this.name = name;
        this.interval = interval;
        this.visit = visit;
    }

    /** Begins, in the background: now, and each time the interval is over. */
    public void begin() {
        running.set(Multi.createFrom()
                .ticks()
                .every(interval)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        Uni.createFrom().item(this::walkNow).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .subscribe()
                .with(count -> LOG.debugf("%s: %d", name, count)));
    }

    /** Begins no other round, and goes to no other tenant. */
    public void end() {
        ended = true;
        Cancellable ticks = running.get();
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private long walkNow() {
        try {
            return VertxContextSupport.subscribeAndAwait(this::walk);
        } catch (Throwable failure) {
            if (!ended) {
                LOG.warnf(failure, "%s: not done everywhere; next try in %s", name, interval);
            }
            return 0;
        }
    }

    /** Goes through all tenants once; how much there was at all of them. */
    public Uni<Long> walk() {
        AtomicReference<@Nullable String> last = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> tenants.list(last.get(), PAGE)
                        .invoke(page ->
                                last.set(page.isEmpty() ? null : page.getLast().id())))
                .whilst(page -> page.size() == PAGE && !ended)
                .onItem()
                .<Tenant>transformToIterable(page -> page)
                .onItem()
                .transformToUniAndConcatenate(tenant -> ended ? Uni.createFrom().item(0L) : visit.apply(tenant))
                .collect()
                .in(() -> new long[1], (sum, count) -> sum[0] += count)
                .map(sum -> sum[0]);
    }

    /**
     * Repeats a piece of work until a piece is not full; how much there was.
     *
     * @param full how much a full piece has
     */
    public static Uni<Long> all(int full, Supplier<Uni<Integer>> piece) {
        return Multi.createBy()
                .repeating()
                .uni(() -> piece.get())
                .whilst(count -> count == full)
                .collect()
                .asList()
                .map((List<Integer> counts) ->
                        counts.stream().mapToLong(Integer::longValue).sum());
    }
}
