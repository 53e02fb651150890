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

    /** So many resources in a turn, at most. */
    static final int LARGEST = 256;

    private static final int MEMBER_LISTS = 2;

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
        /** There is nothing more to do. */
        IDLE,
        /** Changes have been worked off; there may be more. */
        ADVANCED,
        /** There were no changes; a stretch of all resources has been projected, and there is more of it. */
        STRETCHED,
        /** The tenant's rules have changed since they were read. */
        OUTDATED
    }

    /**
     * A turn that has ended.
     *
     * @param held how many deprovisionings are held since this turn
     */
    record Ended(End how, int held) {

        static Ended of(End how) {
            return new Ended(how, 0);
        }
    }

    /**
     * Makes a turn.
     *
     * @param tenant as it was read before; its rules hold only if it is still of that version
     * @param size so many resources at most, 1 to {@link #LARGEST}
     */
    Uni<Ended> run(SqlConnection db, Tenant tenant, int size) {
        return states.lock(db, tenant.id()).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(Ended.of(End.IDLE));
            }
            ProjectionState state = found.get();
            return state.tenantVersion() == tenant.version()
                    ? run(db, tenant, state, size)
                    : Uni.createFrom().item(Ended.of(End.OUTDATED));
        });
    }

    /** Gets past what the next turn of size one would do: the change waits for a while, the projection of all leaves it out. */
    Uni<End> skip(SqlConnection db, Tenant tenant) {
        return states.lock(db, tenant.id())
                .chain(() -> next(db, tenant.id(), 1))
                .chain(next -> next.isEmpty()
                        ? skipInProjection(db, tenant)
                        : changes.postpone(db, tenant.id(), next.all().getFirst())
                                .replaceWith(End.ADVANCED));
    }

    private Uni<End> skipInProjection(SqlConnection db, Tenant tenant) {
        return states.lock(db, tenant.id()).chain(found -> {
            Job job = found.map(ProjectionState::job).orElse(null);
            return job == null
                    ? Uni.createFrom().item(End.IDLE)
                    : resources
                            .page(db, tenant.id(), job.after(), 1)
                            .chain(page -> page.isEmpty()
                                    ? Uni.createFrom().item(End.IDLE)
                                    : states.advanceJob(
                                                    db,
                                                    tenant.id(),
                                                    page.getLast().id(),
                                                    1,
                                                    0)
                                            .replaceWith(End.STRETCHED));
        });
    }

    /** Changes of resources, and of members. */
    private record Next(List<Change> ofResources, List<Change> ofMembers) {
        boolean isEmpty() {
            return ofResources.isEmpty() && ofMembers.isEmpty();
        }

        /** Whether nothing is left behind it: there was not more of it, and users have nobody looked at again. */
        boolean isLast(int size) {
            return ofMembers.isEmpty()
                    && ofResources.size() < size
                    && ofResources.stream().allMatch(change -> change.type().equals(Change.USER));
        }

        List<Change> all() {
            return Stream.concat(ofResources.stream(), ofMembers.stream()).toList();
        }
    }

    /** Long lists of members must not hold up single users, nor the other way round. */
    private Uni<Next> next(SqlConnection db, String tenant, int size) {
        return changes.ofResources(db, tenant, size)
                .chain(ofResources -> size == 1 && !ofResources.isEmpty()
                        ? Uni.createFrom().item(new Next(ofResources, List.of()))
                        : changes.ofMembers(db, tenant, Math.min(size, MEMBER_LISTS))
                                .map(ofMembers -> new Next(ofResources, ofMembers)));
    }

    private Uni<Ended> run(SqlConnection db, Tenant tenant, ProjectionState state, int size) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Assessor.Ground ground = Assessor.Ground.of(tenant, state.accountsInUse(), now);
        return next(db, tenant.id(), size)
                .chain(next -> next.isEmpty()
                        ? project(db, ground, state, size)
                        : workOff(db, ground, state, next)
                                .map(applied -> new Ended(
                                        state.wantedJob() == null && next.isLast(size) ? End.IDLE : End.ADVANCED,
                                        applied.held())));
    }

    private Uni<Applied> workOff(SqlConnection db, Assessor.Ground ground, ProjectionState state, Next next) {
        return apply(db, ground, next.ofResources())
                .chain(applied ->
                        groups.applyMembers(db, ground, next.ofMembers()).map(applied::and))
                .call(applied -> record(db, ground, state, applied))
                .call(() -> changes.delete(db, ground.tenant().id(), next.all()));
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
    private Uni<Ended> project(SqlConnection db, Assessor.Ground ground, ProjectionState state, int size) {
        UUID wanted = state.wantedJob();
        if (wanted == null) {
            return Uni.createFrom().item(Ended.of(End.IDLE));
        }
        String tenant = ground.tenant().id();
        Job job = state.job();
        if (job == null || !job.id().equals(wanted)) {
            return changes.allAgain(db, tenant)
                    .chain(() -> states.beginJob(db, tenant, wanted, ground.now()))
                    .replaceWith(Ended.of(End.ADVANCED));
        }
        return resources
                .page(db, tenant, job.after(), size)
                .chain(page -> page.isEmpty()
                        ? states.finishJob(db, tenant, wanted, ground.now()).replaceWith(Ended.of(End.IDLE))
                        : apply(db, ground, unwritten(page, ground.now()))
                                .call(applied -> record(db, ground, state, applied))
                                .call(applied -> states.advanceJob(
                                        db, tenant, page.getLast().id(), page.size(), applied.changed()))
                                .map(applied -> new Ended(End.STRETCHED, applied.held())));
    }

    private static List<Change> unwritten(List<CurrentResourceRepository.Reference> page, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return page.stream()
                .map(resource -> new Change(at, resource.id(), resource.id(), resource.type(), List.of(), null, null))
                .toList();
    }
}
