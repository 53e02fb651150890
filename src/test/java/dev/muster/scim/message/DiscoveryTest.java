package dev.muster.scim.message;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Rfc7643;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.Schema;
import dev.muster.scim.schema.SchemaRegistry;
import dev.muster.scim.schema.StandardSchemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final String BASE = "https://example.com/v2";

    private final Discovery discovery = new Discovery(SchemaRegistry.standard(), BASE);

    @Test
    void resourceTypesAreThoseOfRfc7643Section86() {
        JsonNode examples = Rfc7643.example("8.6-resource-types");
        for (JsonNode example : examples) {
            ObjectNode expected = example.deepCopy();
            ObjectNode type =
                    discovery.resourceType(example.get("name").textValue()).orElseThrow();
            JsonNode extensions = type.remove("schemaExtensions");
            expected.remove("schemaExtensions");
            assertEquals(expected, type);
            assertEquals(example.path("schemaExtensions").size(), extensions.size());
        }
        assertEquals(2, discovery.resourceTypes().totalResults());
    }

    @Test
    void schemasSayWhereTheyAre() {
        JsonNode user =
                discovery.schema("URN:ietf:params:scim:schemas:core:2.0:user").orElseThrow();
        assertEquals(
                json("{'resourceType':'Schema','location':'" + BASE
                        + "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User'}"),
                user.get("meta"));
        assertTrue(discovery.schema("urn:example:none").isEmpty());
    }

    @Test
    void nothingInDiscoveryIsNull() {
        ObjectNode schemas = discovery.schemas().toJson();
        assertEquals(6, schemas.get("totalResults").intValue());
        assertEquals(6, schemas.get("itemsPerPage").intValue());
        assertEquals(1, schemas.get("startIndex").intValue());
        assertFalse(schemas.toString().contains(":null"));
    }

    @Test
    void theServiceProviderConfigHasTheMembersOfRfc7643Section85() {
        JsonNode example = Rfc7643.example("8.5-service-provider-config");
        ObjectNode config = ServiceProviderConfig.standard()
                .withDocumentation("http://example.com/help/scim.html")
                .toJson(BASE, false);
        for (String name : List.of("schemas", "documentationUri", "patch", "sort", "etag")) {
            assertEquals(example.get(name), config.get(name), name);
        }
        example.fieldNames().forEachRemaining(name -> assertTrue(config.has(name), name));
        assertEquals(
                json("{'supported':false,'maxOperations':0,'maxPayloadSize':0}"),
                json(config.get("bulk").toString()));
        assertEquals(json("{'supported':true,'maxResults':1000}"), config.get("filter"));
        assertEquals(
                "oauthbearertoken", config.at("/authenticationSchemes/0/type").textValue());
        assertEquals(
                BASE + "/ServiceProviderConfig", config.at("/meta/location").textValue());
    }

    /** The schema of Schema nests sub-attributes once more than it can describe (RFC 7643 §8.7.2). */
    @Test
    void discoveryDocumentsMeetTheirOwnSchemas() {
        meets(
                StandardSchemas.SERVICE_PROVIDER_CONFIG,
                ServiceProviderConfig.standard().toJson(BASE, false));
        discovery.resourceTypes().resources().forEach(type -> meets(StandardSchemas.RESOURCE_TYPE, type));
        discovery.schemas().resources().stream()
                .filter(schema -> !schema.get("id").textValue().equals(StandardSchemas.SCHEMA.id()))
                .forEach(schema -> meets(StandardSchemas.SCHEMA, schema));
    }

    private static void meets(Schema schema, ObjectNode document) {
        ObjectNode own = document.deepCopy();
        own.remove(List.of("schemas", "meta"));
        meets(schema.attributes(), own);
    }

    private static void meets(List<Attribute> attributes, JsonNode object) {
        List<String> names = attributes.stream().map(Attribute::name).toList();
        object.fieldNames().forEachRemaining(name -> assertTrue(names.contains(name), name));
        for (Attribute attribute : attributes) {
            JsonNode value = object.get(attribute.name());
            assertTrue(value != null || !attribute.required(), attribute.name());
            if (value != null) {
                assertEquals(attribute.multiValued(), value.isArray(), attribute.name());
            }
            if (value != null && attribute.complex()) {
                (attribute.multiValued() ? value : List.of(value))
                        .forEach(element -> meets(attribute.subAttributes(), element));
            }
        }
    }
}
