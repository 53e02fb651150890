package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.LenientValues;
import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import dev.muster.scim.schema.Shown;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The {@code schemas} member of a resource that a client sent (RFC 7643 §3). Where lenient, it may be missing, and schemas
 * that are not known are ignored whatever becomes of attributes: Entra ID names one of its own for groups.
 */
final class SchemasMember {

    private SchemasMember() {}

    /** Refuses a {@code schemas} member that is not for {@code type}; {@code document} is what was made of the body. */
    static void check(
            ResourceType type,
            JsonNode body,
            ObjectNode document,
            boolean lenient,
            Unsupported unsupported,
            Ignored ignored) {
        JsonNode sent = find(body);
        if (lenient && (sent.isMissingNode() || sent.isNull() || (sent.isEmpty() && !sent.isTextual()))) {
            return;
        }
        JsonNode uris = lenient ? LenientValues.array(sent) : sent;
        if (!uris.isArray() || uris.isEmpty()) {
            throw ScimException.invalidSyntax(
                    "schemas must be an array with " + type.schema().id());
        }
        Set<String> named = new HashSet<>();
        for (JsonNode uri : uris) {
            if (!uri.isTextual()) {
                throw ScimException.invalidSyntax("schemas must be an array of strings");
            }
            named.add(uri.textValue().toLowerCase(Locale.ROOT));
            if (!isKnown(type, uri.textValue())) {
                boolean refused = !lenient && unsupported == Unsupported.REFUSED;
                refuseOrIgnore(type, uri.textValue(), refused, ignored);
            }
        }
        if (!named.contains(type.schema().id().toLowerCase(Locale.ROOT))) {
            throw ScimException.invalidSyntax(
                    "schemas must contain " + type.schema().id());
        }
        for (SchemaExtension extension : type.extensions()) {
            String id = extension.schema().id();
            if (!lenient && document.has(id) && !named.contains(id.toLowerCase(Locale.ROOT))) {
                throw ScimException.invalidSyntax("schemas must contain " + id + ", whose attributes are given");
            }
        }
    }

    private static JsonNode find(JsonNode body) {
        JsonNode found = null;
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (member.getKey().equalsIgnoreCase("schemas")) {
                if (found != null) {
                    throw ScimException.invalidSyntax("schemas is given more than once; names do not differ by case");
                }
                found = member.getValue();
            }
        }
        return found == null ? MissingNode.getInstance() : found;
    }

    private static boolean isKnown(ResourceType type, String uri) {
        return uri.equalsIgnoreCase(type.schema().id()) || type.extension(uri).isPresent();
    }

    private static void refuseOrIgnore(ResourceType type, String uri, boolean refused, Ignored ignored) {
        if (refused) {
            throw ScimException.invalidSyntax(
                    "schemas contains \"" + Shown.of(uri) + "\", which " + type.name() + " does not have");
        }
        ignored.add(uri);
    }
}
