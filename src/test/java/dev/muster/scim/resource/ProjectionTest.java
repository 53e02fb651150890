package dev.muster.scim.resource;

import static dev.muster.scim.Json.json;
import static dev.muster.scim.Json.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class ProjectionTest {

    private static final ResourceType USER =
            SchemaRegistry.standard().resourceType("User").orElseThrow();
    private static final ResourceType GROUP =
            SchemaRegistry.standard().resourceType("Group").orElseThrow();
    private static final ResourceType SITE_USER = SchemaRegistry.standard()
            .with(List.of(ExtensionDeclaration.read(json("""
            {'id':'urn:e:u','attributes':[{'name':'secret','returned':'never'},{'name':'key','returned':'always'},
              {'name':'rare','returned':'request'},{'name':'town'},{'name':'desk','type':'complex','multiValued':true,
              'subAttributes':[{'name':'id','returned':'always'},{'name':'room'},{'name':'map','returned':'request'},
              {'name':'pin','returned':'never'}]}]}
            """), "")))
            .resourceType("User")
            .orElseThrow();

    private static final String BODY =
            "{'schemas':['s'],'id':'1','userName':'a','name':{'givenName':'G','familyName':'F'},"
                    + "'emails':[{'value':'v','type':'work'},{'type':'home'}],'meta':{'version':'1','location':'l'},"
                    + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'IT','division':'D'}}";
    private static final String SITE =
            "{'schemas':['s'],'id':'1','userName':'a','urn:e:u':{'secret':'x','key':'k','rare':'r',"
                    + "'town':'t','desk':[{'id':'7','room':'r','map':'m','pin':'p'}]}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            userName              | {'schemas':['s'],'id':'1','userName':'a'}
            USERNAME, Title       | {'schemas':['s'],'id':'1','userName':'a'}
            name.givenName        | {'schemas':['s'],'id':'1','name':{'givenName':'G'}}
            name,name.givenName   | {'schemas':['s'],'id':'1','name':{'givenName':'G','familyName':'F'}}
            emails.value          | {'schemas':['s'],'id':'1','emails':[{'value':'v'}]}
            meta.version          | {'schemas':['s'],'id':'1','meta':{'version':'1'}}
            nosuch                | {'schemas':['s'],'id':'1'}
            urn:ietf:params:scim:schemas:core:2.0:User:userName | {'schemas':['s'],'id':'1','userName':'a'}
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | {'schemas':['s'],'id':'1','urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'IT'}}
            urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {'schemas':['s'],'id':'1','urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'IT','division':'D'}}
            """)
    void attributesShowsOnlyThese(String names, String shown) {
        assertEquals(object(shown), only(USER, names).apply(object(BODY)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            id,schemas,name,emails,meta,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {'schemas':['s'],'id':'1','userName':'a'}
            name.givenName,emails.type,meta,urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:division | {'schemas':['s'],'id':'1','userName':'a','name':{'familyName':'F'},'emails':[{'value':'v'}],'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'department':'IT'}}
            """)
    void excludedAttributesShowsAllOthers(String names, String shown) {
        assertEquals(object(shown), except(USER, names).apply(object(BODY)));
    }

    /** RFC 7643 §7, request: "returned in response to any PUT, POST, or PATCH operations if the attribute was specified by the client". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'urn:e:u':{'rare':'r'}}                                | true  | false
            {'urn:e:u:RARE':'r'}                                    | true  | false
            {'userName':'a'}                                        | false | false
            {'urn:e:u':{'desk':[{'map':'m'}]}}                      | false | true
            {'urn:e:u:desk':{'map':'m'}}                            | false | true
            {'urn:e:u:desk':[{'room':'r'}]}                         | false | false
            {'Operations':[{'op':'add','path':'urn:e:u:rare','value':'r'}]} | true | false
            {'Operations':[{'op':'add','path':'urn:e:u','value':{'rare':'r'}}]} | true | false
            {'Operations':[{'op':'add','value':{'urn:e:u':{'rare':'r'}}}]} | true | false
            {'operations':[{'op':'add','value':{'urn:e:u:rare':'r'}}]} | true | false
            {'Operations':[{'op':'add','path':'urn:e:u:desk.map','value':'m'}]} | false | true
            {'Operations':[{'op':'add','path':'urn:e:u:desk[room eq \\"r.]\\"].map','value':'m'}]} | false | true
            {'Operations':[{'op':'add','path':'urn:e:u:desk','value':[{'map':'m'}]}]} | false | true
            {'Operations':[{'op':'remove','path':'title'}, 1]} | false | false
            """)
    void whatIsReturnedOnRequestIsShownWhereItWasWritten(String body, boolean rare, boolean map) {
        ObjectNode site = object(SITE);
        Projection standard = Projection.standard(SITE_USER).afterWriting(object(body), Conformance.COMPAT);
        assertEquals(rare, standard.apply(site).at("/urn:e:u").has("rare"));
        assertEquals(map, standard.apply(site).at("/urn:e:u/desk/0").has("map"));
        Projection except =
                except(SITE_USER, "urn:e:u:rare,urn:e:u:desk.map").afterWriting(object(body), Conformance.COMPAT);
        assertFalse(except.apply(site).toString().contains("rare"));
        assertFalse(except.apply(site).toString().contains("map"));
        Projection others = except(SITE_USER, "title").afterWriting(object(body), Conformance.COMPAT);
        assertEquals(rare, others.apply(site).at("/urn:e:u").has("rare"));
        Projection only = only(SITE_USER, "urn:e:u:town").afterWriting(object(body), Conformance.COMPAT);
        assertFalse(only.apply(site).at("/urn:e:u").has("rare"));
    }

    @Test
    void unknownNamesExcludeNothing() {
        assertEquals(object(BODY), except(USER, "nosuch").apply(object(BODY)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ''                     | ''                | {'key':'k','town':'t','desk':[{'id':'7','room':'r'}]}
            urn:e:u:rare           | ''                | {'key':'k','rare':'r'}
            urn:e:u:secret         | ''                | {'key':'k'}
            urn:e:u:desk.room      | ''                | {'key':'k','desk':[{'id':'7','room':'r'}]}
            urn:e:u:desk.map       | ''                | {'key':'k','desk':[{'id':'7','map':'m'}]}
            urn:e:u:desk.pin       | ''                | {'key':'k','desk':[{'id':'7'}]}
            ''                     | urn:e:u:key,urn:e:u:desk.id,urn:e:u:town | {'key':'k','desk':[{'id':'7','room':'r'}]}
            """)
    void returnedDecides(String attributes, String excluded, String shown) {
        Projection projection = Projection.of(SITE_USER, Conformance.COMPAT, unquoted(attributes), unquoted(excluded));
        assertEquals(json(shown), projection.apply(object(SITE)).get("urn:e:u"));
        assertEquals("1", projection.apply(object(SITE)).get("id").textValue());
    }

    @Test
    void saysWhatNeedNotBeLoaded() {
        assertTrue(Projection.standard(GROUP).includes("members"));
        assertFalse(except(GROUP, "members").includes("members"));
        assertTrue(except(GROUP, "members.display").includes("members"));
        assertFalse(only(GROUP, "displayName").includes("members"));
        assertTrue(only(GROUP, "Members.value").includes("members"));
        assertTrue(only(GROUP, "members.value")
                .includes(GROUP.resolve(null, "members", "value").orElseThrow()));
        assertFalse(only(GROUP, "members.value")
                .includes(GROUP.resolve(null, "members", "display").orElseThrow()));
        assertFalse(only(USER, "userName").includes("groups"));
        assertFalse(Projection.standard(USER).includes("password"));
    }

    @Test
    void theUsualProjectionLeavesDocumentsAsTheyAre() {
        ObjectNode body = object(BODY);
        assertTrue(Projection.standard(USER).isDefault());
        assertSame(body, Projection.standard(USER).apply(body));
        assertFalse(Projection.standard(SITE_USER).isDefault());
        assertFalse(only(USER, "userName").isDefault());
    }

    @Test
    void theListsExcludeEachOther() {
        ScimException failure = assertThrows(
                ScimException.class,
                () -> Projection.of(USER, Conformance.COMPAT, List.of("userName"), List.of("name")));
        assertEquals(ScimType.INVALID_VALUE, failure.error().scimType());
    }

    @Test
    void namesAreSeparatedByCommas() {
        assertEquals(List.of("a", "b.c"), Projection.names(" a,,b.c ,"));
        assertEquals(List.of(), Projection.names(null));
        assertEquals(List.of(), Projection.names(" "));
    }

    private static Projection only(ResourceType type, String names) {
        return Projection.of(type, Conformance.COMPAT, Projection.names(names), List.of());
    }

    private static Projection except(ResourceType type, String names) {
        return Projection.of(type, Conformance.COMPAT, List.of(), Projection.names(names));
    }

    private static List<String> unquoted(String names) {
        return Projection.names(names.equals("''") ? "" : names);
    }
}
