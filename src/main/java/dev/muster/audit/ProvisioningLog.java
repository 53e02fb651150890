package dev.muster.audit;

import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The log of what was asked of tenants: added to without waiting, written behind the requests, and read by operators. */
@ApplicationScoped
public class ProvisioningLog {

    private static final int EXPORT_PAGE = 500;

    private final LogWriter writer;
    private final TenantDatabase database;
    private final LogReadRepository entries;

    ProvisioningLog(LogWriter writer, TenantDatabase database, LogReadRepository entries) {
        this.writer = writer;
        this.database = database;
        this.entries = entries;
    }

    /** Has the entry of a finished request or operation written, soon and by somebody else. Never waits and never fails. */
    public void add(LogDraft finished) {
        finished.entry().ifPresent(writer::add);
    }

    /** Entries, the newest first, after the id {@code after} (exclusive, null from the newest). */
    public Uni<List<LogEntry>> page(String tenant, LogQuery query, @Nullable UUID after, int limit) {
        return resources(tenant, query)
                .chain(ids -> page(tenant, query, ids, LogReadRepository.Order.NEWEST_FIRST, after, limit));
    }

    /**
     * All entries, the oldest first, a page an item: each is read when it is asked for, and no connection is held in between.
     */
    public Multi<List<LogEntry>> export(String tenant, LogQuery query) {
        AtomicReference<@Nullable UUID> last = new AtomicReference<>();
        return resources(tenant, query)
                .onItem()
                .transformToMulti(ids -> Multi.createBy()
                        .repeating()
                        .uni(() -> page(
                                        tenant,
                                        query,
                                        ids,
                                        LogReadRepository.Order.OLDEST_FIRST,
                                        last.get(),
                                        EXPORT_PAGE)
                                .invoke(page -> last.set(
                                        page.isEmpty() ? null : page.getLast().id())))
                        .whilst(page -> page.size() == EXPORT_PAGE))
                .filter(page -> !page.isEmpty());
    }

    private Uni<List<UUID>> resources(String tenant, LogQuery query) {
        String person = query.person();
        if (person == null) {
            return Uni.createFrom().item(List.of());
        }
        return database.statements(tenant, db -> entries.resourcesNamed(db, tenant, person))
                .map(named -> EntryIds.parse(person)
                        .map(id -> Stream.concat(named.stream(), Stream.of(id)).toList())
                        .orElse(named));
    }

    private Uni<List<LogEntry>> page(
            String tenant,
            LogQuery query,
            List<UUID> resources,
            LogReadRepository.Order order,
            @Nullable UUID after,
            int limit) {
        return database.statements(tenant, db -> entries.page(db, tenant, query, resources, order, after, limit));
    }
}
