package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.Presence;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * RFC 7644 §3.5.2.2: "If an attribute is removed or becomes unassigned and is defined as a required attribute … the server
 * SHALL return … a "scimType" error code of "mutability"". Checked after the last operation, so that an attribute can be
 * removed and added again in one request. A value that is given but empty is invalidValue, as it is in a POST or PUT.
 */
final class RequiredRule {

    private final ResourceType type;

    RequiredRule(ResourceType type) {
        this.type = type;
    }

    void check(ObjectNode before, ObjectNode after, List<PatchOperation> operations) {
        Map<AttributeRef, Boolean> touched = new LinkedHashMap<>();
        for (PatchOperation operation : operations) {
            touched.merge(
                    operation.path().attribute().whole(),
                    operation instanceof PatchOperation.Remove,
                    Boolean::logicalOr);
        }
        touched.forEach(
                (attribute, removed) -> check(attribute, removed, value(before, attribute), value(after, attribute)));
        type.extensions().stream()
                .filter(ResourceType.SchemaExtension::required)
                .map(extension -> extension.schema().id())
                .filter(id -> before.has(id) && !after.has(id))
                .findFirst()
                .ifPresent(id -> {
                    throw required(id);
                });
    }

    private static void check(AttributeRef attribute, boolean removed, JsonNode before, JsonNode after) {
        if (attribute.attribute().required() && after.isMissingNode() && !before.isMissingNode()) {
            throw required(attribute.toString());
        }
        if (attribute.attribute().demanded()
                && !after.isMissingNode()
                && Presence.isMissing(after)
                && !after.equals(before)) {
            throw missing(attribute);
        }
        List<Attribute> demanded = attribute.attribute().subAttributes().stream()
                .filter(Attribute::demanded)
                .toList();
        if (demanded.isEmpty()) {
            return;
        }
        Set<JsonNode> unchanged = elements(before);
        for (JsonNode element : elements(after)) {
            for (Attribute sub : demanded) {
                if (Presence.isMissing(element.get(sub.name())) && !unchanged.contains(element)) {
                    throw removed ? required(attribute.sub(sub).toString()) : missing(attribute.sub(sub));
                }
            }
        }
    }

    private static Set<JsonNode> elements(JsonNode value) {
        Set<JsonNode> elements = new HashSet<>();
        if (value.isArray()) {
            value.forEach(elements::add);
        } else if (!value.isMissingNode()) {
            elements.add(value);
        }
        return elements;
    }

    private static JsonNode value(ObjectNode resource, AttributeRef reference) {
        JsonNode container = reference.extension() == null ? resource : resource.path(reference.extension());
        return container.path(reference.attribute().name());
    }

    private static ScimException required(String name) {
        return ScimException.mutability("'" + name + "' is required and cannot be removed; replace its value instead.");
    }

    private static ScimException missing(AttributeRef attribute) {
        return ScimException.invalidValue("'" + attribute + "' is required; give it a value.");
    }
}
