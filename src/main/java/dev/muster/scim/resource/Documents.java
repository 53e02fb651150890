package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;

/** What holds for every canonical document. */
final class Documents {

    private Documents() {}

    /** Sets {@code schemas} to the core schema and the extensions that are present, and drops extensions that are empty. */
    static void refreshSchemas(ResourceType type, ObjectNode document) {
        ArrayNode schemas = document.arrayNode(1 + type.extensions().size());
        schemas.add(type.schema().id());
        for (SchemaExtension extension : type.extensions()) {
            String id = extension.schema().id();
            JsonNode attributes = document.get(id);
            if (attributes != null && attributes.isEmpty()) {
                document.remove(id);
            } else if (attributes != null) {
                schemas.add(id);
            }
        }
        document.set("schemas", schemas);
    }
}
