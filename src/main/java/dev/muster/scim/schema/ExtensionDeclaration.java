package dev.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import java.util.Set;

/**
 * A tenant's wish to have a schema on a resource type.
 *
 * @param schema the extension, new or in place of one with the same id
 * @param resourceType the name of the type that carries it, such as {@code User}
 * @param required whether every resource of the type must carry it (RFC 7643 §6)
 */
public record ExtensionDeclaration(Schema schema, String resourceType, boolean required) {

    private static final Set<String> MEMBERS =
            Set.of("schemas", "id", "name", "description", "attributes", "meta", "resourceType", "required");

    /**
     * Reads a Schema resource that has {@code resourceType} (default {@code User}) and {@code required} (default false)
     * as two members more.
     *
     * @param pointer the JSON pointer of {@code json} in its document, put in front of an error's own; may be empty
     * @throws ScimException invalidValue; the detail begins with the JSON pointer of what is wrong
     */
    public static ExtensionDeclaration read(JsonNode json, String pointer) {
        LocatedJson located = new LocatedJson(json, pointer);
        Schema schema = SchemaReader.ofResources().read(located, MEMBERS);
        return new ExtensionDeclaration(schema, located.text("resourceType", "User"), located.flag("required", false));
    }
}
