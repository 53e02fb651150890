package dev.muster.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
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
    private final Event<SettingsChanged> settingsChanged;
    private final Cache<String, Tenant> cache = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(STALENESS)
            .build();

    Tenants(
            TenantDatabase database,
            TenantRepository repository,
            ManagedTenants managed,
            Event<SettingsChanged> settingsChanged) {
        this.database = database;
        this.repository = repository;
        this.managed = managed;
        this.settingsChanged = settingsChanged;
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

    private Uni<Tenant> create(TenantEntity row) {
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

    /** The settings document as it was written. */
    public Uni<Settings> settings(String id) {
        return database.session(id, () -> repository.findById(id)).map(row -> {
            if (row == null || row.deleting) {
                throw noSuchTenant(id);
            }
            return new Settings(row.settings(), row.version, List.of());
        });
    }

    /**
     * A tenant's settings.
     *
     * @param document the settings document as it was written
     * @param version of the tenant
     * @param changed the names of the settings that a change has made others
     */
    public record Settings(ObjectNode document, long version, List<String> changed) {}

    /**
     * Replaces the settings document, after it has been found acceptable as a whole.
     *
     * @param expected whether the version of the tenant is one that the change was made for
     */
    public Uni<Settings> putSettings(String id, ObjectNode document, LongPredicate expected) {
        return changeSettings(id, expected, current -> document);
    }

    /**
     * Changes the settings document by an RFC 7396 merge patch.
     *
     * @param expected whether the version of the tenant is one that the change was made for
     */
    public Uni<Settings> patchSettings(String id, ObjectNode patch, LongPredicate expected) {
        return changeSettings(id, expected, current -> (ObjectNode) MergePatch.apply(current, patch));
    }

    /**
     * Makes the tenant what a file says; whether anything had to be done.
     *
     * @return fails with {@link TenantProblem} where another server is making it at the moment, or it is being erased
     */
    Uni<Boolean> declare(TenantDeclaration declared) {
        String id = declared.id();
        return database.session(id, () -> repository.findById(id)).chain(row -> {
            if (row == null) {
                TenantEntity made = new TenantEntity(
                        id, declared.displayName(), declared.settings().toString(), now());
                made.enabled = declared.enabled();
                return create(made).replaceWith(true);
            }
            if (row.deleting) {
                throw alreadyThere(id);
            }
            return isAs(declared, row)
                    ? Uni.createFrom().item(false)
                    : redeclare(declared).replaceWith(true);
        });
    }

    private static boolean isAs(TenantDeclaration declared, TenantEntity row) {
        return row.displayName.equals(declared.displayName())
                && row.enabled == declared.enabled()
                && row.settings().equals(declared.settings());
    }

    private Uni<Tenant> redeclare(TenantDeclaration declared) {
        AtomicReference<List<String>> names = new AtomicReference<>(List.of());
        return change(declared.id(), row -> {
                    row.displayName = declared.displayName();
                    row.enabled = declared.enabled();
                    names.set(row.settings(declared.settings()));
                })
                .invoke(() -> announce(declared.id(), names.get()));
    }

    /** The tenant as it would be with another settings document, which must be acceptable; nothing is saved. */
    public Uni<Tenant> withSettings(String id, ObjectNode document) {
        return tried(id, current -> document);
    }

    /** The tenant as it would be after an RFC 7396 merge patch of its settings; nothing is saved. */
    public Uni<Tenant> withPatchedSettings(String id, ObjectNode patch) {
        return tried(id, current -> (ObjectNode) MergePatch.apply(current, patch));
    }

    private Uni<Tenant> tried(String id, Function<ObjectNode, ObjectNode> change) {
        return database.session(id, () -> repository.findById(id)).map(row -> {
            if (row == null || row.deleting) {
                throw noSuchTenant(id);
            }
            ObjectNode document = change.apply(row.settings());
            TenantSettings.check(document);
            return row.tenant(document);
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

    private Uni<Settings> changeSettings(String id, LongPredicate expected, Function<ObjectNode, ObjectNode> change) {
        managed.refuseChange(id);
        AtomicReference<@Nullable Settings> saved = new AtomicReference<>();
        return change(id, row -> {
                    if (!expected.test(row.version)) {
                        throw TenantProblem.changed("The settings have been changed meanwhile."
                                + " Read them again, and send the change with the ETag that they have now.");
                    }
                    ObjectNode document = change.apply(row.settings());
                    TenantSettings.check(document);
                    saved.set(new Settings(document, row.version, row.settings(document)));
                })
                .map(tenant -> {
                    Settings settings = Objects.requireNonNull(saved.get());
                    announce(id, settings.changed());
                    return new Settings(settings.document(), tenant.version(), settings.changed());
                });
    }

    private void announce(String id, List<String> changed) {
        if (!changed.isEmpty()) {
            settingsChanged.fire(new SettingsChanged(id, changed));
        }
    }

    private Uni<Tenant> change(String id, Consumer<TenantEntity> change) {
        return database.session(
                        id,
                        () -> repository
                                .findById(id, LockModeType.PESSIMISTIC_WRITE)
                                .map(row -> {
                                    if (row == null || row.deleting) {
                                        throw noSuchTenant(id);
                                    }
                                    change.accept(row);
                                    row.lastModified = now();
                                    return row;
                                }))
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

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static TenantProblem alreadyThere(String id) {
        return TenantProblem.conflict("There is a tenant " + id + " already, or its data is still being erased.");
    }

    private static TenantProblem noSuchTenant(String id) {
        return TenantProblem.notFound(isId(id) ? "There is no tenant " + id + "." : "There is no such tenant.");
    }

    /** Whether a text can be a tenant's id at all. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
