package dev.muster.account;

import dev.muster.directory.CurrentResourceRepository;
import dev.muster.directory.CurrentResourceRepository.Reference;
import dev.muster.postgres.TenantDatabase;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a tenant's accounts if it had other settings: the projection of all users, of which nothing is kept but
 * what differs. A page of users at a time, each read by itself; what does not end in time ends where it is.
 */
@ApplicationScoped
public class SettingsPreview {

    private static final int PAGE = 250;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final TenantDatabase database;
    private final ProjectionStateRepository states;
    private final PendingRepository pending;
    private final CurrentResourceRepository resources;
    private final Assessor assessor;

    SettingsPreview(
            TenantDatabase database,
            ProjectionStateRepository states,
            PendingRepository pending,
            CurrentResourceRepository resources,
            Assessor assessor) {
        this.database = database;
        this.states = states;
        this.pending = pending;
        this.resources = resources;
        this.assessor = assessor;
    }

    /** @param tried the tenant with the settings that are tried */
    public Uni<PreviewResult> of(Tenant tried) {
        PreviewTally tally = new PreviewTally(System.nanoTime() + LONGEST.toNanos());
        return database.scan(tried.id(), db -> states.accountsInUse(db, tried.id()))
                .chain(inUse ->
                        pages(tried, inUse, tally, this::gone).chain(() -> pages(tried, inUse, tally, this::there)))
                .replaceWith(tally::result);
    }

    /** Finds a page of users behind one; no more than a page is an end. */
    private interface Pages {
        Uni<Users> after(SqlConnection db, String tenant, UUID last);
    }

    /**
     * Users of a page.
     *
     * @param last where the next page begins; null where this is the last one
     */
    private record Users(List<UUID> ids, @Nullable UUID last) {}

    private Uni<Users> gone(SqlConnection db, String tenant, UUID last) {
        return pending.usersWithoutResource(db, tenant, last, PAGE)
                .map(ids -> new Users(ids, ids.size() < PAGE ? null : ids.getLast()));
    }

    private Uni<Users> there(SqlConnection db, String tenant, UUID last) {
        return resources
                .page(db, tenant, last, PAGE)
                .map(page -> new Users(
                        page.stream()
                                .filter(resource -> resource.type().equals(Change.USER))
                                .map(Reference::id)
                                .toList(),
                        page.size() < PAGE ? null : page.getLast().id()));
    }

    private Uni<Void> pages(Tenant tried, long inUse, PreviewTally tally, Pages pages) {
        AtomicReference<UUID> place = new AtomicReference<>(new UUID(0, 0));
        return Multi.createBy()
                .repeating()
                .uni(() -> page(tried, inUse, tally, pages, place))
                .whilst(goesOn -> goesOn)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Whether there is another page, and time for it. */
    private Uni<Boolean> page(Tenant tried, long inUse, PreviewTally tally, Pages pages, AtomicReference<UUID> place) {
        return database.scan(
                        tried.id(),
                        db -> pages.after(db, tried.id(), place.get())
                                .call(users -> examine(db, tried, inUse, users.ids(), tally)))
                .map(users -> {
                    UUID last = users.last();
                    if (last == null) {
                        return false;
                    }
                    place.set(last);
                    return tally.goesOn();
                });
    }

    private Uni<Void> examine(SqlConnection db, Tenant tried, long inUse, List<UUID> users, PreviewTally tally) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        List<Change> changes = users.stream()
                .map(id -> new Change(at, id, id, Change.USER, List.of(), null, null))
                .toList();
        return assessor.assess(db, Assessor.Ground.of(tried, inUse, now).after(tally.deprovisioned()), changes)
                .invoke(assessed -> assessed.assessments().forEach(tally::count))
                .replaceWithVoid();
    }
}
