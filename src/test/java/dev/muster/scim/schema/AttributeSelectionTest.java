package dev.muster.scim.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.scim.error.ScimException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left of a type when a part of its attributes is on, and what must be unique. */
class AttributeSelectionTest {

    private static final String ENTERPRISE = StandardSchemas.ENTERPRISE_USER.id();
    private static final ResourceType USER =
            SchemaRegistry.standard().resourceType("User").orElseThrow();

    @Test
    void whatIsNotNamedIsOff() {
        ResourceType user = only("title", "externalId");
        assertEquals(List.of("userName", "title"), names(user.schema().attributes()));
        assertEquals(List.of("schemas", "id", "externalId", "meta"), names(user.common()));
        assertTrue(user.extensions().isEmpty());
        assertTrue(user.partial());
        assertTrue(user.resolve(null, "displayName", null).isEmpty());
    }

    @Test
    void externalIdIsOffLikeAnyOther() {
        assertEquals(List.of("schemas", "id", "meta"), names(only("title").common()));
    }

    @Test
    void aComplexAttributeIsOnAsAWholeOrInParts() {
        assertEquals(
                USER.resolve(null, "name", null).orElseThrow(),
                only("name").resolve(null, "name", null).orElseThrow());
        assertEquals(List.of("givenName"), names(subAttributes(only("name.givenName"), "name")));
    }

    @Test
    void valuesOfAnAttributeThatIsOnInPartsCanBeToldApart() {
        assertEquals(
                List.of("locality", "type", "primary"), names(subAttributes(only("addresses.locality"), "addresses")));
        assertEquals(List.of("value", "type", "primary"), names(subAttributes(only("emails.value"), "emails")));
    }

    @Test
    void anExtensionHasWhatIsNamedOfIt() {
        ResourceType user = only(ENTERPRISE + ":department", ENTERPRISE + ":manager.value");
        assertEquals(
                List.of("department", "manager"),
                names(user.extension(ENTERPRISE).orElseThrow().attributes()));
        assertTrue(user.resolve(ENTERPRISE, "manager", "$ref").isEmpty());
    }

    @Test
    void whereAllIsOnNothingChanges() {
        List<AttributeRef> all = java.util.stream.Stream.concat(
                        USER.coreAttributes().map(attribute -> new AttributeRef(null, attribute, null)),
                        USER.extension(ENTERPRISE).orElseThrow().attributes().stream()
                                .map(attribute -> new AttributeRef(ENTERPRISE, attribute, null)))
                .toList();
        assertSame(USER, new AttributeSelection(all).of(USER));
    }

    @Test
    void requiredExtensionsStay() {
        ExtensionDeclaration declaration = ExtensionDeclaration.read(
                dev.muster.scim.Json.json("{'id':'urn:example:x','attributes':[{'name':'a'}],'required':true}"), "");
        SchemaRegistry registry = SchemaRegistry.standard()
                .with(List.of(declaration))
                .withOnly(
                        Map.of("User", List.of(USER.resolve(null, "title", null).orElseThrow())));
        ResourceType user = registry.resourceType("User").orElseThrow();
        assertTrue(user.extension("urn:example:x").isPresent());
        assertFalse(user.extension(ENTERPRISE).isPresent());
        assertTrue(registry.schema(ENTERPRISE).isEmpty());
        assertFalse(registry.resourceType("Group").orElseThrow().partial());
    }

    @Test
    void aComplexAttributeIsUniqueByItsValue() {
        ResourceType user = unique("emails", "externalId", ENTERPRISE + ":employeeNumber");
        assertEquals(
                Uniqueness.SERVER,
                user.resolve(null, "emails", "value").orElseThrow().target().uniqueness());
        assertEquals(
                Uniqueness.NONE,
                user.resolve(null, "emails", null).orElseThrow().target().uniqueness());
        assertEquals(
                Uniqueness.SERVER,
                user.resolve(null, "externalId", null).orElseThrow().target().uniqueness());
        assertEquals(
                Uniqueness.SERVER,
                user.resolve(ENTERPRISE, "employeeNumber", null)
                        .orElseThrow()
                        .target()
                        .uniqueness());
    }

    @Test
    void booleansAndComplexValuesCannotBeUnique() {
        assertThrows(ScimException.class, () -> unique("active"));
        assertThrows(ScimException.class, () -> unique("name"));
        assertThrows(ScimException.class, () -> unique("x509Certificates"));
    }

    private static ResourceType only(String... paths) {
        return SchemaRegistry.standard()
                .withOnly(Map.of("User", references(paths)))
                .resourceType("User")
                .orElseThrow();
    }

    private static ResourceType unique(String... paths) {
        return SchemaRegistry.standard()
                .withUnique("User", references(paths))
                .resourceType("User")
                .orElseThrow();
    }

    private static List<AttributeRef> references(String... paths) {
        return Arrays.stream(paths)
                .map(path -> {
                    String schema = path.startsWith(ENTERPRISE) ? ENTERPRISE : null;
                    String[] names = path.substring(schema == null ? 0 : ENTERPRISE.length() + 1)
                            .split("\\.");
                    return USER.resolve(schema, names[0], names.length == 1 ? null : names[1])
                            .orElseThrow();
                })
                .toList();
    }

    private static List<Attribute> subAttributes(ResourceType type, String name) {
        return type.resolve(null, name, null).orElseThrow().attribute().subAttributes();
    }

    private static List<String> names(List<Attribute> attributes) {
        return attributes.stream().map(Attribute::name).toList();
    }
}
