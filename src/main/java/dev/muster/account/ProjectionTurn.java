package dev.muster.account;

import dev.muster.account.ProjectionState.Job;
import dev.muster.directory.CurrentResourceRepository;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A piece of the road from resources to accounts, in one transaction that holds the tenant's lock: the oldest changes of
 * resources, the oldest changes of members, or a stretch of the projection of all resources.
 */
@ApplicationScoped
class ProjectionTurn {

    private static final int RESOURCES = 250;
    private static final int MEMBER_LISTS = 2;
    private static final int STRETCH = 500;

    private final ProjectionStateRepository states;
    private final ChangeRepository changes;
    private final CurrentResourceRepository resources;
    private final UserTurn users;
    private final GroupTurn groups;
    private final EventRepository events;

    ProjectionTurn(
            ProjectionStateRepository states,
            ChangeRepository changes,
            CurrentResourceRepository resources,
            UserTurn users,
            GroupTurn groups,
            EventRepository events) {
        this.states = states;
        this.changes = changes;
        this.resources = resources;
        this.users = users;
        this.groups = groups;
        this.events = events;
    }

    /** How a turn has ended. */
    enum End {
        /** There was nothing to do. */
        IDLE,
        /** Changes have been worked off; there may be more. */
        ADVANCED,
        /** There were no changes; a stretch of all resources has been projected, and there is more of it. */
        STRETCHED,
        /** The tenant's rules have changed since they were read. */
        OUTDATED
    }

    /** @param tenant as it was read before; its rules hold only if it is still of that version */
    Uni<End> run(SqlConnection db, Tenant tenant) {
        return states.lock(db, tenant.id()).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(End.IDLE);
            }
            ProjectionState state = found.get();
            return state.tenantVersion() == tenant.version()
                    ? run(db, tenant, state)
                    : Uni.createFrom().item(End.OUTDATED);
        });
    }

    private Uni<End> run(SqlConnection db, Tenant tenant, ProjectionState state) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Assessor.Ground ground = Assessor.Ground.of(tenant, state.accountsInUse(), now);
        return changes.ofResources(db, tenant.id(), RESOURCES)
                .chain(ofResources -> changes.ofMembers(db, tenant.id(), MEMBER_LISTS)
                        .chain(ofMembers -> ofResources.isEmpty() && ofMembers.isEmpty()
                                ? project(db, ground, state)
                                : workOff(db, ground, state, ofResources, ofMembers)
                                        .replaceWith(End.ADVANCED)));
    }

    private Uni<Void> workOff(
            SqlConnection db,
            Assessor.Ground ground,
            ProjectionState state,
            List<Change> ofResources,
            List<Change> ofMembers) {
        String tenant = ground.tenant().id();
        return apply(db, ground, ofResources)
                .chain(applied -> groups.applyMembers(db, ground, ofMembers).map(applied::and))
                .chain(applied -> record(db, ground, state, applied))
                .chain(() -> changes.delete(
                        db,
                        tenant,
                        Stream.concat(ofResources.stream(), ofMembers.stream()).toList()));
    }

    private Uni<Applied> apply(SqlConnection db, Assessor.Ground ground, List<Change> ofResources) {
        Map<UUID, Change> latest = new LinkedHashMap<>();
        ofResources.forEach(change -> latest.merge(change.resource(), change, ProjectionTurn::decided));
        return groups.apply(db, ground, ofType(latest.values(), Change.GROUP))
                .chain(applied -> users.apply(db, ground, ofType(latest.values(), Change.USER))
                        .map(applied::and));
    }

    /** A later write does not undo a decision that has not been carried out yet. */
    private static Change decided(Change earlier, Change later) {
        return later.decision() == null ? earlier : later;
    }

    private static List<Change> ofType(Collection<Change> changes, String type) {
        return changes.stream().filter(change -> change.type().equals(type)).toList();
    }

    private Uni<Void> record(SqlConnection db, Assessor.Ground ground, ProjectionState state, Applied applied) {
        String tenant = ground.tenant().id();
        return events.append(db, tenant, state.sequence(), ground.now(), applied.events())
                .chain(() -> states.advance(db, tenant, applied.events().size(), applied.inUse()));
    }

    /** Goes on with the projection of all resources, if one is due. */
    private Uni<End> project(SqlConnection db, Assessor.Ground ground, ProjectionState state) {
        UUID wanted = state.wantedJob();
        if (wanted == null) {
            return Uni.createFrom().item(End.IDLE);
        }
        String tenant = ground.tenant().id();
        Job job = state.job();
        if (job == null || !job.id().equals(wanted)) {
            return changes.decideAll(db, tenant, null, null)
                    .chain(() -> states.beginJob(db, tenant, wanted, ground.now()))
                    .replaceWith(End.ADVANCED);
        }
        return resources
                .page(db, tenant, job.after(), STRETCH)
                .chain(page -> page.isEmpty()
                        ? states.finishJob(db, tenant, wanted, ground.now()).replaceWith(End.IDLE)
                        : apply(db, ground, unwritten(page, ground.now()))
                                .chain(applied -> record(db, ground, state, applied)
                                        .chain(() -> states.advanceJob(
                                                db, tenant, page.getLast().id(), page.size(), applied.changed())))
                                .replaceWith(End.STRETCHED));
    }

    private static List<Change> unwritten(List<CurrentResourceRepository.Reference> page, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return page.stream()
                .map(resource -> new Change(at, resource.id(), resource.id(), resource.type(), List.of(), null, null))
                .toList();
    }
}
