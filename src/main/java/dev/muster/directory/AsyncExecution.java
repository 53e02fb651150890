package dev.muster.directory;

import dev.muster.directory.AsyncRequestRepository.Locked;
import dev.muster.directory.AsyncRequestRepository.Result;
import dev.muster.limit.Limits;
import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.JoinedTransaction;
import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.bulk.BulkMethod;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executes requests that were accepted for later, the oldest of a tenant first. A step is one transaction with the lock of the
 * request's row: what it writes, its results and how far it has come are there together or not at all.
 */
@ApplicationScoped
class AsyncExecution {

    private static final Logger LOG = Logger.getLogger(AsyncExecution.class);

    /** The deletion of a group with millions of members is one step. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(30);

    /** A step that nobody foresaw to fail is tried so often; then what is left of the request fails, and the next one begins. */
    private static final int MOST_ATTEMPTS = 3;

    private static final int PURGED_AT_ONCE = 5;
    private static final WriteNotes NOTHING = new WriteNotes(Identity.UNKNOWN, ChangedAttributes.NONE, List.of());
    private static final BulkResult.Target UNKNOWN = new BulkResult.Target(null, null, NOTHING);

    private final TenantDatabase database;
    private final AsyncRequestRepository rows;
    private final ResourceWrites writes;
    private final JoinedWrites joinedWrites;
    private final Limits limits;
    private final AsyncObserver observer;

    AsyncExecution(
            TenantDatabase database,
            AsyncRequestRepository rows,
            ResourceWrites writes,
            JoinedWrites joinedWrites,
            Limits limits,
            AsyncObserver observer) {
        this.database = database;
        this.rows = rows;
        this.writes = writes;
        this.joinedWrites = joinedWrites;
        this.limits = limits;
        this.observer = observer;
    }

    /** What has come of an attempt to make a step. */
    enum Step {
        /** A step of a request was made; more of the same request are to come. */
        ADVANCED,
        /** The last step of a request was made. */
        FINISHED,
        /** The tenant has no unfinished request. */
        IDLE,
        /** Another server is at it, the tenant is disabled, or the step failed and is tried again later. */
        HELD
    }

    /** What a step has done, as long as it is not known to be committed. */
    private record Made(
            Locked request,
            List<BulkResult> results,
            @Nullable AsyncBulk bulk) {}

    /**
     * Makes one step of the tenant's oldest request.
     *
     * @param memory what is in memory of a request from one step to the next; may be forgotten at any time
     */
    Uni<Step> step(Tenant tenant, AtomicReference<@Nullable AsyncBulk> memory) {
        // What a failed attempt has had in memory is ahead of the database: it is put back after the commit only.
        AtomicReference<@Nullable Made> made = new AtomicReference<>();
        return database.longTransaction(
                        tenant.id(),
                        LONGEST_STEP,
                        db -> rows.lockOldest(db, tenant.id())
                                .chain(found -> found.isPresent()
                                        ? step(db, tenant, found.get(), memory.getAndSet(null), made)
                                        : none(db, tenant)))
                .invoke(() -> committed(tenant, made.get(), memory))
                .onFailure(failure -> !DatabaseFailures.isUnavailable(failure))
                .recoverWithUni(failure -> failed(tenant, failure));
    }

    /** Deletes results whose time is over, and notes when to look again. */
    Uni<Void> tidy(Tenant tenant) {
        return database.statements(tenant.id(), db -> rows.purge(db, tenant.id(), PURGED_AT_ONCE))
                .repeat()
                .whilst(purged -> purged == PURGED_AT_ONCE)
                .collect()
                .last()
                .chain(() -> database.transaction(tenant.id(), db -> rows.settle(db, tenant.id())));
    }

    private Uni<Step> none(SqlConnection db, Tenant tenant) {
        return rows.hasUnfinished(db, tenant.id()).map(unfinished -> unfinished ? Step.HELD : Step.IDLE);
    }

    private Uni<Step> step(
            SqlConnection db,
            Tenant tenant,
            Locked request,
            @Nullable AsyncBulk remembered,
            AtomicReference<@Nullable Made> made) {
        if (request.kind().equals(AsyncWork.Deletion.KIND)) {
            return rows.request(db, tenant.id(), request.txn())
                    .chain(stored -> delete(db, tenant, request, AsyncWork.Deletion.of(stored), made));
        }
        Uni<AsyncBulk> bulk = remembered != null && remembered.continues(tenant, request)
                ? Uni.createFrom().item(remembered)
                : restored(db, tenant, request);
        return bulk.chain(current -> current.next(db, tenant)
                .invoke(results -> made.set(new Made(request, results, current)))
                .chain(results -> current.isOver()
                        ? finish(db, tenant, request, results, current.done())
                        : advance(db, tenant, request, results, current.done())));
    }

