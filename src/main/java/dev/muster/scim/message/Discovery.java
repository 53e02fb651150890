package dev.muster.scim.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.scim.schema.SchemaWriter;
import java.util.Optional;

/**
 * The bodies of {@code /ResourceTypes} and {@code /Schemas} (RFC 7644 §4) for one tenant.
 *
 * @param registry the tenant's schemas
 * @param base the SCIM base URL, without a slash at its end
 */
public record Discovery(SchemaRegistry registry, String base) {

    /** All resource types. */
    public ListResponse resourceTypes() {
        return ListResponse.all(
                registry.resourceTypes().stream().map(this::render).toList());
    }

    /** The resource type of that name. */
    public Optional<ObjectNode> resourceType(String name) {
        return registry.resourceType(name).map(this::render);
    }

    /** All schemas. */
    public ListResponse schemas() {
        return ListResponse.all(registry.schemas().stream().map(this::render).toList());
    }

    /** The schema with that URI, in any case. */
    public Optional<ObjectNode> schema(String id) {
        return registry.schema(id).map(this::render);
    }

    private ObjectNode render(ResourceType type) {
        return withMeta(SchemaWriter.write(type), "ResourceType", "/ResourceTypes/" + type.name());
    }

    private ObjectNode render(Schema schema) {
        return withMeta(SchemaWriter.write(schema), "Schema", "/Schemas/" + schema.id());
    }

    private ObjectNode withMeta(ObjectNode json, String resourceType, String path) {
        json.putObject("meta").put("resourceType", resourceType).put("location", base + path);
        return json;
    }
}
