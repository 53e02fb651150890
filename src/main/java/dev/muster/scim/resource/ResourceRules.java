package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import dev.muster.scim.schema.Schema;
import java.util.List;
import java.util.stream.Stream;

/** What must hold for a canonical document as a whole. Immutable, for any number of requests at once. */
public final class ResourceRules {

    private final ResourceType type;
    private final List<Attribute> coreAttributes;
    private final Presence core;
    private final List<ExtensionRules> extensions;

    private record ExtensionRules(SchemaExtension extension, Presence presence) {}

    public ResourceRules(ResourceType type) {
        this.type = type;
        this.coreAttributes = Stream.concat(
                        type.common().stream().filter(common -> common.name().equals("externalId")),
                        type.schema().attributes().stream())
                .toList();
        this.core = new Presence("", coreAttributes);
        this.extensions = type.extensions().stream()
                .map(extension -> new ExtensionRules(
                        extension,
                        new Presence(
                                extension.schema().id() + ":",
                                extension.schema().attributes())))
                .toList();
    }

    /**
     * Refuses a document that lacks a required attribute, sub-attribute or extension, or that has an attribute with more than
     * one primary value. Values are not looked at again: what a client did not touch never makes its request fail.
     *
     * @throws ScimException invalidValue, naming the attribute
     */
    public void check(ObjectNode document) {
        core.check(document);
        for (ExtensionRules rules : extensions) {
            String id = rules.extension().schema().id();
            JsonNode attributes = document.path(id);
            boolean required = rules.extension().required();
            if (required || !attributes.isMissingNode()) {
                rules.presence().check(attributes);
            }
            if (required && attributes.isMissingNode()) {
                throw ScimException.invalidValue(
                        id + " is required: every " + type.name() + " must have attributes of this schema");
            }
        }
    }

    /**
     * What a PUT makes of a resource (RFC 7644 §3.5.1): attributes that the request leaves out are cleared, {@code externalId}
     * too; readOnly ones stay; immutable ones stay or must be the same. Under COMPAT a request without {@code active} leaves
     * it as it is: a client that does not manage {@code active} must not switch an account on or off.
     *
     * @param current the canonical document as it is; not changed
     * @param requested the canonical document that was sent; not changed
     * @throws ScimException mutability where an immutable attribute would change
     */
    public ObjectNode replaced(ObjectNode current, ObjectNode requested, Conformance conformance) {
        ObjectNode result = new Replacement("", conformance == Conformance.COMPAT ? "active" : "")
                .of(coreAttributes, current, requested);
        for (SchemaExtension extension : type.extensions()) {
            Schema schema = extension.schema();
            ObjectNode attributes = new Replacement(schema.id() + ":", "")
                    .of(schema.attributes(), object(current, schema.id()), object(requested, schema.id()));
            if (!attributes.isEmpty()) {
                result.set(schema.id(), attributes);
            }
        }
        refreshSchemas(result);
        return result;
    }

    /** Sets {@code schemas} to the core schema and the extensions that are present, in the order of the resource type. */
    public void refreshSchemas(ObjectNode document) {
        Documents.refreshSchemas(type, document);
    }

    private static ObjectNode object(ObjectNode document, String name) {
        return document.get(name) instanceof ObjectNode object ? object : document.objectNode();
    }
}
