package dev.muster.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Entries on their way to the database, so many at most; those beyond are counted, not kept. Whoever adds never waits. */
final class LogQueue {

    /** So many tenants at most are counted apart; what is beyond is counted for nobody. */
    private static final int MOST_COUNTED_TENANTS = 10_000;

    private final BlockingQueue<LogEntry> entries;
    private final Map<String, AtomicLong> dropped = new ConcurrentHashMap<>();

    LogQueue(int capacity) {
        this.entries = new ArrayBlockingQueue<>(capacity);
    }

    /** Takes an entry; whether there was room for it. */
    boolean offer(LogEntry entry) {
        if (entries.offer(entry)) {
            return true;
        }
        drop(entry.tenant(), 1);
        return false;
    }

    /** Counts entries of a tenant that are lost. */
    void drop(String tenant, long count) {
        AtomicLong counter = dropped.get(tenant);
        if (counter == null && dropped.size() < MOST_COUNTED_TENANTS) {
            counter = dropped.computeIfAbsent(tenant, key -> new AtomicLong());
        }
        if (counter != null) {
            counter.addAndGet(count);
        }
    }

    int size() {
        return entries.size();
    }

    /** At most {@code limit} entries; waits for the first of them as long as that, and then {@code gathering} for more. */
    List<LogEntry> take(int limit, long waitMillis, long gatheringMillis) throws InterruptedException {
        List<LogEntry> taken = new ArrayList<>();
        LogEntry first = entries.poll(waitMillis, TimeUnit.MILLISECONDS);
        if (first == null) {
            return taken;
        }
        if (entries.size() < limit) {
            Thread.sleep(gatheringMillis);
        }
        taken.add(first);
        entries.drainTo(taken, limit - 1);
        return taken;
    }

    /** How many of whose entries were lost since the last time that this was asked. */
    Map<String, Long> takeDropped() {
        Map<String, Long> counts = new HashMap<>();
        dropped.keySet().forEach(tenant -> {
            AtomicLong counter = dropped.remove(tenant);
            if (counter != null) {
                counts.put(tenant, counter.get());
            }
        });
        return counts;
    }
}
