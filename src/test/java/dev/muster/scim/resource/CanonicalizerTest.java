package dev.muster.scim.resource;

import static dev.muster.scim.Json.json;
import static dev.muster.scim.Json.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Rfc7643;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ExtensionDeclaration;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalizerTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String SITE = "urn:example:site:2.0:User";

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.standard().with(List.of(ExtensionDeclaration.read(json("""
            {'id':'urn:example:site:2.0:User','attributes':[
              {'name':'floor','type':'integer'}, {'name':'share','type':'decimal'}, {'name':'since','type':'dateTime'},
              {'name':'badge','type':'binary'}, {'name':'tags','multiValued':true},
              {'name':'town','canonicalValues':['Bern','Zürich'],'restrictToCanonicalValues':true},
              {'name':'code','caseExact':true,'canonicalValues':['A1'],'restrictToCanonicalValues':true},
              {'name':'desk','type':'complex','subAttributes':[{'name':'room'},{'name':'seat','type':'integer'}]}]}
            """), "")));
    private static final ResourceType USER = REGISTRY.resourceType("User").orElseThrow();
    private static final ResourceType GROUP = REGISTRY.resourceType("Group").orElseThrow();

    private final Canonicalizer compat = new Canonicalizer(USER, Conformance.COMPAT);
    private final Canonicalizer strict = new Canonicalizer(USER, Conformance.STRICT);

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void takesTheUsersOfRfc7643Sections81To83(Conformance conformance) {
        for (String section : List.of("8.1-minimal-user", "8.2-full-user", "8.3-enterprise-user")) {
            ObjectNode example = (ObjectNode) Rfc7643.example(section);
            CanonicalResource resource = new Canonicalizer(USER, conformance).resource(example);
            ObjectNode expected = example.deepCopy();
            expected.remove(List.of("id", "meta", "groups", "password"));
            if (expected.get(ENTERPRISE) != null) {
                ((ObjectNode) expected.at("/" + ENTERPRISE + "/manager")).remove("displayName");
            }
            assertEquals(expected, resource.document(), section);
            assertTrue(resource.ignored().containsAll(List.of("id", "meta")), section);
        }
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void takesTheGroupOfRfc7643Section84(Conformance conformance) {
        ObjectNode example = (ObjectNode) Rfc7643.example("8.4-group");
        ObjectNode document =
                new Canonicalizer(GROUP, conformance).resource(example).document();
        assertEquals(example.get("members"), document.get("members"));
        assertEquals(example.get("displayName"), document.get("displayName"));
        assertEquals(3, document.size());
    }

    @Test
    void namesHaveTheSchemasSpelling() {
        ObjectNode document = user("'USERNAME':'a','NAME':{'GIVENNAME':'G'},'" + ENTERPRISE.toUpperCase(Locale.ROOT)
                + "':{'Department':'IT'}");
        assertEquals("a", document.get("userName").textValue());
        assertEquals("G", document.at("/name/givenName").textValue());
        assertEquals("IT", document.at("/" + ENTERPRISE + "/department").textValue());
        assertEquals(json("['" + CORE + "','" + ENTERPRISE + "']"), document.get("schemas"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'title':'a','Title':'b'",
                "'name':{'givenName':'a','GIVENNAME':'b'}",
                "'name.givenName':'a','name.GivenName':'b'",
                "'name':{'givenName':'a'},'name.givenName':'b'",
                "'name':{'givenName':'a'},'NAME':{'familyName':'b'}"
            })
    void anAttributeGivenTwiceIsASyntaxError(String members) {
        assertEquals(
                ScimType.INVALID_SYNTAX, failure(() -> user(members)).error().scimType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'title':null",
                "'name':{}",
                "'emails':[]",
                "'emails':[null]",
                "'emails':[{'value':null}]",
                "'roles':''",
                "'name':{'givenName':null}",
                "'active':''",
                "'externalId':''",
                "'" + ENTERPRISE + "':{}",
                "'" + ENTERPRISE + "':null",
                "'" + ENTERPRISE + "':{'manager':''}",
                "'profileUrl':''"
            })
    void whatIsUnassignedIsLeftOut(String members) {
        assertEquals(object("{'schemas':['" + CORE + "']}"), user(members));
    }

    @Test
    void whatTheClientMayNotSetIsDroppedAndItsNameKept() {
        CanonicalResource resource = compat.resource(
                body("'id':'1','meta':{'version':'x'},'groups':[],'password':'t0p','userName':'a','hobby':'chess',"
                        + "'name':{'nick':'x'},'urn:example:other':{'a':1},'" + ENTERPRISE + "':{'shoe':1}"));
        assertEquals(object("{'schemas':['" + CORE + "'],'userName':'a'}"), resource.document());
        assertTrue(resource.ignored()
                .containsAll(List.of(
                        "id",
                        "meta",
                        "groups",
                        "password",
                        "hobby",
                        "name.nick",
                        "urn:example:other:a",
                        ENTERPRISE + ":shoe")));
        assertFalse(resource.ignored().toString().contains("t0p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'hobby':'chess'",
                "'name':{'nick':'x'}",
                "'urn:example:other':{'a':1}",
                "'" + ENTERPRISE + "':{'shoe':1}",
                "'name.givenName':'x'",
                "'" + ENTERPRISE + ":department':'x'"
            })
    void strictRefusesWhatNoSchemaHas(String members) {
        assertEquals(
                ScimType.INVALID_SYNTAX,
                failure(() -> strict.resource(body(members))).error().scimType());
    }

    @Test
    void schemasMustNameTheCoreSchema() {
        assertEquals(
                1,
                compat.resource(object("{'userName':'a'}"))
                        .document()
                        .get("schemas")
                        .size());
        assertEquals(
                1,
                compat.resource(object("{'schemas':[]}"))
                        .document()
                        .get("schemas")
                        .size());
        JsonNode entraGroup = json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group',"
                + "'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],'displayName':'g'}");
        assertEquals(
                json("['urn:ietf:params:scim:schemas:core:2.0:Group']"),
                new Canonicalizer(GROUP, Conformance.COMPAT)
                        .resource(entraGroup)
                        .document()
                        .get("schemas"));
        for (Runnable refused : List.<Runnable>of(
                () -> strict.resource(object("{'userName':'a'}")),
                () -> strict.resource(object("{'schemas':[],'userName':'a'}")),
                () -> strict.resource(object("{'schemas':['" + CORE + "','urn:example:x'],'userName':'a'}")),
                () -> strict.resource(object("{'schemas':['" + CORE + "'],'" + ENTERPRISE + "':{'department':'IT'}}")),
                () -> new Canonicalizer(GROUP, Conformance.STRICT).resource(entraGroup),
                () -> compat.resource(object("{'schemas':['" + ENTERPRISE + "'],'userName':'a'}")),
                () -> compat.resource(object("{'schemas':[1],'userName':'a'}")),
                () -> compat.resource(json("[]")))) {
            assertEquals(ScimType.INVALID_SYNTAX, failure(refused).error().scimType());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'emails':[{'primary':'yes'}]             | emails[0].primary must be a boolean
            'active':'on'                            | active must be a boolean
            'active':1                               | active must be a boolean
            'userName':{'a':1}                       | userName must be a string
            'userName':['a','b']                     | userName must be a single value, not an array
            'name':[{'givenName':'a'},{}]            | name must be an object, not an array
            'name':true                              | name must be an object
            'emails':[[{'value':'a'},{'value':'b'}]] | emails[0] must be an object, not an array
            'emails':[{'value':'a'},true]            | emails[1] must be an object
            'emails':[{'value':'a','primary':true},{'value':'b','primary':'True'}] | emails must have at most one value with primary true
            'title':'a\\u0000b'                      | title must not contain the NUL character (U+0000)
            'name':{'givenName':'\\ud800'}           | name.givenName must not contain half of a surrogate pair
            'name':{'givenName':'\\udc00\\ud800'}    | name.givenName must not contain half of a surrogate pair
            """)
    void aWrongValueIsNamed(String members, String detail) {
        ScimException failure = failure(() -> user(members));
        assertEquals(ScimType.INVALID_VALUE, failure.error().scimType());
        assertEquals(detail, failure.error().detail());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'floor':1.5                       | floor must be an integer between -2^63 and 2^63-1
            'floor':9223372036854775808       | floor must be an integer between -2^63 and 2^63-1
            'floor':1e999999                  | floor must be a number of at most 100 digits
            'floor':'ground'                  | floor must be a number
            'share':1e999999                  | share must be a number of at most 100 digits
            'share':1e-999999                 | share must be a number of at most 100 digits
            'since':'2026-01-31T13:45'        | since must be a dateTime such as 2026-01-31T13:45:00Z
            'since':'2026-02-30'              | since must be a dateTime such as 2026-01-31T13:45:00Z
            'since':'2026-02-30T00:00:00Z'    | since must be a dateTime such as 2026-01-31T13:45:00Z
            'since':1767139200                | since must be a string
            'badge':'§'                       | badge must be base64
            'badge':'AAAAA'                   | badge must be base64
            'town':'Basel'                    | town must be one of "Bern", "Zürich", not "Basel"
            'code':'a1'                       | code must be one of "A1", not "a1"
            'tags':[{'value':'x'}]            | tags[0] must be a string
            """)
    void aWrongExtensionValueIsNamedWithItsSchema(String members, String detail) {
        ScimException failure = failure(() -> user("'" + SITE + "':{" + members + "}"));
        assertEquals(ScimType.INVALID_VALUE, failure.error().scimType());
        assertEquals(SITE + ":" + detail, failure.error().detail());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'floor':'4'                          | 'floor':4
            'floor':9223372036854775807          | 'floor':9223372036854775807
            'floor':4.0                          | 'floor':4
            'share':'12.50'                      | 'share':12.50
            'since':'2026-01-31T13:45:00.5+01:00' | 'since':'2026-01-31T13:45:00.5+01:00'
            'town':'ZÜRICH'                      | 'town':'ZÜRICH'
            'tags':'a'                           | 'tags':['a']
            'tags':[1,true]                      | 'tags':['1','true']
            'badge':'QUJD\\nREVG'                | 'badge':'QUJD\\nREVG'
            'desk.room':'B','desk.seat':'7'      | 'desk':{'room':'B','seat':7}
            """)
    void takesExtensionValuesForWhatTheyMean(String sent, String canonical) {
        assertEquals(
                json("{" + canonical + "}"),
                user("'" + SITE + "':{" + sent + "}").get(SITE));
    }

    @Test
    void aLongEchoIsCut() {
        String detail = failure(() -> user("'" + SITE + "':{'town':'" + "x".repeat(5000) + "'}"))
                .error()
                .detail();
        assertTrue(detail.length() < 250, detail);
    }

    @Test
    void textsAreBounded() {
        assertEquals(
                65_536,
                user("'title':'" + "x".repeat(65_536) + "'")
                        .get("title")
                        .textValue()
                        .length());
        failure(() -> user("'title':'" + "x".repeat(65_537) + "'"));
        failure(() -> user("'userName':'" + "x".repeat(513) + "'"));
        user("'photos':[{'value':'data:image/png;base64," + "A".repeat(1_000_000) + "'}]");
        user("'x509Certificates':[{'value':'" + "A".repeat(1_000_000) + "'}]");
    }

    @Test
    void aMemberIsThereOnceAndNeedsAValue() {
        Canonicalizer group = new Canonicalizer(GROUP, Conformance.COMPAT);
        ObjectNode document = group.resource(
                        json("{'members':[{'value':'1','$ref':null},{'value':'2'},{'value':'1'},'3']}"))
                .document();
        assertEquals(json("[{'value':'1'},{'value':'2'},{'value':'3'}]"), document.get("members"));
        assertEquals(
                "members[1].value is required",
                failure(() -> group.resource(json("{'members':[{'value':'1'},{'display':'x'}]}")))
                        .error()
                        .detail());
    }

    @Test
    void valuesOfOtherAttributesMayRepeat() {
        String twice = "[{'value':'a','type':'work'},{'value':'a','type':'work'}]";
        assertEquals(json(twice), user("'emails':" + twice).get("emails"));
    }

    @Test
    void pathlessValuesBecomeOnePairAnAttribute() {
        List<AttributeValue> values =
                compat.values(json("{'schemas':['x'],'id':'1','groups':[],'password':'p','ACTIVE':'False',"
                        + "'name.givenName':'G','emails[type eq \"work\"].value':'w','name':{'familyName':'F'},'hobby':1,"
                        + "'" + ENTERPRISE + ":department':'IT','" + ENTERPRISE + ".division':'D','"
                        + ENTERPRISE + "':{'manager':'7','costCenter':null}}"));
        assertEquals(
                List.of(
                        new AttributeValue("active", json("'False'")),
                        new AttributeValue("name.givenName", json("'G'")),
                        new AttributeValue("emails[type eq \"work\"].value", json("'w'")),
                        new AttributeValue("name", json("{'familyName':'F'}")),
                        new AttributeValue(ENTERPRISE + ":department", json("'IT'")),
                        new AttributeValue(ENTERPRISE + ":division", json("'D'")),
                        new AttributeValue(ENTERPRISE + ":manager", json("'7'")),
                        new AttributeValue(ENTERPRISE + ":costCenter", json("null"))),
                values);
    }

    @Test
    void strictPathlessValuesKeepWhatIsReadOnlyForThePatchToRefuse() {
        assertEquals(List.of(new AttributeValue("id", json("'1'"))), strict.values(json("{'id':'1'}")));
        assertEquals(
                ScimType.INVALID_SYNTAX,
                failure(() -> strict.values(json("{'hobby':1}"))).error().scimType());
        assertEquals(
                ScimType.INVALID_VALUE,
                failure(() -> strict.values(json("'x'"))).error().scimType());
    }

    /** RFC 7643 §7, writeOnly: "values SHALL NOT be returned"; what is never returned is not kept, in complex values neither. */
    @Test
    void partsThatCannotBeReadAreNotKept() {
        ResourceType type = SchemaRegistry.standard()
                .with(List.of(ExtensionDeclaration.read(json("""
                {'id':'urn:e:locks','attributes':[{'name':'lock','type':'complex','subAttributes':[
                  {'name':'room'},{'name':'pin','mutability':'writeOnly'},{'name':'seed','returned':'never'}]}]}
                """), "")))
                .resourceType("User")
                .orElseThrow();
        Canonicalizer canonicalizer = new Canonicalizer(type, Conformance.STRICT);
        assertEquals(
                object("{'room':'1'}"),
                canonicalizer
                        .resource(object("{'schemas':['" + CORE + "','urn:e:locks'],'userName':'a',"
                                + "'urn:e:locks':{'lock':{'room':'1','pin':'x','seed':'y'}}}"))
                        .document()
                        .at("/urn:e:locks/lock"));
        assertEquals(
                null,
                canonicalizer.value(type.resolve("urn:e:locks", "lock", "pin").orElseThrow(), json("'x'")));
    }

    @Test
    void oneValueForAPatch() {
        assertEquals(json("false"), compat.value(ref("active", null), json("'False'")));
        assertEquals(json("[{'value':'a'}]"), compat.value(ref("emails", null), json("{'value':'a'}")));
        assertEquals(json("'a'"), compat.value(ref("emails", "value"), json("'a'")));
        assertEquals(json("{'value':'a'}"), compat.element(ref("emails", null), json("'a'")));
        assertEquals(json("{'givenName':'G'}"), compat.value(ref("name", null), json("{'givenName':'G'}")));
        assertNull(compat.value(ref("title", null), json("null")));
        assertNull(compat.value(ref("password", null), json("'secret'")));
        assertEquals(
                "emails.primary must be a boolean",
                failure(() -> compat.value(ref("emails", "primary"), json("'x'")))
                        .error()
                        .detail());
        AttributeRef manager = USER.resolve(ENTERPRISE, "manager", null).orElseThrow();
        assertEquals(json("{'value':'7'}"), compat.value(manager, json("[{'$ref':'','value':'7'}]")));
        assertNull(compat.value(manager, json("''")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'active':'True'                                          | 'active':true
            'active':'false'                                         | 'active':false
            'name.givenName':'G','name.familyName':'F'               | 'name':{'givenName':'G','familyName':'F'}
            'name':{'givenName':'G'},'name.familyName':'F'           | 'name':{'givenName':'G','familyName':'F'}
            'emails':{'value':'a'}                                   | 'emails':[{'value':'a'}]
            'emails':'a'                                             | 'emails':[{'value':'a'}]
            'emails':['a','b']                                       | 'emails':[{'value':'a'},{'value':'b'}]
            'emails.value':'a','emails.type':'work'                  | 'emails':[{'value':'a','type':'work'}]
            'emails[type eq \\"work\\"].value':'a','emails':[{'value':'b'}] | 'emails':[{'value':'b'},{'value':'a','type':'work'}]
            'roles[primary eq \\"True\\"].value':'a'                 | 'roles':[{'value':'a','primary':true}]
            'userName':4711                                          | 'userName':'4711'
            'userName':' a '                                         | 'userName':' a '
            'title':''                                               | 'title':''
            'title':['Dr']                                           | 'title':'Dr'
            'roles':['{\\"id\\":\\"x\\",\\"value\\":\\"x\\",\\"displayName\\":\\"X\\"}'] | 'roles':[{'value':'x','display':'X'}]
            'roles':[{'primary':'True','value':'{\\"id\\":\\"x\\",\\"value\\":\\"y\\",\\"displayName\\":\\"X\\"}'}] | 'roles':[{'primary':true,'value':'y','display':'X'}]
            'roles':[{'id':'x','displayName':'X'}]                   | 'roles':[{'value':'x','display':'X'}]
            """)
    void compatTakesWhatProvidersSend(String sent, String canonical) {
        assertEquals(object("{'schemas':['" + CORE + "']," + canonical + "}"), user(sent));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            '7'                       | {'value':'7'}
            {'value':'7'}             | {'value':'7'}
            {'id':'7'}                | {'value':'7'}
            [{'$ref':null,'value':'7'}] | {'value':'7'}
            {'value':'7','displayName':'Boss'} | {'value':'7'}
            """)
    void compatTakesTheManagerInEveryForm(String sent, String canonical) {
        for (String member : List.of(
                "'" + ENTERPRISE + "':{'manager':" + sent + "}",
                "'" + ENTERPRISE + ":manager':" + sent,
                "'" + ENTERPRISE + ".manager':" + sent)) {
            assertEquals(json(canonical), user(member).at("/" + ENTERPRISE + "/manager"), member);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'active':'True'",
                "'emails':{'value':'a'}",
                "'emails':['a']",
                "'userName':4711",
                "'title':['Dr']",
                "'" + ENTERPRISE + "':{'manager':'7'}",
                "'" + ENTERPRISE + "':{'manager':[{'value':'7'}]}"
            })
    void strictTakesTheFormsOfTheRfcOnly(String members) {
        assertEquals(
                ScimType.INVALID_VALUE,
                failure(() -> strict.resource(body(members))).error().scimType());
    }

    private static AttributeRef ref(String name, @Nullable String sub) {
        return USER.resolve(null, name, sub).orElseThrow();
    }

    private static ScimException failure(Runnable action) {
        return assertThrows(ScimException.class, action::run);
    }

    private ObjectNode user(String members) {
        return compat.resource(body(members)).document();
    }

    private static ObjectNode body(String members) {
        return object("{'schemas':['" + CORE + "','" + ENTERPRISE.toLowerCase(Locale.ROOT) + "']," + members + "}");
    }
}
