package dev.muster.directory;

import dev.muster.postgres.DatabaseFailures;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

/** The three ways in which the writes of a Bulk request reach the database, each one transaction. */
@ApplicationScoped
class BulkWriter {

    private final Directory directory;
    private final BatchedWrites batches;
    private final CircularCreations circles;

    BulkWriter(Directory directory, BatchedWrites batches, CircularCreations circles) {
        this.directory = directory;
        this.batches = batches;
        this.circles = circles;
    }

    /** One write, exactly as a request of its own would be. */
    Uni<WriteOutcome> alone(Tenant tenant, BulkStep step) {
        return Uni.createFrom().deferred(() -> directory.write(tenant, write(step)));
    }

    /** Many writes, as {@link BatchedWrites#write}. */
    Uni<Map<UUID, WriteOutcome>> together(
            Tenant tenant, List<BulkStep> steps, Predicate<Map<UUID, WriteOutcome>> acceptable) {
        return batches.write(tenant, steps.stream().map(BulkWriter::write).toList(), acceptable);
    }

    /**
     * Creations that refer to each other in a circle: all, or none. What has become of each, or only why one of them stops the
     * others.
     */
    Uni<Map<UUID, WriteOutcome>> inCircle(Tenant tenant, List<BulkStep> steps) {
        List<ResourceWrite.Create> creates =
                steps.stream().map(step -> (ResourceWrite.Create) write(step)).toList();
        return batches.write(tenant, creates, BulkWriter::allStored)
                .onFailure(BulkWriter::doesNotStand)
                .recoverWithUni(refused -> circles.create(tenant, creates));
    }

    private static boolean allStored(Map<UUID, WriteOutcome> outcomes) {
        return outcomes.values().stream().noneMatch(WriteOutcome.Refused.class::isInstance);
    }

    private static boolean doesNotStand(Throwable failure) {
        return failure instanceof BatchRefusedException || DatabaseFailures.isUniqueViolation(failure);
    }

    private static ResourceWrite write(BulkStep step) {
        return Objects.requireNonNull(step.write());
    }
}
