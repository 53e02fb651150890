package dev.muster.directory;

import dev.muster.limit.TooManyRequestsException;
import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests with {@code Prefer: respond-async} (RFC 9967 §2.5.1.1): accepted, which is durable, executed by {@link AsyncWorker},
 * and answered by results that can be read for {@link AsyncRequestRepository#RETENTION}.
 */
@ApplicationScoped
public class AsyncRequests {

    /** So many of a tenant's requests can wait or run. */
    static final int MOST_UNFINISHED = 10;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int RESULTS_AT_ONCE = 500;
    private static final int BEFORE_ALL = -1;

    private final TenantDatabase database;
    private final AsyncRequestRepository rows;
    private final AsyncWorker worker;

    AsyncRequests(TenantDatabase database, AsyncRequestRepository rows, AsyncWorker worker) {
        this.database = database;
        this.rows = rows;
        this.worker = worker;
    }

    /** Who asks, and how the Tenant URL looks to them. */
    public record Client(String tokenId, String base) {}

    /** Accepts the deletion of a resource; its transaction. An id that can be nobody's fails with 404 at once. */
    public Uni<UUID> delete(Tenant tenant, ResourceType type, String id, @Nullable String ifMatch, Client client) {
        return ResourceIds.parse(id)
                .map(uuid -> accept(tenant, new AsyncWork.Deletion(type.name(), uuid, ifMatch), client))
                .orElseGet(() -> Uni.createFrom().failure(ResourceWrite.notFound(type)));
    }

    /**
     * Accepts a Bulk request; its transaction.
     *
     * @param masked its body without secrets, see {@link dev.muster.scim.resource.SecretMask}
     * @param operations how many it has
     */
    public Uni<UUID> bulk(Tenant tenant, String masked, int operations, Client client) {
        return accept(tenant, new AsyncWork.Bulk(masked, operations), client);
    }

    private Uni<UUID> accept(Tenant tenant, AsyncWork work, Client client) {
        UUID txn = ResourceIds.next();
        return database.transaction(
                        tenant.id(),
                        db -> rows.announce(db, tenant.id())
                                .chain(there -> there
                                        ? rows.accept(db, tenant.id(), txn, work, client, MOST_UNFINISHED)
                                        : Uni.createFrom().failure(noSuchTenant())))
                .map(accepted -> {
                    if (!accepted) {
                        throw tooMany();
                    }
                    worker.wake(tenant.id());
                    return txn;
                });
    }

    /** How far a request has come; fails with 404 where the tenant has none with this transaction. */
    public Uni<AsyncStatus> status(Tenant tenant, String txn) {
        return ResourceIds.parse(txn)
                .map(uuid -> database.statements(tenant.id(), db -> rows.status(db, tenant.id(), uuid)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(found -> found.orElseThrow(AsyncRequests::noSuchRequest));
    }

    /** The results so far: operations as they stand in a Bulk response, in pieces that are each read when asked for. */
    public Multi<String> results(Tenant tenant, UUID txn) {
        return Multi.createBy()
                .repeating()
                .uni(
                        () -> new AtomicInteger(BEFORE_ALL),
                        after -> database.statements(
                                        tenant.id(),
                                        db -> rows.results(db, tenant.id(), txn, after.get(), RESULTS_AT_ONCE))
                                .invoke(page -> after.set(page.last())))
                .whilst(page -> page.size() == RESULTS_AT_ONCE)
                .filter(page -> page.size() > 0)
                .map(AsyncRequestRepository.Page::operations);
    }

    private static TooManyRequestsException tooMany() {
        return new TooManyRequestsException(
                "The tenant has " + MOST_UNFINISHED + " accepted requests that are not finished, as many as it can."
                        + " Nothing was changed; try again when one is, or without the preference respond-async.",
                RETRY_AFTER);
    }

    private static ScimException noSuchTenant() {
        return ScimException.of(404, "There is no such tenant any more.");
    }

    private static ScimException noSuchRequest() {
        return ScimException.of(
                404,
                "There is no accepted request with this transaction. Results are kept for "
                        + AsyncRequestRepository.RETENTION.toHours() + " hours.");
    }
}