    private void committed(Tenant tenant, @Nullable Made made, AtomicReference<@Nullable AsyncBulk> memory) {
        if (made != null) {
            memory.set(made.bulk());
            observer.performed(
                    tenant.id(), made.request().tokenId(), made.request().txn(), made.results());
        }
    }

    private Uni<AsyncBulk> restored(SqlConnection db, Tenant tenant, Locked request) {
        return rows.performed(db, tenant.id(), request.txn()).chain(performed -> {
            List<BulkResult> earlier = performed.entrySet().stream()
                    .map(entry -> earlier(entry.getKey(), entry.getValue()))
                    .toList();
            return rows.request(db, tenant.id(), request.txn())
                    .map(stored ->
                            new AsyncBulk(tenant, request, stored, earlier, writes, joinedWrites, limits.json()));
        });
    }

    /** As much of a result as the operations after it have to know. */
    private static BulkResult earlier(int index, boolean failed) {
        return failed
                ? refused(index, null, null, BulkRun.UNEXPECTED, UNKNOWN)
                : new BulkResult(index, null, null, null, null, 200, null, UNKNOWN);
    }

    private Uni<Step> delete(
            SqlConnection db,
            Tenant tenant,
            Locked request,
            AsyncWork.Deletion deletion,
            AtomicReference<@Nullable Made> made) {
        JoinedTransaction joined = new JoinedTransaction();
        Directory directory = joinedWrites.directory(joined);
        ResourceType type = tenant.schemas().resourceType(deletion.type()).orElse(null);
        String path = type == null ? null : type.endpoint() + "/" + deletion.id();
        Uni<WrittenResource> deleted = type == null
                ? Uni.createFrom().failure(ScimException.of(404, "There is no such resource type any more."))
                : joined.within(
                        tenant.id(),
                        db,
                        () -> directory.delete(tenant, type, deletion.id().toString(), deletion.ifMatch()));
        return deleted.map(gone -> new BulkResult(
                        0,
                        BulkMethod.DELETE,
                        null,
                        path,
                        null,
                        204,
                        null,
                        new BulkResult.Target(deletion.type(), deletion.id(), gone.notes())))
                .onFailure(ScimException.class)
                .recoverWithItem(failure -> refused(
                        0,
                        BulkMethod.DELETE,
                        path,
                        ((ScimException) failure).error(),
                        new BulkResult.Target(deletion.type(), deletion.id(), NOTHING)))
                .invoke(result -> made.set(new Made(request, List.of(result), null)))
                .chain(result -> finish(db, tenant, request, List.of(result), 1));
    }

    private Uni<Step> advance(SqlConnection db, Tenant tenant, Locked request, List<BulkResult> results, int done) {
        return rows.addResults(db, tenant.id(), request.txn(), stored(request, results))
                .chain(() -> rows.advance(db, tenant.id(), request.txn(), done))
                .replaceWith(Step.ADVANCED);
    }

    private Uni<Step> finish(SqlConnection db, Tenant tenant, Locked request, List<BulkResult> results, int done) {
        return rows.addResults(db, tenant.id(), request.txn(), stored(request, results))
                .chain(() -> rows.finish(db, tenant.id(), request.txn(), done))
                .replaceWith(Step.FINISHED);
    }

    private static List<Result> stored(Locked request, List<BulkResult> results) {
        return results.stream().map(result -> Result.of(result, request.base())).toList();
    }

    private static BulkResult refused(
            int index, @Nullable BulkMethod method, @Nullable String path, ScimError error, BulkResult.Target target) {
        return new BulkResult(index, method, null, path, null, error.status(), error, target);
    }

    private Uni<Step> failed(Tenant tenant, Throwable failure) {
        LOG.errorf(failure, "tenant=%s: a step of an accepted request failed, and was undone", tenant.id());
        return database.statements(tenant.id(), db -> rows.countAttempt(db, tenant.id()))
                .chain(attempts -> attempts < MOST_ATTEMPTS
                        ? Uni.createFrom().item(Step.HELD)
                        : database.transaction(
                                tenant.id(),
                                db -> rows.lockOldest(db, tenant.id())
                                        .chain(found -> found.isPresent()
                                                ? giveUp(db, tenant, found.get())
                                                : Uni.createFrom().item(Step.HELD))));
    }

    /** Operations without a result fail: nothing was done for them, and those behind them must not wait for ever. */
    private Uni<Step> giveUp(SqlConnection db, Tenant tenant, Locked request) {
        return rows.performed(db, tenant.id(), request.txn())
                .chain(performed -> finish(db, tenant, request, left(request, performed), request.total()));
    }

    private static List<BulkResult> left(Locked request, Map<Integer, Boolean> performed) {
        BulkMethod method = request.kind().equals(AsyncWork.Deletion.KIND) ? BulkMethod.DELETE : null;
        return IntStream.range(0, request.total())
                .filter(index -> !performed.containsKey(index))
                .mapToObj(index -> refused(index, method, null, BulkRun.UNEXPECTED, UNKNOWN))
                .toList();
    }
}
