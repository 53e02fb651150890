package dev.muster.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.muster.tenant.settings.AccountField;
import dev.muster.tenant.settings.AccountRules;
import dev.muster.tenant.settings.AttributeRules;
import dev.muster.tenant.settings.DeletionGuard;
import dev.muster.tenant.settings.Departments;
import dev.muster.tenant.settings.Deprovisioning;
import dev.muster.tenant.settings.Matching;
import dev.muster.tenant.settings.RoleMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema, the records and the defaults say the same. */
class SettingsSchemaTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode SCHEMA = SettingsSchema.document();
    private static final Set<String> OF_SCIM =
            Set.of("preset", "conformance", "schemas", "resourceTypes", "logRetentionDays");

    @Test
    void isAJsonSchema() {
        JsonSchema dialect = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(Set.of(), dialect.validate(SCHEMA));
    }

    @Test
    void hasEverySettingAndNoOther() {
        Set<String> settings = new TreeSet<>(OF_SCIM);
        settings.addAll(names(AccountRules.class));
        assertEquals(settings, properties(SCHEMA));
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                Arguments.of(AttributeRules.class, "/properties/attributes"),
                Arguments.of(Matching.class, "/properties/matching"),
                Arguments.of(Deprovisioning.class, "/properties/deprovisioning"),
                Arguments.of(Departments.class, "/properties/departments"),
                Arguments.of(DeletionGuard.class, "/properties/deletionGuard"),
                Arguments.of(AccountField.class, "/$defs/accountField"),
                Arguments.of(RoleMapping.class, "/$defs/roleMapping"));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void hasEveryComponentOfARecordWithItsDefault(Class<?> part, String place) throws Exception {
        JsonNode schema = SCHEMA.at(place);
        assertEquals(names(part), properties(schema));
        assertFalse(schema.path("additionalProperties").asBoolean(true));
        JsonNode absent = JSON.valueToTree(JSON.readValue("{}", part));
        for (String name : names(part)) {
            JsonNode property = schema.path("properties").path(name);
            JsonNode inSchema = property.path("default");
            JsonNode inRecord = absent.path(name);
            if (inRecord.isMissingNode()) {
                assertTrue(inSchema.isEmpty(), name + " has no default in the record");
            } else {
                assertEquals(inSchema, inRecord, name);
            }
        }
    }

    @Test
    void hasTheDefaultsOfTheRecords() {
        ObjectNode defaults = TenantSettings.withDefaults(JsonNodeFactory.instance.objectNode());
        SCHEMA.path("properties")
                .properties()
                .forEach(setting -> assertEquals(
                        setting.getValue().path("default"), defaults.get(setting.getKey()), setting.getKey()));
        assertEquals(properties(SCHEMA), names(defaults));
    }

    @Test
    void listsEveryValueOfAnEnumeration() {
        assertListed(AccountRules.class, SCHEMA);
        parts().forEach(part -> assertListed((Class<?>) part.get()[0], SCHEMA.at((String) part.get()[1])));
        Set<String> keys = values(SCHEMA.at("/$defs/key/enum"));
        assertEquals(keywords(Matching.Key.class), keys);
    }

    @Test
    void describesEverySetting() {
        List<String> silent = new ArrayList<>();
        SCHEMA.path("properties")
                .properties()
                .forEach(setting -> describe(setting.getKey(), setting.getValue(), silent));
        describe("accountField", SCHEMA.at("/$defs/accountField"), silent);
        describe("roleMapping", SCHEMA.at("/$defs/roleMapping"), silent);
        assertEquals(List.of(), silent);
    }

    private static void describe(String name, JsonNode schema, List<String> silent) {
        if (schema.path("title").asText().isEmpty()
                || schema.path("description").asText().isEmpty()) {
            silent.add(name);
        }
        schema.path("properties")
                .properties()
                .forEach(member -> describe(name + "." + member.getKey(), member.getValue(), silent));
    }

    private static void assertListed(Class<?> part, JsonNode schema) {
        for (BeanPropertyDefinition property : description(part).findProperties()) {
            Class<?> type = property.getRawPrimaryType();
            if (type.isEnum()) {
                JsonNode listed =
                        schema.path("properties").path(property.getName()).path("enum");
                assertEquals(keywords(type), values(listed), property.getName());
            }
        }
    }

    private static Set<String> keywords(Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> JSON.valueToTree(constant).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> values(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Class<?> part) {
        return description(part).findProperties().stream()
                .map(BeanPropertyDefinition::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static BeanDescription description(Class<?> part) {
        JavaType type = JSON.constructType(part);
        return JSON.getSerializationConfig().introspect(type);
    }

    private static Set<String> properties(JsonNode schema) {
        return names((ObjectNode) schema.path("properties"));
    }

    private static Set<String> names(ObjectNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
