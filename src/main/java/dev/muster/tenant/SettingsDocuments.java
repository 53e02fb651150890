package dev.muster.tenant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Reads and changes the settings documents of tenants, and tries changes out. */
@ApplicationScoped
public class SettingsDocuments {

    private final Tenants tenants;
    private final ManagedTenants managed;
    private final Event<SettingsChanged> settingsChanged;

    SettingsDocuments(Tenants tenants, ManagedTenants managed, Event<SettingsChanged> settingsChanged) {
        this.tenants = tenants;
        this.managed = managed;
        this.settingsChanged = settingsChanged;
    }

    /** The settings document as it was written. */
    public Uni<Settings> get(String id) {
        return tenants.row(id).map(row -> new Settings(row.settings(), row.version, List.of()));
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
    public Uni<Settings> put(String id, ObjectNode document, LongPredicate expected) {
        return change(id, expected, current -> document);
    }

    /**
     * Changes the settings document by an RFC 7396 merge patch.
     *
     * @param expected whether the version of the tenant is one that the change was made for
     */
    public Uni<Settings> patch(String id, ObjectNode patch, LongPredicate expected) {
        return change(id, expected, current -> (ObjectNode) MergePatch.apply(current, patch));
    }

    /** The tenant as it would be with another settings document, which must be acceptable; nothing is saved. */
    public Uni<Tenant> tried(String id, ObjectNode document) {
        return tried(id, current -> document);
    }

    /** The tenant as it would be after an RFC 7396 merge patch of its settings; nothing is saved. */
    public Uni<Tenant> triedPatch(String id, ObjectNode patch) {
        return tried(id, current -> (ObjectNode) MergePatch.apply(current, patch));
    }

    private Uni<Tenant> tried(String id, Function<ObjectNode, ObjectNode> change) {
        return tenants.row(id).map(row -> {
            ObjectNode document = change.apply(row.settings());
            TenantSettings.check(document);
            return row.tenant(document);
        });
    }

    private Uni<Settings> change(String id, LongPredicate expected, Function<ObjectNode, ObjectNode> change) {
        managed.refuseChange(id);
        AtomicReference<@Nullable Settings> saved = new AtomicReference<>();
        return tenants.change(id, row -> {
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

    /** Has those hear of it who live by what has changed. */
    void announce(String id, List<String> changed) {
        if (!changed.isEmpty()) {
            settingsChanged.fire(new SettingsChanged(id, changed));
        }
    }
}
