package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.bulk.BulkMethod;
import dev.muster.scim.bulk.BulkOperation;
import dev.muster.scim.bulk.BulkPath;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Shown;
import dev.muster.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the operations of one Bulk request when their turn comes. The ids of what the request creates are given beforehand, so
 * that references to them are ids at once, also to what is created later (RFC 7644 §3.7.2).
 */
final class BulkPreparation {

    private static final Logger LOG = Logger.getLogger(BulkPreparation.class);

    /** Under a Tenant URL, but no resources (RFC 7644 §3.2, table 1). */
    private static final Set<String> NO_RESOURCES =
            Set.of("/Bulk", "/Me", "/.search", "/ServiceProviderConfig", "/ResourceTypes", "/Schemas");

    private final Tenant tenant;
    private final ResourceWrites writes;
    private final Map<String, Integer> creations;
    private final UUID[] ids;

    /** @param ids for what each operation may create, ascending */
    BulkPreparation(Tenant tenant, ResourceWrites writes, BulkRequest request, UUID[] ids) {
        this.tenant = tenant;
        this.writes = writes;
        this.creations = request.creations();
        this.ids = ids;
    }

    /** What the operation wants to be done, or why it cannot be. */
    BulkStep step(BulkOperation operation) {
        if (operation.fault() != null) {
            return step(operation, null, operation.fault());
        }
        try {
            return step(operation, write(operation), null);
        } catch (ScimException e) {
            return step(operation, null, e.error());
        } catch (RuntimeException e) {
            LOG.errorf(e, "tenant %s: unforeseen failure to read an operation of a Bulk request", tenant.id());
            return step(operation, null, BulkRun.UNEXPECTED);
        }
    }

    /** The operation without a look at what it wants. */
    BulkStep refused(BulkOperation operation, ScimError error) {
        return step(operation, null, error);
    }

    private BulkStep step(BulkOperation operation, @Nullable ResourceWrite write, @Nullable ScimError error) {
        List<Integer> references = BulkRequest.references(operation).stream()
                .map(creations::get)
                .filter(Objects::nonNull)
                .toList();
        String path = operation.method() == BulkMethod.POST ? null : path(operation.path());
        return new BulkStep(operation, path, references, write, error);
    }

    private ResourceWrite write(BulkOperation operation) {
        BulkPath path = Objects.requireNonNull(operation.path());
        ResourceType type = type(path);
        String id = String.valueOf(id(path));
        return switch (Objects.requireNonNull(operation.method())) {
            case POST -> writes.create(tenant, type, ids[operation.index()], data(operation));
            case PUT -> writes.replace(tenant, type, id, data(operation), operation.version());
            case PATCH -> writes.patch(tenant, type, id, data(operation), operation.version());
            case DELETE -> writes.delete(type, id, operation.version());
        };
    }

    private ObjectNode data(BulkOperation operation) {
        return Objects.requireNonNull(operation.data()).parse(Objects.requireNonNull(operation.method()), this::id);
    }

    private ResourceType type(BulkPath path) {
        if (NO_RESOURCES.contains(path.endpoint()) || ".search".equals(path.id())) {
            throw ScimException.invalidValue("'path' must name an endpoint of resources, such as /Users or /Groups;"
                    + " others cannot stand in a Bulk request.");
        }
        return tenant.schemas()
                .byEndpoint(path.endpoint())
                .orElseThrow(() -> ScimException.of(
                        404, "There is no such endpoint. The endpoints of this tenant stand in /ResourceTypes."));
    }

    /** The path with the id that a bulkId in it stands for; null where it names no resource. */
    private @Nullable String path(@Nullable BulkPath path) {
        if (path == null || path.id() == null) {
            return null;
        }
        Integer created = path.bulkId() == null ? null : creations.get(path.bulkId());
        return created == null ? path.toString() : path.endpoint() + "/" + ids[created];
    }

    private @Nullable String id(BulkPath path) {
        return path.bulkId() == null ? path.id() : id(path.bulkId());
    }

    /** The id of what the operation with that bulkId creates. */
    private String id(String bulkId) {
        Integer created = creations.get(bulkId);
        if (created == null) {
            throw ScimException.of(
                    409, "No POST operation of this request has the bulkId \"" + Shown.of(bulkId) + "\".");
        }
        return ids[created].toString();
    }
}
