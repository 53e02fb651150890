package dev.muster.scim.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.Json;
import dev.muster.scim.Rfc7643;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaReaderTest {

    @Test
    void readsTheResourceSchemasOfRfc7643Section871() {
        JsonNode schemas = Rfc7643.example("8.7.1-resource-schemas");
        for (JsonNode schema : schemas) {
            Schema read = SchemaReader.ofResources().read(schema);
            Schema ours = SchemaRegistry.standard().schema(read.id()).orElseThrow();
            for (Attribute attribute : read.attributes()) {
                Attribute our = ours.attribute(attribute.name()).orElseThrow();
                assertEquals(attribute.type(), our.type(), attribute.name());
                assertEquals(attribute.multiValued(), our.multiValued(), attribute.name());
                assertEquals(attribute.returned(), our.returned(), attribute.name());
                assertEquals(attribute.mutability(), our.mutability(), attribute.name());
                for (Attribute sub : attribute.subAttributes()) {
                    assertEquals(
                            sub.type(),
                            our.subAttribute(sub.name()).orElseThrow().type(),
                            sub.name());
                }
            }
        }
        assertEquals(3, schemas.size());
    }

    @Test
    void readsTheServiceProviderSchemasOfRfc7643Section872() {
        for (JsonNode schema : Rfc7643.example("8.7.2-service-provider-schemas")) {
            Schema read = SchemaReader.ofDiscovery().read(schema);
            Schema ours = SchemaRegistry.standard().schema(read.id()).orElseThrow();
            read.attributes()
                    .forEach(attribute ->
                            assertTrue(ours.attribute(attribute.name()).isPresent()));
        }
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        for (Schema schema : SchemaRegistry.standard().schemas()) {
            JsonNode written = SchemaWriter.write(schema);
            assertEquals(schema, SchemaReader.ofDiscovery().read(written));
            assertFalse(written.toString().contains("null"), schema.id());
        }
    }

    @Test
    void appliesTheDefaultsOfSection22() {
        Attribute attribute = read("{'name':'badge'}").attributes().getFirst();
        assertEquals(AttributeType.STRING, attribute.type());
        assertEquals(Mutability.READ_WRITE, attribute.mutability());
        assertEquals(Returned.DEFAULT, attribute.returned());
        assertEquals(Uniqueness.NONE, attribute.uniqueness());
        assertFalse(attribute.required() || attribute.caseExact() || attribute.multiValued());
    }

    @Test
    void referencesAndBinariesAreCaseExact() {
        assertTrue(
                read("{'name':'a','type':'reference'}").attributes().getFirst().caseExact());
        assertTrue(read("{'name':'a','type':'binary'}").attributes().getFirst().caseExact());
    }

    @Test
    void keepsAClosedValueList() {
        Schema schema = read("{'name':'site','canonicalValues':['Bern','Basel'],'restrictToCanonicalValues':true}");
        assertTrue(schema.attributes().getFirst().restrictToCanonicalValues());
        assertTrue(SchemaWriter.write(schema)
                .at("/attributes/0/restrictToCanonicalValues")
                .booleanValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'name':'1st'}                                                  | /attributes/0 has the name
            {'type':'string'}                                               | /attributes/0/name is required
            {'name':'a'},{'name':'A'}                                       | /attributes/1 repeats the name A
            {'name':'a','type':'text'}                                      | /attributes/0/type must be one of string
            {'name':'a','mutability':'none'}                                | /attributes/0/mutability must be one of
            {'name':'a','returned':'some'}                                  | /attributes/0/returned must be one of
            {'name':'a','uniqueness':'tenant'}                              | /attributes/0/uniqueness must be one of
            {'name':'a','requird':true}                                     | /attributes/0 has an unknown member "requird"
            {'name':'a','required':'yes'}                                   | /attributes/0/required must be true or false
            {'name':'a','subAttributes':[{'name':'b'}]}                     | /attributes/0 has subAttributes
            {'name':'a','type':'complex'}                                   | /attributes/0 is complex and needs
            {'name':'a','restrictToCanonicalValues':true}                   | /attributes/0 restricts to canonicalValues
            {'name':'a','type':'boolean','canonicalValues':['true']}        | /attributes/0 has canonicalValues
            {'name':'a','canonicalValues':[1]}                              | /attributes/0/canonicalValues/0 must be a string
            {'name':'a','type':'complex','subAttributes':[{'name':'b','type':'complex','subAttributes':[{'name':'c'}]}]} | /attributes/0/subAttributes/0 is complex inside
            """)
    void saysWhereASchemaIsWrong(String attributes, String detail) {
        ScimException failure = assertThrows(ScimException.class, () -> read(attributes));
        assertEquals(ScimType.INVALID_VALUE, failure.error().scimType());
        assertTrue(failure.error().detail().startsWith(detail), failure.error().detail());
    }

    @ParameterizedTest
    @CsvSource({"User", "http://example.com/User", "urn:x", "urn:example:a b", "urn:example:2.0:User:"})
    void theIdIsAUrn(String id) {
        JsonNode json = Json.object("{'attributes':[{'name':'a'}]}").put("id", id);
        ScimException failure = assertThrows(
                ScimException.class, () -> SchemaReader.ofResources().read(json));
        assertTrue(
                failure.error().detail().startsWith("/id must be a URN"),
                failure.error().detail());
    }

    private static Schema read(String attributes) {
        return SchemaReader.ofResources()
                .read(Json.json("{'id':'urn:example:2.0:User','attributes':[" + attributes + "]}"));
    }
}
