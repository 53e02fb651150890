package dev.muster.scim.resource;

import static dev.muster.scim.Json.json;
import static dev.muster.scim.Json.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceRulesTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.standard().with(List.of(ExtensionDeclaration.read(json("""
            {'id':'urn:example:site:2.0:User','required':true,'attributes':[
              {'name':'town','required':true}, {'name':'badge','mutability':'immutable'},
              {'name':'since','type':'dateTime','mutability':'immutable'},
              {'name':'floor','type':'integer','mutability':'readOnly','required':true},
              {'name':'pin','required':true,'mutability':'writeOnly'}, {'name':'code','required':true,'returned':'never'},
              {'name':'desk','type':'complex','subAttributes':[
                {'name':'room','required':true},{'name':'key','mutability':'immutable'},
                {'name':'map','mutability':'readOnly'},{'name':'lock','required':true,'mutability':'writeOnly'}]}]}
            """), "")));
    private static final ResourceRules SITE_USERS =
            new ResourceRules(REGISTRY.resourceType("User").orElseThrow());
    private static final ResourceType USER =
            SchemaRegistry.standard().resourceType("User").orElseThrow();
    private static final ResourceRules USERS = new ResourceRules(USER);
    private static final ResourceRules GROUPS =
            new ResourceRules(SchemaRegistry.standard().resourceType("Group").orElseThrow());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                 | userName is required
            {'userName':' '}                                                   | userName is required
            {'userName':'a'}                                                   | urn:example:site:2.0:User:town is required
            {'userName':'a','urn:example:site:2.0:User':{'badge':'1'}}         | urn:example:site:2.0:User:town is required
            {'userName':'a','urn:example:site:2.0:User':{'town':'x','desk':{'key':'1'}}} | urn:example:site:2.0:User:desk.room is required
            {'userName':'a','emails':[{'primary':true},{'primary':true}]}      | emails must have at most one value with primary true
            """)
    void whatIsMissingIsNamed(String document, String detail) {
        ScimException failure = assertThrows(ScimException.class, () -> SITE_USERS.check(object(document)));
        assertEquals(ScimType.INVALID_VALUE, failure.error().scimType());
        assertEquals(detail, failure.error().detail());
    }

    @Test
    void aRequiredExtensionWithoutRequiredAttributesIsNamed() {
        ResourceRules users = new ResourceRules(SchemaRegistry.standard()
                .with(List.of(ExtensionDeclaration.read(
                        json("{'id':'urn:example:site:2.0:User','required':true,'attributes':[{'name':'town'}]}"), "")))
                .resourceType("User")
                .orElseThrow());
        users.check(object("{'userName':'a','urn:example:site:2.0:User':{'town':'x'}}"));
        assertEquals(
                "urn:example:site:2.0:User is required: every User must have attributes of this schema",
                assertThrows(ScimException.class, () -> users.check(object("{'userName':'a'}")))
                        .error()
                        .detail());
    }

    @Test
    void whatIsThereIsEnough() {
        SITE_USERS.check(object("{'userName':'a','urn:example:site:2.0:User':{'town':'x'}}"));
        USERS.check(object("{'userName':'a','emails':[{'primary':true},{'primary':false},{}]}"));
    }

    @Test
    void aGroupNeedsANameAndItsMembersAValue() {
        assertThrows(ScimException.class, () -> GROUPS.check(object("{}")));
        assertThrows(
                ScimException.class, () -> GROUPS.check(object("{'displayName':'g','members':[{'display':'x'}]}")));
        GROUPS.check(object("{'displayName':'g'}"));
    }

    @Test
    void valuesAreNotLookedAtAgain() {
        USERS.check(object("{'userName':'a','active':'yes','unknown':1}"));
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void aPutClearsWhatItLeavesOut(Conformance conformance) {
        ObjectNode current =
                object("{'userName':'a','externalId':'7','title':'x','name':{'givenName':'G','familyName':'F'},"
                        + "'emails':[{'value':'a'}],'" + ENTERPRISE + "':{'department':'IT'}}");
        ObjectNode replaced = USERS.replaced(current, object("{'userName':'b','name':{'givenName':'H'}}"), conformance);
        assertEquals(object("{'userName':'b','name':{'givenName':'H'},'schemas':['" + CORE + "']}"), replaced);
    }

    @Test
    void aPutWithoutActiveLeavesItUnderCompat() {
        ObjectNode current = object("{'userName':'a','active':false}");
        ObjectNode requested = object("{'userName':'a'}");
        assertEquals(
                json("false"),
                USERS.replaced(current, requested, Conformance.COMPAT).get("active"));
        assertEquals(
                null, USERS.replaced(current, requested, Conformance.STRICT).get("active"));
        assertEquals(
                json("true"),
                USERS.replaced(current, object("{'userName':'a','active':true}"), Conformance.COMPAT)
                        .get("active"));
    }

    @Test
    void immutableValuesStayAndReadOnlyOnesToo() {
        String current =
                "{'town':'x','badge':'1','floor':3,'since':'2026-01-01T00:00:00Z','desk':{'room':'a','key':'k','map':'m'}}";
        assertEquals(
                json(
                        "{'town':'y','badge':'1','floor':3,'since':'2026-01-01T00:00:00Z','desk':{'room':'b','key':'k','map':'m'}}"),
                put(current, "{'town':'y','since':'2026-01-01T01:00:00+01:00','desk':{'room':'b'}}"));
        assertEquals(json("{'badge':'2'}"), put("{}", "{'badge':'2'}"));
        assertEquals(json("{'badge':'A'}"), put("{'badge':'A'}", "{'badge':'a'}"));
        for (String changed :
                List.of("{'badge':'2'}", "{'since':'2026-01-01T00:00:01Z'}", "{'desk':{'room':'a','key':'l'}}")) {
            ScimException failure = assertThrows(ScimException.class, () -> put(current, changed));
            assertEquals(ScimType.MUTABILITY, failure.error().scimType());
        }
    }

    @Test
    void schemasNamesWhatIsThere() {
        ObjectNode document = object("{'userName':'a','" + ENTERPRISE + "':{'department':'IT'}}");
        USERS.refreshSchemas(document);
        assertEquals(json("['" + CORE + "','" + ENTERPRISE + "']"), document.get("schemas"));
        document.set(ENTERPRISE, object("{}"));
        USERS.refreshSchemas(document);
        assertEquals(object("{'userName':'a','schemas':['" + CORE + "']}"), document);
    }

    private static JsonNode put(String current, String requested) {
        String id = "urn:example:site:2.0:User";
        return SITE_USERS
                .replaced(
                        object("{'userName':'a'}").set(id, object(current)),
                        object("{'userName':'a'}").set(id, object(requested)),
                        Conformance.COMPAT)
                .get(id);
    }
}
