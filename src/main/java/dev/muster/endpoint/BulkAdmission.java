package dev.muster.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets so many Bulk requests of one tenant run at the same time that the other tenants hardly notice. */
@ApplicationScoped
class BulkAdmission {

    private static final int MOST_AT_ONCE = 4;

    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /** Whether one more may run; it must be {@link #ended} then. */
    boolean begun(String tenant) {
        boolean[] admitted = {false};
        running.compute(tenant, (id, before) -> {
            int others = before == null ? 0 : before;
            admitted[0] = others < MOST_AT_ONCE;
            return admitted[0] ? Integer.valueOf(others + 1) : before;
        });
        return admitted[0];
    }

    void ended(String tenant) {
        running.compute(tenant, (id, before) -> before == null || before == 1 ? null : before - 1);
    }
}
