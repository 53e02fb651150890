package dev.muster.directory;

import dev.muster.postgres.TenantConnections;
import dev.muster.scim.error.ScimException;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries out many writes in one transaction with a statement for each kind of work, to the same result as one after the
 * other. Where that cannot be known the batch is refused, and nothing has been written.
 */
@ApplicationScoped
class BatchedWrites {

    private final TenantConnections database;
    private final BatchRepository batches;
    private final MembershipRepository memberships;
    private final NestedMembers nested;

    BatchedWrites(
            TenantConnections database,
            BatchRepository batches,
            MembershipRepository memberships,
            NestedMembers nested) {
        this.database = database;
        this.batches = batches;
        this.memberships = memberships;
        this.nested = nested;
    }

    /**
     * Carries out writes of one kind, each to another resource; changes without changes of members.
     *
     * @param acceptable whether what has become of the writes may stand; asked before the commit
     * @return what has become of each write, by the resource's id; fails with {@link BatchRefusedException}, or a database
     *     failure, where the batch has been rolled back
     */
    Uni<Map<UUID, WriteOutcome>> write(
            Tenant tenant, List<? extends ResourceWrite> writes, Predicate<Map<UUID, WriteOutcome>> acceptable) {
        return database.transaction(
                tenant.id(),
                db -> written(db, tenant, writes, Directory.now()).invoke(outcomes -> {
                    if (!acceptable.test(outcomes)) {
                        throw new BatchRefusedException("the failures of a batch decide about later writes");
                    }
                }));
    }

    private Uni<Map<UUID, WriteOutcome>> written(
            SqlConnection db, Tenant tenant, List<? extends ResourceWrite> writes, Instant now) {
        return switch (writes.getFirst()) {
            case ResourceWrite.Create first -> create(db, tenant, only(writes, ResourceWrite.Create.class), now);
            case ResourceWrite.Change first -> change(db, tenant, only(writes, ResourceWrite.Change.class), now);
            case ResourceWrite.Delete first -> delete(db, tenant, only(writes, ResourceWrite.Delete.class), now);
        };
    }

    private static <W extends ResourceWrite> List<W> only(List<? extends ResourceWrite> writes, Class<W> kind) {
        return writes.stream().map(kind::cast).toList();
    }

    private Uni<Map<UUID, WriteOutcome>> create(
            SqlConnection db, Tenant tenant, List<ResourceWrite.Create> creates, Instant now) {
        return batches.insert(db, tenant.id(), creates, now).chain(inserted -> {
            Map<UUID, WriteOutcome> outcomes = new HashMap<>();
            for (ResourceWrite.Create create : creates) {
                outcomes.put(
                        create.id(),
                        inserted.contains(create.id())
                                ? WriteOutcome.stored(create.written(now, MembersOutcome.NONE))
                                : new WriteOutcome.Refused(
                                        Conflicts.userNameTaken(create.type()).error()));
            }
            return addMembers(db, tenant, creates, inserted, now).replaceWith(outcomes);
        });
    }

    private Uni<Void> addMembers(
            SqlConnection db, Tenant tenant, List<ResourceWrite.Create> creates, Set<UUID> inserted, Instant now) {
        List<UUID> groups = new ArrayList<>();
        List<UUID> members = new ArrayList<>();
        creates.stream()
                .filter(create -> inserted.contains(create.id()))
                .forEach(create -> create.members().forEach(member -> {
                    groups.add(create.id());
                    members.add(member);
                }));
        if (members.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return shown(db, TenantScope.of(tenant), members)
                .chain(() -> nested.admitted(db, tenant, members))
                .onFailure(ScimException.class)
                .transform(refused -> new BatchRefusedException("a group is to be a member and must not"))
                .invoke(admitted -> {
                    if (admitted.groupsSkipped()) {
                        throw new BatchRefusedException("a group is to be a member and is skipped");
                    }
                })
                .chain(() -> memberships.add(db, tenant.id(), groups, members, now))
                .invoke(added -> {
                    if (added < members.size()) {
                        throw new BatchRefusedException("a member does not exist");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> shown(SqlConnection db, TenantScope scope, List<UUID> members) {
        return scope.isWhole()
                ? Uni.createFrom().voidItem()
                : memberships
                        .unknown(db, scope, members)
                        .invoke(unknown -> {
                            if (!unknown.isEmpty()) {
                                throw new BatchRefusedException("a member does not exist");
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<Map<UUID, WriteOutcome>> change(
            SqlConnection db, Tenant tenant, List<ResourceWrite.Change> changes, Instant now) {
        List<UUID> ids = changes.stream().map(ResourceWrite.Change::id).toList();
        return batches.lock(db, TenantScope.of(tenant), ids).chain(locked -> {
            Map<UUID, WriteOutcome> outcomes = new HashMap<>();
            List<BatchRepository.Update> updates = new ArrayList<>();
            for (ResourceWrite.Change change : changes) {
                if (!change.members().isEmpty()) {
                    throw new IllegalArgumentException("members are changed group by group");
                }
                try {
                    BatchRepository.Locked found = locked.get(change.id());
                    StoredResource current = ResourceWrite.matching(
                                    resource(found, change), change.type(), change.ifMatch())
                            .resource();
                    ResourceWrite.Next next = change.next(current);
                    if (next.row() != null && found != null) {
                        updates.add(new BatchRepository.Update(change.type(), found, next.row()));
                    }
                    outcomes.put(
                            change.id(),
                            new WriteOutcome.Stored(
                                    next.row() == null ? current.version() : current.version() + 1, next.notes()));
                } catch (ScimException e) {
                    outcomes.put(change.id(), new WriteOutcome.Refused(e.error()));
                }
            }
            if (updates.isEmpty()) {
                return Uni.createFrom().item(outcomes);
            }
            UniqueClaims.check(updates);
            return batches.update(db, tenant.id(), updates, now).replaceWith(outcomes);
        });
    }

    private Uni<Map<UUID, WriteOutcome>> delete(
            SqlConnection db, Tenant tenant, List<ResourceWrite.Delete> deletes, Instant now) {
        List<UUID> ids = deletes.stream().map(ResourceWrite.Delete::id).toList();
        return batches.lockGroupsOf(db, tenant.id(), ids)
                .chain(() -> batches.lock(db, TenantScope.of(tenant), ids))
                .chain(locked -> {
                    Map<UUID, WriteOutcome> outcomes = new HashMap<>();
                    List<UUID> gone = new ArrayList<>();
                    for (ResourceWrite.Delete delete : deletes) {
                        try {
                            StoredResource found = ResourceWrite.matching(
                                            resource(locked.get(delete.id()), delete), delete.type(), delete.ifMatch())
                                    .resource();
                            gone.add(delete.id());
                            outcomes.put(delete.id(), new WriteOutcome.Deleted(WriteNotes.ofDeleted(found)));
                        } catch (ScimException e) {
                            outcomes.put(delete.id(), new WriteOutcome.Refused(e.error()));
                        }
                    }
                    return gone.isEmpty()
                            ? Uni.createFrom().item(outcomes)
                            : batches.delete(db, tenant.id(), gone, now).replaceWith(outcomes);
                });
    }

    /** What was found, if it is of the type that was asked for. */
    private static Optional<ResourceRepository.Locked> resource(
            BatchRepository.@Nullable Locked found, ResourceWrite write) {
        return Optional.ofNullable(found)
                .map(BatchRepository.Locked::resource)
                .filter(locked -> locked.resource().type().equals(write.type().name()));
    }
}
