package dev.muster.scim.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Renders Schema and ResourceType resources (RFC 7643 §6, §7), without {@code meta}. Only what means something for an
 * attribute's type is written, and never a null: Entra ID reads /Schemas and stumbles over one.
 */
public final class SchemaWriter {

    /** The schema URI of a Schema resource. */
    public static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    /** The schema URI of a ResourceType resource. */
    public static final String RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";

    private SchemaWriter() {}

    /** The Schema resource of {@code schema}. */
    public static ObjectNode write(Schema schema) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(SCHEMA);
        json.put("id", schema.id());
        json.put("name", schema.name());
        json.put("description", schema.description());
        json.set("attributes", attributes(schema.attributes()));
        return json;
    }

    /** The ResourceType resource of {@code type}. */
    public static ObjectNode write(ResourceType type) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(RESOURCE_TYPE);
        json.put("id", type.name());
        json.put("name", type.name());
        json.put("description", type.description());
        json.put("endpoint", type.endpoint());
        json.put("schema", type.schema().id());
        ArrayNode extensions = json.putArray("schemaExtensions");
        for (ResourceType.SchemaExtension extension : type.extensions()) {
            extensions.addObject().put("schema", extension.schema().id()).put("required", extension.required());
        }
        return json;
    }

    private static ArrayNode attributes(List<Attribute> attributes) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        attributes.forEach(attribute -> json.add(attribute(attribute)));
        return json;
    }

    private static ObjectNode attribute(Attribute attribute) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", attribute.name());
        json.put("type", attribute.type().keyword());
        json.put("multiValued", attribute.multiValued());
        json.put("description", attribute.description());
        json.put("required", attribute.required());
        if (!attribute.canonicalValues().isEmpty()) {
            ArrayNode values = json.putArray("canonicalValues");
            attribute.canonicalValues().forEach(values::add);
        }
        if (attribute.restrictToCanonicalValues()) {
            json.put("restrictToCanonicalValues", true);
        }
        if (hasCase(attribute.type())) {
            json.put("caseExact", attribute.caseExact());
        }
        json.put("mutability", attribute.mutability().keyword());
        json.put("returned", attribute.returned().keyword());
        if (attribute.canBeUnique()) {
            json.put("uniqueness", attribute.uniqueness().keyword());
        }
        if (attribute.type() == AttributeType.REFERENCE) {
            ArrayNode types = json.putArray("referenceTypes");
            attribute.referenceTypes().forEach(types::add);
        }
        if (attribute.complex()) {
            json.set("subAttributes", attributes(attribute.subAttributes()));
        }
        return json;
    }

    private static boolean hasCase(AttributeType type) {
        return switch (type) {
            case STRING, REFERENCE, BINARY -> true;
            case BOOLEAN, DECIMAL, INTEGER, DATE_TIME, COMPLEX -> false;
        };
    }
}
