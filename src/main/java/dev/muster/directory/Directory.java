package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.limit.Limits;
import dev.muster.postgres.TenantDatabase;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.patch.PatchApplier;
import dev.muster.scim.patch.PatchOperation;
import dev.muster.scim.patch.PatchParser;
import dev.muster.scim.patch.PatchPartition;
import dev.muster.scim.resource.CanonicalResource;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The resources of tenants: what the identity providers said, kept and found as RFC 7643 and RFC 7644 want it. Every write is
 * one transaction. Failures that the client must hear are {@link ScimException}s.
 */
@ApplicationScoped
public class Directory {

    private final TenantDatabase database;
    private final ResourceRepository resources;
    private final GroupMembers members;
    private final Conflicts conflicts;
    private final Limits limits;

    Directory(
            TenantDatabase database,
            ResourceRepository resources,
            GroupMembers members,
            Conflicts conflicts,
            Limits limits) {
        this.database = database;
        this.resources = resources;
        this.members = members;
        this.conflicts = conflicts;
        this.limits = limits;
    }

    /** Creates a resource from a client's representation (RFC 7644 §3.3). */
    public Uni<StoredResource> create(Tenant tenant, ResourceType type, JsonNode body) {
        CanonicalResource canonical = new Canonicalizer(type, tenant.settings().conformance()).resource(body);
        ObjectNode document = canonical.document();
        new ResourceRules(type).check(document);
        List<UUID> memberIds = members.detach(type, document);
        ResourceRow row = ResourceRow.of(type, document);
        UUID id = ResourceIds.next();
        Instant now = now();
        StoredResource created = new StoredResource(type.name(), id, 1, now, now, row.document(), List.of());
        Uni<Void> insert = memberIds.isEmpty()
                ? database.statements(
                        tenant.id(),
                        db -> Conflicts.noted(resources.insert(db, tenant.id(), type, id, now, row), id, row))
                : database.transaction(
                        tenant.id(),
                        db -> Conflicts.noted(resources.insert(db, tenant.id(), type, id, now, row), id, row)
                                .chain(() -> members.add(db, tenant.id(), id, memberIds, now))
                                .replaceWithVoid());
        return conflicts.explained(insert, tenant.id(), type).replaceWith(created);
    }

