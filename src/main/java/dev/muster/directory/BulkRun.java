package dev.muster.directory;

import dev.muster.directory.BulkBatches.Unit;
import dev.muster.postgres.DatabaseFailures;
import dev.muster.scim.bulk.BulkOperation;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * One Bulk request while it is performed, batch by batch. A batch that cannot stand as a whole is tried again in halves, down
 * to single operations, so that each of them ends as it would have alone, and none is performed that failOnErrors excludes.
 */
final class BulkRun {

    private static final Logger LOG = Logger.getLogger(BulkRun.class);

    private static final ScimError UNAVAILABLE =
            ScimError.of(503, "The database cannot do this at the moment. Send this operation again later.");
    static final ScimError UNEXPECTED = ScimError.of(
            500,
            "The server failed to perform this operation; nothing is known to be wrong with it."
                    + " Try again, and tell the operator the time if it happens again.");

    private final Tenant tenant;
    private final List<BulkOperation> operations;
    private final BulkPreparation preparation;
    private final BulkBatches batches;
    private final BulkProgress progress;
    private final BulkWriter writer;
    private boolean databaseAway;

    /** @param earlier what has become of operations that were performed before: they are not performed again */
    BulkRun(
            Tenant tenant,
            BulkRequest request,
            BulkPreparation preparation,
            BulkWriter writer,
            List<BulkResult> earlier) {
        this.tenant = tenant;
        this.operations = request.operations();
        this.preparation = preparation;
        this.progress = new BulkProgress(request, earlier);
        this.batches = new BulkBatches(preparation, request, progress::performed);
        this.writer = writer;
    }

    /** Whether all results have been told. */
    boolean over() {
        return progress.allTold();
    }

    /** The results of performed operations that are not among {@code known}, also those that cannot be told yet. */
    List<BulkResult> besides(BitSet known) {
        return progress.besides(known);
    }

    /** Whether the database went away in the middle: what has come of the last batch is not known then. */
    boolean databaseAway() {
        return databaseAway;
    }

    /** Performs one batch; the results that can be told now, in the order of the request, which may be none yet. */
    Uni<List<BulkResult>> next() {
        if (databaseAway) {
            refuseTheRest();
            return Uni.createFrom().item(progress.tell(true));
        }
        Uni<List<Unit>> batch = Uni.createFrom().item(batches::next);
        if (batches.largeNext()) {
            batch = batch.runSubscriptionOn(Infrastructure.getDefaultExecutor());
        }
        return batch.chain(this::perform)
                .map(done -> progress.tell(progress.stopped() || (batches.atEnd() && !databaseAway)));
    }

    private void refuseTheRest() {
        for (BulkOperation operation : operations) {
            if (!progress.performed(operation.index())) {
                progress.add(preparation.refused(operation, UNAVAILABLE).failed(UNAVAILABLE));
            }
        }
    }

    private Uni<Void> perform(List<Unit> batch) {
        if (progress.stopped() || databaseAway) {
            return Uni.createFrom().voidItem();
        }
        Map<Integer, ScimError> foreseen = progress.foreseen(batch);
        if (batch.size() > 1 && progress.stoppedBy(foreseen.size())) {
            return halves(batch);
        }
        List<BulkStep> tried = batch.stream()
                .flatMap(unit -> unit.steps().stream())
                .filter(step -> !foreseen.containsKey(step.index()))
                .toList();
        if (tried.isEmpty()) {
            record(batch, foreseen, Map.of());
            return Uni.createFrom().voidItem();
        }
        if (batch.size() > 1) {
            return together(batch, foreseen, tried);
        }
        return tried.size() == 1 ? alone(tried.getFirst()) : inCircle(tried);
    }

    private Uni<Void> halves(List<Unit> batch) {
        int middle = batch.size() / 2;
        return perform(List.copyOf(batch.subList(0, middle)))
                .chain(() -> perform(List.copyOf(batch.subList(middle, batch.size()))));
    }

    private Uni<Void> together(List<Unit> batch, Map<Integer, ScimError> foreseen, List<BulkStep> tried) {
        return writer.together(tenant, tried, outcomes -> progress.acceptable(foreseen.size(), tried, outcomes))
                .invoke(outcomes -> record(batch, foreseen, outcomes))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(
                        failure -> noticedAway(failure) ? Uni.createFrom().voidItem() : halves(batch));
    }

    private void record(List<Unit> batch, Map<Integer, ScimError> foreseen, Map<UUID, WriteOutcome> outcomes) {
        for (Unit unit : batch) {
            for (BulkStep step : unit.causesFirst()) {
                ScimError error = foreseen.get(step.index());
                progress.add(error == null ? result(step, outcomes) : step.failed(error));
            }
        }
    }

    private static BulkResult result(BulkStep step, Map<UUID, WriteOutcome> outcomes) {
        return step.result(Objects.requireNonNull(outcomes.get(step.target()), "what was tried has an outcome"));
    }

    private Uni<Void> alone(BulkStep step) {
        return writer.alone(tenant, step)
                .invoke(outcome -> progress.add(step.result(outcome)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    failed(failure, List.of(step));
                    return null;
                });
    }

    /** Where one of a circle cannot be created, its error is told before those that follow from it. */
    private Uni<Void> inCircle(List<BulkStep> circle) {
        return writer.inCircle(tenant, circle)
                .invoke(outcomes -> {
                    List<BulkStep> decided = circle.stream()
                            .filter(step -> outcomes.containsKey(step.target()))
                            .toList();
                    decided.forEach(step -> progress.add(result(step, outcomes)));
                    ScimError why = progress.dependency(decided.getFirst().index());
                    circle.stream()
                            .filter(step -> !outcomes.containsKey(step.target()))
                            .forEach(step -> progress.add(step.failed(why)));
                })
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(failure -> {
                    failed(failure, circle);
                    return null;
                });
    }

    private void failed(Throwable failure, List<BulkStep> steps) {
        if (failure instanceof ScimException refused) {
            steps.forEach(step -> progress.add(step.failed(refused.error())));
        } else if (DatabaseFailures.isContention(failure)) {
            steps.forEach(step -> progress.add(step.failed(UNAVAILABLE)));
        } else if (!noticedAway(failure)) {
            LOG.errorf(failure, "tenant %s: unforeseen failure of an operation of a Bulk request", tenant.id());
            steps.forEach(step -> progress.add(step.failed(UNEXPECTED)));
        }
    }

    /** Where the database is away the rest is not tried: each operation would wait for it in vain. */
    private boolean noticedAway(Throwable failure) {
        databaseAway |= DatabaseFailures.isUnavailable(failure) && !DatabaseFailures.isContention(failure);
        return databaseAway;
    }
}
