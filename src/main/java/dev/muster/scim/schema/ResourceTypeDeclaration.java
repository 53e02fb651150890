package dev.muster.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.error.ScimException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tenant's wish to have a resource type of its own, as a ResourceType resource says it (RFC 7643 §6). Its schemas are
 * declared beside it.
 *
 * @param schema the id of the core schema
 * @param extensions the schema extensions by their ids
 */
public record ResourceTypeDeclaration(
        String name, String endpoint, String description, String schema, List<Extension> extensions) {

    /** A schema extension by its id, and whether every resource must carry it. */
    public record Extension(String schema, boolean required) {}

    private static final Set<String> MEMBERS =
            Set.of("schemas", "id", "name", "description", "endpoint", "schema", "schemaExtensions", "meta");
    private static final Set<String> EXTENSION_MEMBERS = Set.of("schema", "required");

    /** Names and endpoints stand in URLs; those of the protocol itself are taken (RFC 7644 §3.2, table 1). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    private static final Set<String> RESERVED =
            Set.of("/Me", "/Bulk", "/ServiceProviderConfig", "/ResourceTypes", "/Schemas");

    public ResourceTypeDeclaration {
        extensions = List.copyOf(extensions);
    }

    /**
     * Reads a ResourceType resource.
     *
     * @param pointer the JSON pointer of {@code json} in its document, put in front of an error's own; may be empty
     * @throws ScimException invalidValue; the detail begins with the JSON pointer of what is wrong
     */
    public static ResourceTypeDeclaration read(JsonNode json, String pointer) {
        LocatedJson located = new LocatedJson(json, pointer).object();
        located.knownMembers(MEMBERS);
        String name = located.text("name");
        if (!NAME.matcher(name).matches()) {
            throw located.wrongMember("name", "must be a name of letters, digits, - and _, such as Device");
        }
        if (!located.text("id", name).equals(name)) {
            throw located.wrongMember("id", "must be the name");
        }
        String endpoint = located.text("endpoint");
        if (!endpoint.startsWith("/")
                || !NAME.matcher(endpoint.substring(1)).matches()
                || RESERVED.contains(endpoint)) {
            throw located.wrongMember(
                    "endpoint",
                    "must be a path of one segment that the protocol does not use itself, such as /Devices");
        }
        List<Extension> extensions = located.elements("schemaExtensions").stream()
                .map(ResourceTypeDeclaration::extension)
                .toList();
        return new ResourceTypeDeclaration(
                name, endpoint, located.text("description", ""), located.text("schema"), extensions);
    }

    private static Extension extension(LocatedJson located) {
        located.object().knownMembers(EXTENSION_MEMBERS);
        return new Extension(located.text("schema"), located.flag("required", false));
    }
}
