package dev.muster.audit;

import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import dev.muster.tenant.Tenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries to the database, on a thread and a connection of its own: many by one statement, a fraction of a second after
 * the request. While the database is away they wait, so many at most; what is beyond is lost, counted and said. A server that
 * is killed loses the last batch.
 */
@ApplicationScoped
class LogWriter {

    private static final Logger LOG = Logger.getLogger(LogWriter.class);

    private static final int CAPACITY = 20_000;
    private static final int BATCH = 500;
    private static final long GATHERING_MILLIS = 100;
    private static final long IDLE_MILLIS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LONGEST_BACKOFF_MILLIS = 5_000;
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);
    private static final long WARNING_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private static final String UNKNOWN_TENANT = "muster.log.unknown.tenant";

    private final TenantDatabase database;
    private final LogWriteRepository rows;
    private final MeterRegistry meters;
    private final LogQueue queue = new LogQueue(CAPACITY);

    private volatile boolean stopping;
    private volatile @Nullable Thread thread;
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    LogWriter(TenantDatabase database, LogWriteRepository rows, MeterRegistry meters) {
        this.database = database;
        this.rows = rows;
        this.meters = meters;
        meters.gauge("muster.log.queued", queue, LogQueue::size);
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("provisioning-log").daemon().start(this::run);
    }

    /** What has been added is written, if the database takes it. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        Thread running = thread;
        if (running != null && !running.join(LAST_WRITES)) {
            LOG.warnf("%d entries of the provisioning log were not written before the server stopped", queue.size());
        }
    }

    /** Takes an entry; where there is no room for it, it is counted. */
    void add(LogEntry entry) {
        if (!Tenants.isId(entry.tenant())) {
            meters.counter(UNKNOWN_TENANT).increment();
            return;
        }
        if (!queue.offer(entry)) {
            warn("tenant=%s: the queue of the provisioning log is full, entries are lost", entry.tenant());
        }
    }

    private void run() {
        try {
            while (!stopping || queue.size() > 0) {
                writeUntilDone(queue.take(BATCH, IDLE_MILLIS, stopping ? 0 : GATHERING_MILLIS));
                sayWhatWasLost();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilDone(List<LogEntry> batch) throws InterruptedException {
        long backoff = FIRST_BACKOFF_MILLIS;
        while (!batch.isEmpty() && !tryWrite(batch) && !stopping) {
            Thread.sleep(backoff);
            backoff = Math.min(2 * backoff, LONGEST_BACKOFF_MILLIS);
        }
    }

    /** Whether the batch is done with: written, or such that no other try would write it. */
    private boolean tryWrite(List<LogEntry> batch) {
        try {
            write(batch).await().atMost(PATIENCE);
            return true;
        } catch (RuntimeException failure) {
            if (DatabaseFailures.isPassing(failure)) {
                warn("the provisioning log waits for the database: %s", String.valueOf(failure.getMessage()));
                return false;
            }
            return giveUp(batch, failure);
        }
    }

    /** One entry that the database does not take must not hold up the others. */
    private boolean giveUp(List<LogEntry> batch, RuntimeException failure) {
        if (batch.size() > 1) {
            int half = batch.size() / 2;
            boolean first = tryWrite(batch.subList(0, half));
            return tryWrite(batch.subList(half, batch.size())) && first;
        }
        LogEntry entry = batch.getFirst();
        LOG.errorf(failure, "tenant=%s requestId=%s: not logged", entry.tenant(), entry.requestId());
        queue.drop(entry.tenant(), 1);
        return true;
    }

    /** Requests to what is no tenant are counted, and that is all. */
    private Uni<Void> write(List<LogEntry> batch) {
        Set<String> tenants = batch.stream().map(LogEntry::tenant).collect(Collectors.toSet());
        return database.background(
                        TenantDatabase.OPERATOR,
                        db -> rows.living(db, tenants).chain(living -> {
                            List<LogEntry> known = living.size() == tenants.size()
                                    ? batch
                                    : batch.stream()
                                            .filter(entry -> living.contains(entry.tenant()))
                                            .toList();
                            return rows.insert(db, known).replaceWith(known.size());
                        }))
                .invoke(known -> {
                    meters.counter("muster.log.written").increment(known);
                    meters.counter(UNKNOWN_TENANT).increment(batch.size() - known);
                })
                .replaceWithVoid();
    }

    private void sayWhatWasLost() {
        Map<String, Long> lost = queue.takeDropped();
        if (lost.isEmpty()) {
            return;
        }
        List<LogEntry> notices = lost.entrySet().stream()
                .map(tenant -> notice(tenant.getKey(), tenant.getValue()))
                .toList();
        try {
            database.background(
                            TenantDatabase.OPERATOR,
                            db -> rows.living(db, lost.keySet())
                                    .call(living -> rows.insert(
                                            db,
                                            notices.stream()
                                                    .filter(entry -> living.contains(entry.tenant()))
                                                    .toList())))
                    .await()
                    .atMost(PATIENCE)
                    .forEach(tenant -> meters.counter("muster.log.dropped", "tenant", tenant)
                            .increment(lost.getOrDefault(tenant, 0L)));
        } catch (RuntimeException failure) {
            warn("the provisioning log waits for the database: %s", String.valueOf(failure.getMessage()));
            lost.forEach(queue::drop);
        }
    }

    private static LogEntry notice(String tenant, long count) {
        UUID id = EntryIds.next();
        return new LogEntry(
                tenant,
                id,
                id.toString(),
                null,
                false,
                null,
                null,
                null,
                null,
                Identity.UNKNOWN,
                null,
                Outcome.ERROR,
                null,
                count + " requests were not logged: the database did not take them in time.",
                Advice.NOT_LOGGED,
                List.of(),
                List.of(),
                ChangedAttributes.NONE,
                null);
    }

    /** One line in ten seconds at most. */
    private void warn(String format, String detail) {
        long now = System.nanoTime();
        long next = nextWarning.get();
        if (now - next >= 0 && nextWarning.compareAndSet(next, now + WARNING_INTERVAL_NANOS)) {
            LOG.warnf(format, detail);
        }
    }
}
