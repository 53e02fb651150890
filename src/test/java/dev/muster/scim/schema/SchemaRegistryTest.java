package dev.muster.scim.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.Json;
import dev.muster.scim.error.ScimException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaRegistryTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @Test
    void theRegistryOfTheInteropProfileLacksPasswordAlone() {
        List<String> names = SchemaRegistry.standard().resourceType("User").orElseThrow().schema().attributes().stream()
                .map(Attribute::name)
                .filter(name -> !name.equals("password"))
                .toList();
        ResourceType user =
                SchemaRegistry.ofInteropProfile().resourceType("User").orElseThrow();
        assertEquals(
                names, user.schema().attributes().stream().map(Attribute::name).toList());
        assertEquals(
                SchemaRegistry.standard().schemas().stream().map(Schema::id).toList(),
                SchemaRegistry.ofInteropProfile().schemas().stream()
                        .map(Schema::id)
                        .toList());
    }

    @Test
    void theRegistryOfTheInteropProfileDeclaresTheTypesOfValues() {
        assertFalse(SchemaRegistry.standard().declaresTypes());
        assertTrue(SchemaRegistry.ofInteropProfile().declaresTypes());
        Attribute roles = SchemaRegistry.ofInteropProfile()
                .resourceType("User")
                .flatMap(user -> user.schema().attribute("roles"))
                .orElseThrow();
        assertEquals(
                List.of("work", "home", "other"),
                roles.subAttribute("type").orElseThrow().canonicalValues());
    }

    @Test
    void findsTypesByNameAndEndpointAndSchemasInAnyCase() {
        SchemaRegistry registry = SchemaRegistry.standard();
        assertEquals("User", registry.byEndpoint("/Users").orElseThrow().name());
        assertEquals("/Groups", registry.resourceType("Group").orElseThrow().endpoint());
        assertTrue(registry.resourceType("Device").isEmpty());
        assertSame(
                StandardSchemas.USER,
                registry.schema("URN:ietf:params:scim:schemas:CORE:2.0:user").orElseThrow());
        assertEquals(6, registry.schemas().size());
    }

    @Test
    void resolvesAttributesInAnyCase() {
        ResourceType user = SchemaRegistry.standard().resourceType("User").orElseThrow();
        assertEquals(
                "userName", user.resolve(null, "USERNAME", null).orElseThrow().toString());
        assertEquals(
                "emails.value",
                user.resolve(null, "Emails", "VALUE").orElseThrow().toString());
        assertEquals(
                "meta.created",
                user.resolve(null, "meta", "created").orElseThrow().toString());
        assertEquals(
                ENTERPRISE + ":manager.$ref",
                user.resolve(ENTERPRISE.toUpperCase(java.util.Locale.ROOT), "Manager", "$REF")
                        .orElseThrow()
                        .toString());
        assertTrue(user.resolve(null, "department", null).isEmpty());
        assertTrue(user.resolve("urn:example:unknown", "department", null).isEmpty());
    }

    @Test
    void aDeclarationOfTheEnterpriseSchemaSaysWhatIsDifferent() {
        SchemaRegistry registry = SchemaRegistry.standard().with(List.of(declaration(ENTERPRISE, "User", true)));
        ResourceType user = registry.resourceType("User").orElseThrow();
        assertEquals(1, user.extensions().size());
        assertTrue(user.extensions().getFirst().required());
        assertTrue(user.extension(ENTERPRISE)
                .orElseThrow()
                .attribute("department")
                .orElseThrow()
                .restrictToCanonicalValues());
        Schema standard = SchemaRegistry.standard().schema(ENTERPRISE).orElseThrow();
        Schema changed = registry.schema(ENTERPRISE).orElseThrow();
        assertEquals(standard.name(), changed.name());
        assertEquals(
                standard.attributes().stream().map(Attribute::name).toList(),
                changed.attributes().stream().map(Attribute::name).toList());
        assertEquals(standard.attribute("division"), changed.attribute("division"));
        assertEquals(6, registry.schemas().size());
    }

    @Test
    void aNewExtensionIsAdded() {
        SchemaRegistry registry = SchemaRegistry.standard().with(List.of(declaration("urn:example:g", "Group", false)));
        assertTrue(registry.resourceType("Group")
                .orElseThrow()
                .extension("urn:EXAMPLE:g")
                .isPresent());
        assertTrue(SchemaRegistry.standard().schema("urn:example:g").isEmpty());
    }

    @Test
    void refusesWhatWouldBeAmbiguous() {
        refused(declaration("urn:example:g", "Device", false));
        refused(declaration("urn:ietf:params:scim:schemas:core:2.0:User", "User", false));
        refused(declaration("urn:ietf:params:scim:schemas:core:2.0:Schema", "User", false));
        refused(declaration("urn:example:g", "User", false), declaration("urn:EXAMPLE:g", "User", true));
        ExtensionDeclaration other = ExtensionDeclaration.read(
                Json.json("{'id':'urn:example:g','attributes':[{'name':'x'}],'resourceType':'Group'}"), "");
        refused(declaration("urn:example:g", "User", false), other);
    }

    @Test
    void aDeclarationsErrorBeginsWithItsPlaceInTheSettings() {
        ScimException failure = assertThrows(
                ScimException.class, () -> ExtensionDeclaration.read(Json.json("{'id':'User'}"), "/schemas/2"));
        assertTrue(
                failure.error().detail().startsWith("/schemas/2/id must"),
                failure.error().detail());
    }

    private static void refused(ExtensionDeclaration... declarations) {
        assertThrows(ScimException.class, () -> SchemaRegistry.standard().with(List.of(declarations)));
    }

    private static ExtensionDeclaration declaration(String id, String resourceType, boolean required) {
        return ExtensionDeclaration.read(
                Json.object(
                                "{'attributes':[{'name':'department','canonicalValues':['IT'],'restrictToCanonicalValues':true}]}")
                        .put("id", id)
                        .put("resourceType", resourceType)
                        .put("required", required),
                "/schemas/0");
    }
}
