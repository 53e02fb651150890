package dev.muster.directory;

import dev.muster.postgres.TenantConnections;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Creates resources that refer to each other in a circle (RFC 7644 §3.7.1) in one transaction: the resources first, then their
 * memberships. One after the other, so that it is known which of them cannot be created.
 */
@ApplicationScoped
class CircularCreations {

    private final TenantConnections database;
    private final ResourceRepository resources;
    private final GroupMembers members;
    private final Conflicts conflicts;

    CircularCreations(
            TenantConnections database, ResourceRepository resources, GroupMembers members, Conflicts conflicts) {
        this.database = database;
        this.resources = resources;
        this.members = members;
        this.conflicts = conflicts;
    }

    /**
     * Creates all of them, or none.
     *
     * @return by the resource's id: what has become of each, or only why one of them stops the others
     */
    Uni<Map<UUID, WriteOutcome>> create(Tenant tenant, List<ResourceWrite.Create> circle) {
        Instant now = Directory.now();
        AtomicReference<ResourceWrite.Create> current = new AtomicReference<>(circle.getFirst());
        Map<UUID, MembersOutcome> outcomes = new ConcurrentHashMap<>();
        Uni<Void> created = database.transaction(
                tenant.id(),
                db -> inTurn(circle, current, create -> insert(db, tenant, create, now))
                        .chain(() -> inTurn(
                                circle,
                                current,
                                create -> members.add(db, tenant, create.id(), create.members(), now)
                                        .invoke(outcome -> outcomes.put(create.id(), outcome))
                                        .replaceWithVoid())));
        return created.onFailure(UniqueViolationException.class)
                .recoverWithUni(
                        failure -> explained(failure, tenant, current.get().type()))
                .map(done -> circle.stream()
                        .collect(Collectors.toMap(
                                ResourceWrite::id,
                                create -> WriteOutcome.stored(
                                        create.written(now, outcomes.getOrDefault(create.id(), MembersOutcome.NONE))))))
                .onFailure(ScimException.class)
                .recoverWithItem(failure ->
                        Map.of(current.get().id(), new WriteOutcome.Refused(((ScimException) failure).error())));
    }

    private Uni<Void> explained(Throwable failure, Tenant tenant, ResourceType type) {
        return conflicts.explained(Uni.createFrom().failure(failure), tenant.id(), type);
    }

    private static Uni<Void> inTurn(
            List<ResourceWrite.Create> circle,
            AtomicReference<ResourceWrite.Create> current,
            Function<ResourceWrite.Create, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(circle)
                .onItem()
                .transformToUniAndConcatenate(create -> {
                    current.set(create);
                    return step.apply(create);
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> insert(SqlConnection db, Tenant tenant, ResourceWrite.Create create, Instant now) {
        return Conflicts.noted(
                resources.insert(db, tenant.id(), create.type(), create.id(), now, create.row()),
                create.id(),
                create.row());
    }
}
