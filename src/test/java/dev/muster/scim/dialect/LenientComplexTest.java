package dev.muster.scim.dialect;

import static dev.muster.scim.Json.json;
import static dev.muster.scim.Json.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.StandardSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientComplexTest {

    private static final Attribute MANAGER =
            StandardSchemas.ENTERPRISE_USER.attribute("manager").orElseThrow();
    private static final Attribute NAME = StandardSchemas.USER.attribute("name").orElseThrow();
    private static final Attribute ROLES =
            StandardSchemas.USER.attribute("roles").orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'b6f2'                            | {'value':'b6f2'}
            4711                              | {'value':4711}
            ''                                | null
            {'value':'b6f2'}                  | {'value':'b6f2'}
            [{'$ref':'u','value':'b6f2'}]     | {'$ref':'u','value':'b6f2'}
            ['b6f2']                          | {'value':'b6f2'}
            ['a','b']                         | ['a','b']
            true                              | true
            """)
    void theManagerInEveryForm(String sent, String meant) {
        assertEquals(json(meant), LenientComplex.object(MANAGER, json(sent)));
    }

    @Test
    void aBareStringMeansNothingWithoutAValue() {
        assertEquals(json("'Barbara'"), LenientComplex.object(NAME, json("'Barbara'")));
    }

    @Test
    void aRoleInEveryFormThatEntraSends() {
        JsonNode role = json("{'id':'x','value':'x','displayName':'X'}");
        JsonNode text = TextNode.valueOf(role.toString());
        assertEquals(role, LenientComplex.object(ROLES, text));
        assertEquals(role, LenientComplex.object(ROLES, TextNode.valueOf("[" + role + "]")));
        assertEquals(
                json(
                        "{'primary':'True','type':'WindowsAzureActiveDirectoryRole','id':'x','value':'x','displayName':'X'}"),
                LenientComplex.object(
                        ROLES,
                        object("{'primary':'True','type':'WindowsAzureActiveDirectoryRole'}")
                                .set("value", text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            '{"colour":"red"}' | {'value':'{"colour":"red"}'}
            '{broken'          | {'value':'{broken'}
            '[{"value":"a"},{"value":"b"}]' | {'value':'[{"value":"a"},{"value":"b"}]'}
            """)
    void otherTextsThatLookLikeJsonStayTexts(String sent, String meant) {
        assertEquals(json(meant), LenientComplex.object(ROLES, json(sent)));
    }

    @Test
    void namesOfSubAttributesThatTheSchemaCallsOtherwise() {
        assertEquals(
                "value", SubAttributeAliases.find(MANAGER, "ID").orElseThrow().name());
        assertEquals(
                "display",
                SubAttributeAliases.find(ROLES, "displayName").orElseThrow().name());
        assertTrue(SubAttributeAliases.find(MANAGER, "displayName").isEmpty());
        assertTrue(SubAttributeAliases.find(NAME, "id").isEmpty());
        assertTrue(SubAttributeAliases.find(ROLES, "colour").isEmpty());
    }
}
