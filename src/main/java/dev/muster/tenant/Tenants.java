package dev.muster.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.muster.postgres.DatabaseFailures;
import dev.muster.postgres.TenantDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Creates, finds, changes and deletes tenants. */
@ApplicationScoped
public class Tenants {

    /** How long another replica's change may stay unseen here. */
    public static final Duration STALENESS = Duration.ofSeconds(2);

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,63}");
    private static final int LONGEST_DISPLAY_NAME = 200;
    private static final int CURSOR_KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TenantDatabase database;
    private final TenantRepository repository;
    private final ObjectMapper json;
    private final Cache<String, Tenant> cache = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(STALENESS)
            .build();

    Tenants(TenantDatabase database, TenantRepository repository, ObjectMapper json) {
        this.database = database;
        this.repository = repository;
        this.json = json;
    }

    /** A page of tenants by id, after {@code after} (exclusive, null from the start). */
    public Uni<List<Tenant>> list(@Nullable String after, int limit) {
        return database.session(TenantDatabase.OPERATOR, () -> repository.page(after, limit))
                .map(rows -> rows.stream().map(this::tenant).toList());
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
            Tenant tenant = tenant(row);
            cache.put(id, tenant);
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
        TenantEntity row = new TenantEntity(id, name, "{}", newCursorKey(), now());
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
                .map(this::tenant);
    }

    /** Renames the tenant, or opens and closes its endpoint; null leaves as it is. */
    public Uni<Tenant> update(String id, @Nullable String displayName, @Nullable Boolean enabled) {
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
    public Uni<ObjectNode> settings(String id) {
        return database.session(id, () -> repository.findById(id)).map(row -> {
            if (row == null || row.deleting) {
                throw noSuchTenant(id);
            }
            return document(row);
        });
    }

    /**
     * Settings after a change.
     *
     * @param document the settings document as it was written
     * @param changed the names of the settings that are others now
     * @param schemasChanged whether the tenant's resources have to be indexed anew
     */
    public record Settings(ObjectNode document, List<String> changed, boolean schemasChanged) {}

    /** Replaces the settings document, after it has been found acceptable as a whole. */
    public Uni<Settings> putSettings(String id, ObjectNode document) {
        return changeSettings(id, current -> document);
    }

    /** Changes the settings document by an RFC 7396 merge patch. */
    public Uni<Settings> patchSettings(String id, JsonNode patch) {
        return changeSettings(id, current -> {
            if (MergePatch.apply(current, patch) instanceof ObjectNode merged) {
                return merged;
            }
            throw TenantProblem.invalid("/", "A merge patch of the settings must be a JSON object (RFC 7396).");
        });
    }

    /** Takes the tenant out of sight at once; its data is erased by the rooms that keep it. */
    public Uni<Void> markDeleting(String id) {
        return change(id, row -> row.deleting = true).replaceWithVoid();
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

    private Uni<Settings> changeSettings(String id, Function<ObjectNode, ObjectNode> change) {
        AtomicBoolean reindex = new AtomicBoolean();
        AtomicReference<List<String>> names = new AtomicReference<>(List.of());
        return change(id, row -> {
                    ObjectNode current = document(row);
                    ObjectNode changed = change.apply(current);
                    TenantSettings.check(changed);
                    if (!TenantSettings.parse(changed).equals(TenantSettings.parse(current))) {
                        row.projectionDue = UUID.randomUUID();
                    }
                    reindex.set(!changed.path("schemas").equals(current.path("schemas"))
                            || !changed.path("resourceTypes").equals(current.path("resourceTypes")));
                    names.set(differing(current, changed));
                    row.reindexDue |= reindex.get();
                    row.settings = changed.toString();
                })
                .chain(() -> settings(id))
                .map(document -> new Settings(document, names.get(), reindex.get()));
    }

    private static List<String> differing(ObjectNode before, ObjectNode after) {
        return Stream.concat(before.propertyStream(), after.propertyStream())
                .map(Map.Entry::getKey)
                .distinct()
                .filter(name -> !before.path(name).equals(after.path(name)))
                .toList();
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
                .map(this::tenant)
                .onTermination()
                .invoke(() -> cache.invalidate(id));
    }

    private Tenant tenant(TenantEntity row) {
        TenantSettings settings = TenantSettings.parse(document(row));
        return new Tenant(
                row.id,
                row.displayName,
                row.enabled,
                settings,
                settings.registry(),
                new SecretKeySpec(row.cursorKey, "AES"),
                row.version,
                row.created,
                row.lastModified);
    }

    private static byte[] newCursorKey() {
        byte[] key = new byte[CURSOR_KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    private ObjectNode document(TenantEntity row) {
        try {
            return (ObjectNode) json.readTree(row.settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the settings of tenant " + row.id + " are not JSON", e);
        }
    }

    private static String checkedDisplayName(String displayName) {
        if (displayName.isBlank() || displayName.length() > LONGEST_DISPLAY_NAME || displayName.indexOf('\0') >= 0) {
            throw TenantProblem.invalid(
                    "displayName", "Must have between 1 and " + LONGEST_DISPLAY_NAME + " characters.");
        }
        return displayName;
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
