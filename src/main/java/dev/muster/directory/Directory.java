package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.postgres.TenantConnections;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The resources of tenants: what the identity providers said, kept and found as RFC 7643 and RFC 7644 want it. Every write is
 * one transaction. Failures that the client must hear are {@link dev.muster.scim.error.ScimException}s.
 */
@ApplicationScoped
public class Directory {

    private final TenantConnections database;
    private final ResourceRepository resources;
    private final ResourceWrites writes;
    private final GroupMembers members;
    private final Conflicts conflicts;

    Directory(
            TenantConnections database,
            ResourceRepository resources,
            ResourceWrites writes,
            GroupMembers members,
            Conflicts conflicts) {
        this.database = database;
        this.resources = resources;
        this.writes = writes;
        this.members = members;
        this.conflicts = conflicts;
    }

    /** Creates a resource from a client's representation (RFC 7644 §3.3). */
    public Uni<WrittenResource> create(Tenant tenant, ResourceType type, JsonNode body) {
        return create(tenant, writes.create(tenant, type, ResourceIds.next(), body));
    }

    /** The resource; fails with 404 where the tenant has none of that type and id. */
    public Uni<StoredResource> get(Tenant tenant, ResourceType type, String id, boolean withGroups) {
        return ResourceIds.parse(id)
                .map(uuid -> database.statements(
                        tenant.id(), db -> resources.find(db, TenantScope.of(tenant), type, uuid, withGroups)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(found -> found.orElseThrow(() -> ResourceWrite.notFound(type)));
    }

    /**
     * Replaces a resource (RFC 7644 §3.5.1).
     *
     * @param withGroups whether the answer holds the groups that the resource is a member of
     */
    public Uni<WrittenResource> replace(
            Tenant tenant, ResourceType type, String id, JsonNode body, @Nullable String ifMatch, boolean withGroups) {
        return change(tenant, writes.replace(tenant, type, id, body, ifMatch), withGroups);
    }

    /**
     * Applies a PATCH request (RFC 7644 §3.5.2), whole or not at all.
     *
     * @param withGroups whether the answer holds the groups that the resource is a member of
     */
    public Uni<WrittenResource> patch(
            Tenant tenant, ResourceType type, String id, JsonNode body, @Nullable String ifMatch, boolean withGroups) {
        return change(tenant, writes.patch(tenant, type, id, body, ifMatch), withGroups);
    }

    /** Deletes a resource: it is gone, and its names are free (RFC 7644 §3.6). */
    public Uni<WrittenResource> delete(Tenant tenant, ResourceType type, String id, @Nullable String ifMatch) {
        return delete(tenant, writes.delete(type, id, ifMatch));
    }

    /** Carries out one write of a Bulk request as a request of its own would; fails as that would. */
    Uni<WriteOutcome> write(Tenant tenant, ResourceWrite write) {
        return switch (write) {
            case ResourceWrite.Create create -> create(tenant, create).map(WriteOutcome::stored);
            case ResourceWrite.Change change -> change(tenant, change, false).map(WriteOutcome::stored);
            case ResourceWrite.Delete delete ->
                delete(tenant, delete).map(gone -> new WriteOutcome.Deleted(gone.notes()));
        };
    }

    private Uni<WrittenResource> create(Tenant tenant, ResourceWrite.Create create) {
        Instant now = now();
        Uni<MembersOutcome> insert = create.members().isEmpty()
                ? database.statements(tenant.id(), db -> insert(db, tenant, create, now))
                        .replaceWith(MembersOutcome.NONE)
                : database.transaction(
                        tenant.id(),
                        db -> insert(db, tenant, create, now)
                                .chain(() -> members.add(db, tenant, create.id(), create.members(), now)));
        return conflicts.explained(insert, tenant.id(), create.type()).map(outcome -> create.written(now, outcome));
    }

    private Uni<Void> insert(SqlConnection db, Tenant tenant, ResourceWrite.Create create, Instant now) {
        return Conflicts.noted(
                resources.insert(db, tenant.id(), create.type(), create.id(), now, create.row()),
                create.id(),
                create.row());
    }

    private Uni<WrittenResource> change(Tenant tenant, ResourceWrite.Change change, boolean withGroups) {
        ResourceType type = change.type();
        Uni<WrittenResource> changed = database.transaction(
                tenant.id(),
                db -> resources
                        .lock(db, TenantScope.of(tenant), type, change.id(), withGroups)
                        .map(found -> ResourceWrite.matching(found, type, change.ifMatch()))
                        .chain(locked -> change(db, tenant, change, locked, now())));
        return conflicts.explained(changed, tenant.id(), type);
    }

    private Uni<WrittenResource> change(
            SqlConnection db,
            Tenant tenant,
            ResourceWrite.Change change,
            ResourceRepository.Locked locked,
            Instant now) {
        ResourceWrite.Next next = change.next(locked.resource());
        return members.apply(db, tenant, change.type(), change.id(), change.members(), now)
                .chain(outcome -> write(db, tenant, change.type(), locked, next, outcome, now));
    }

    /** Stores what has changed; what is already so is not written again: same version, same lastModified. */
    private Uni<WrittenResource> write(
            SqlConnection db,
            Tenant tenant,
            ResourceType type,
            ResourceRepository.Locked locked,
            ResourceWrite.Next next,
            MembersOutcome members,
            Instant now) {
        StoredResource old = locked.resource();
        WriteNotes notes = members.noted(next.notes());
        ResourceRow row = next.row();
        if (row != null) {
            return Conflicts.noted(resources.update(db, tenant.id(), type, locked, now, row), old.id(), row)
                    .replaceWith(new WrittenResource(old.changed(row.document(), now), notes));
        }
        return members.changed()
                ? resources
                        .touch(db, tenant.id(), type, old.id(), now)
                        .replaceWith(new WrittenResource(old.changed(old.document(), now), notes))
                : Uni.createFrom().item(new WrittenResource(old, notes));
    }

    private Uni<WrittenResource> delete(Tenant tenant, ResourceWrite.Delete delete) {
        return database.transaction(
                tenant.id(),
                db -> resources
                        .lockGroupsOf(db, tenant.id(), delete.id())
                        .chain(() -> resources.lock(db, TenantScope.of(tenant), delete.type(), delete.id(), false))
                        .map(found -> ResourceWrite.matching(found, delete.type(), delete.ifMatch()))
                        .chain(locked -> resources
                                .delete(db, tenant.id(), delete.type(), delete.id(), now())
                                .replaceWith(locked.resource()))
                        .map(gone -> new WrittenResource(gone, WriteNotes.ofDeleted(gone))));
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