    /** The resource; fails with 404 where the tenant has none of that type and id. */
    public Uni<StoredResource> get(Tenant tenant, ResourceType type, String id, boolean withGroups) {
        return ResourceIds.parse(id)
                .map(uuid ->
                        database.statements(tenant.id(), db -> resources.find(db, tenant.id(), type, uuid, withGroups)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(found -> found.orElseThrow(() -> notFound(type)));
    }

    /** One page of the resources that a query means. */
    public Uni<SearchPage> search(Tenant tenant, ResourceType type, SearchQuery query, boolean withGroups) {
        return database.statements(
                tenant.id(),
                db -> query.count() == 0
                        ? resources
                                .count(db, tenant.id(), type, query)
                                .map(total -> new SearchPage(total, query.startIndex(), List.of()))
                        : resources
                                .search(db, tenant.id(), type, query, withGroups)
                                .chain(found -> total(db, tenant, type, query, found)
                                        .map(total -> new SearchPage(total, query.startIndex(), found))));
    }

    /**
     * Replaces a resource (RFC 7644 §3.5.1).
     *
     * @param withGroups whether the answer holds the groups that the resource is a member of
     */
    public Uni<StoredResource> replace(
            Tenant tenant, ResourceType type, String id, JsonNode body, @Nullable String ifMatch, boolean withGroups) {
        Canonicalizer canonicalizer = new Canonicalizer(type, tenant.settings().conformance());
        ObjectNode requested = canonicalizer.resource(body).document();
        boolean keepMembers = members.unmentioned(type, body, tenant.settings().conformance());
        List<UUID> memberIds = members.detach(type, requested);
        return change(tenant, type, id, ifMatch, withGroups, (db, locked, now) -> {
            ObjectNode current = Documents.parse(locked.resource().document());
            ResourceRules rules = new ResourceRules(type);
            ObjectNode replaced =
                    rules.replaced(current, requested, tenant.settings().conformance());
            rules.check(replaced);
            Uni<Boolean> membersChanged = keepMembers || !members.hasMembers(type)
                    ? Uni.createFrom().item(false)
                    : members.replace(db, tenant.id(), locked.resource().id(), memberIds, now);
            return membersChanged.chain(changed -> write(db, tenant, type, locked, current, replaced, changed, now));
        });
    }

    /**
     * Applies a PATCH request (RFC 7644 §3.5.2), whole or not at all.
     *
     * @param withGroups whether the answer holds the groups that the resource is a member of
     */
    public Uni<StoredResource> patch(
            Tenant tenant, ResourceType type, String id, JsonNode body, @Nullable String ifMatch, boolean withGroups) {
        Conformance conformance = tenant.settings().conformance();
        List<PatchOperation> operations =
                new PatchParser(type, conformance, limits.patch(), limits.filter()).parse(body);
        PatchPartition partition = members.hasMembers(type)
                ? PatchPartition.of(operations, conformance)
                : new PatchPartition(operations, List.of());
        return change(tenant, type, id, ifMatch, withGroups, (db, locked, now) -> {
            ObjectNode current = Documents.parse(locked.resource().document());
            ObjectNode patched = partition.document().isEmpty()
                    ? current
                    : new PatchApplier(type, conformance).apply(current, partition.document());
            return members.apply(db, tenant.id(), type, locked.resource().id(), partition.members(), now)
                    .chain(changed -> write(db, tenant, type, locked, current, patched, changed, now));
        });
    }

    /** Deletes a resource: it is gone, and its names are free (RFC 7644 §3.6). */
    public Uni<Void> delete(Tenant tenant, ResourceType type, String id, @Nullable String ifMatch) {
        Optional<UUID> uuid = ResourceIds.parse(id);
        if (uuid.isEmpty()) {
            return Uni.createFrom().failure(notFound(type));
        }
        return database.transaction(
                tenant.id(),
                db -> resources
                        .lockGroupsOf(db, tenant.id(), uuid.get())
                        .chain(() -> resources.lock(db, tenant.id(), type, uuid.get(), false))
                        .invoke(found -> matching(found, type, ifMatch))
                        .chain(() -> resources.delete(db, tenant.id(), type, uuid.get(), now()))
                        .replaceWithVoid());
    }

    /** What is done with a resource while it is locked. */
    private interface Change {
        Uni<StoredResource> apply(SqlConnection db, ResourceRepository.Locked locked, Instant now);
    }

    private Uni<StoredResource> change(
            Tenant tenant, ResourceType type, String id, @Nullable String ifMatch, boolean withGroups, Change change) {
        Optional<UUID> uuid = ResourceIds.parse(id);
        if (uuid.isEmpty()) {
            return Uni.createFrom().failure(notFound(type));
        }
        Uni<StoredResource> changed = database.transaction(
                tenant.id(),
                db -> resources
                        .lock(db, tenant.id(), type, uuid.get(), withGroups)
                        .map(found -> matching(found, type, ifMatch))
                        .chain(locked -> change.apply(db, locked, now())));
        return conflicts.explained(changed, tenant.id(), type);
    }

    /** Stores what has changed; what is already so is not written again: same version, same lastModified. */
    private Uni<StoredResource> write(
            SqlConnection db,
            Tenant tenant,
            ResourceType type,
            ResourceRepository.Locked locked,
            ObjectNode current,
            ObjectNode changed,
            boolean membersChanged,
            Instant now) {
        StoredResource old = locked.resource();
        if (changed.equals(current)) {
            return membersChanged
                    ? resources
                            .touch(db, tenant.id(), type, old.id(), now)
                            .replaceWith(old.changed(old.document(), now))
                    : Uni.createFrom().item(old);
        }
        ResourceRow row = ResourceRow.of(type, changed);
        return Conflicts.noted(resources.update(db, tenant.id(), type, locked, now, row), old.id(), row)
                .replaceWith(old.changed(row.document(), now));
    }

    private Uni<Long> total(
            SqlConnection db, Tenant tenant, ResourceType type, SearchQuery query, List<StoredResource> found) {
        boolean last = found.size() < query.count() && (!found.isEmpty() || query.startIndex() == 1);
        return last
                ? Uni.createFrom().item(query.startIndex() - 1 + found.size())
                : resources.count(db, tenant.id(), type, query);
    }

    private static ResourceRepository.Locked matching(
            Optional<ResourceRepository.Locked> found, ResourceType type, @Nullable String ifMatch) {
        ResourceRepository.Locked locked = found.orElseThrow(() -> notFound(type));
        if (ifMatch != null && !EntityTags.matches(ifMatch, locked.resource().version())) {
            throw ScimException.of(
                    412, "The resource has changed: its version is not the one in If-Match. Read it again and retry.");
        }
        return locked;
    }

    private static ScimException notFound(ResourceType type) {
        return ScimException.of(404, "There is no " + type.name() + " with this id.");
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
