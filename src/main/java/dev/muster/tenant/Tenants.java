package dev.muster.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creates, finds, changes and deletes tenants. */
@ApplicationScoped
public class Tenants {

    /** How long another replica's change may stay unseen here. */
    public static final Duration STALENESS = Duration.ofSeconds(2);

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,63}");
    private static final int LONGEST_DISPLAY_NAME = 200;

    private final TenantDatabase database;
    private final TenantRepository repository;
    private final ManagedTenants managed;
    private final Cache<String, Tenant> cache = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(STALENESS)
            .build();

    Tenants(TenantDatabase database, TenantRepository repository, ManagedTenants managed) {
        this.database = database;
        this.repository = repository;
        this.managed = managed;
    }

    /** A page of tenants by id, after {@code after} (exclusive, null from the start). */
    public Uni<List<Tenant>> list(@Nullable String after, int limit) {
        return database.session(TenantDatabase.OPERATOR, () -> repository.page(after, limit))
                .map(rows -> rows.stream().map(TenantEntity::tenant).toList());
    }

    /** The tenant as the hot path may see it: at most {@link #STALENESS} old. Empty where there is none or it is being deleted. */
    public Uni<Optional<Tenant>> find(String id) {
        Tenant cached = cache.getIfPresent(id);
        if (cached != null) {
            return Uni.createFrom().item(Optional.of(cached));
        }
        if (!isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        return database.session(id, () -> repository.findById(id)).map(row -> {
            if (row == null || row.deleting) {
                return Optional.<Tenant>empty();
            }
            Tenant tenant = row.tenant();
            remember(tenant);
            return Optional.of(tenant);
        });
    }

    /** The tenant as it stands in the database now; empty where there is none or it is being deleted. */
    public Uni<Optional<Tenant>> current(String id) {
        cache.invalidate(id);
        return find(id);
    }

    /** As {@link #current}; fails with {@link TenantProblem} where there is none. */
    public Uni<Tenant> get(String id) {
        return current(id).map(found -> found.orElseThrow(() -> noSuchTenant(id)));
    }

    /** Creates a tenant with default settings. */
    public Uni<Tenant> create(String id, @Nullable String displayName) {
        if (!isId(id)) {
            throw TenantProblem.invalid("id", "Must match [a-z0-9-]{1,63}.");
        }
        String name = displayName == null || displayName.isBlank() ? id : checkedDisplayName(displayName);
        return create(new TenantEntity(id, name, "{}", now()));
    }

    /** Creates a tenant as this row says. */
    Uni<Tenant> create(TenantEntity row) {
        String id = row.id;
        return database.session(
                        TenantDatabase.OPERATOR,
                        () -> repository
                                .findById(id)
                                .onItem()
                                .ifNotNull()
                                .failWith(() -> alreadyThere(id))
                                .chain(() -> repository.persistAndFlush(row)))
                .onFailure(
                        failure -> !(failure instanceof TenantProblem) && DatabaseFailures.isUniqueViolation(failure))
                .transform(failure -> alreadyThere(id))
                .map(TenantEntity::tenant);
    }

    /** Renames the tenant, or opens and closes its endpoint; null leaves as it is. */
    public Uni<Tenant> update(String id, @Nullable String displayName, @Nullable Boolean enabled) {
        managed.refuseChange(id);
        return change(id, row -> {
            if (displayName != null) {
                row.displayName = checkedDisplayName(displayName);
            }
            if (enabled != null) {
                row.enabled = enabled;
            }
        });
    }

    /** Takes the tenant out of sight at once; its data is erased by the rooms that keep it. */
    public Uni<Void> markDeleting(String id) {
        managed.refuseChange(id);
        return change(id, row -> row.deleting = true)
                .invoke(() -> cache.invalidate(id))
                .replaceWithVoid();
    }

    /** The ids of the tenants whose schemas have changed since their resources were indexed. */
    public Uni<List<String>> withReindexingDue() {
        return database.session(TenantDatabase.OPERATOR, repository::withReindexingDue)
                .map(rows -> rows.stream().map(row -> row.id).toList());
    }

    /** Notes that the resources are indexed by the schemas of the tenant's {@code version}; a later one makes it due again. */
    public Uni<Void> reindexed(String id, long version) {
        return database.session(
                        id, () -> repository.update("reindexDue = false where id = ?1 and version = ?2", id, version))
                .replaceWithVoid();
    }

    /** The row of a tenant, as it stands in the database now; fails with {@link TenantProblem} where there is none. */
    Uni<TenantEntity> row(String id) {
        return present(id, LockModeType.NONE, row -> {});
    }

    /** Changes the row of a tenant, which nobody else changes meanwhile. */
    Uni<Tenant> change(String id, Consumer<TenantEntity> change) {
        return present(id, LockModeType.PESSIMISTIC_WRITE, row -> {
                    change.accept(row);
                    row.lastModified = now();
                })
                .map(TenantEntity::tenant)
                .onTermination()
                .invoke(() -> cache.invalidate(id))
                .invoke(this::remember);
    }

    /** A read that began before a change must not hide it when it ends after the change: the newer version stays. */
    private void remember(Tenant tenant) {
        cache.asMap().merge(tenant.id(), tenant, (known, read) -> read.version() < known.version() ? known : read);
    }

    private static String checkedDisplayName(String displayName) {
        if (!isDisplayName(displayName)) {
            throw TenantProblem.invalid(
                    "displayName", "Must have between 1 and " + LONGEST_DISPLAY_NAME + " characters.");
        }
        return displayName;
    }

    /** Whether a text can be what people call a tenant. */
    static boolean isDisplayName(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST_DISPLAY_NAME && text.indexOf('\0') < 0;
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    static TenantProblem alreadyThere(String id) {
        return TenantProblem.conflict("There is a tenant " + id + " already, or its data is still being erased.");
    }

    /** The row after {@code work}, in one session; what cannot be an id is not asked for. */
    private Uni<TenantEntity> present(String id, LockModeType lock, Consumer<TenantEntity> work) {
        if (!isId(id)) {
            throw noSuchTenant(id);
        }
        return database.session(
                id,
                () -> repository.findById(id, lock).invoke(row -> {
                    if (row == null || row.deleting) {
                        throw noSuchTenant(id);
                    }
                    work.accept(row);
                }));
    }

    private static TenantProblem noSuchTenant(String id) {
        return TenantProblem.notFound(isId(id) ? "There is no tenant " + id + "." : "There is no such tenant.");
    }

    /** Whether a text can be a tenant's id at all. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
