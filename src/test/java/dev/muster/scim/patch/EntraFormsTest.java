package dev.muster.scim.patch;

import static dev.muster.scim.patch.UserPatch.compat;
import static dev.muster.scim.patch.UserPatch.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PATCH of users as Entra ID and Okta send it. */
class EntraFormsTest {

    @Test
    void addCreatesTheWorkAddressThatIsNotThere() {
        String add = "{\"op\":\"Add\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"x@example.com\"}";
        assertEquals(user("{'emails':[{'type':'work','value':'x@example.com'}]}"), compat("{}", add));
        assertEquals(
                user("{'emails':[{'type':'work','value':'x@example.com','primary':true}]}"),
                compat("{'emails':[{'type':'work','value':'old@example.com','primary':true}]}", add));
    }

    @Test
    void replaceCreatesItToo() {
        assertEquals(
                user("{'emails':[{'type':'work','value':'x@example.com'}]}"),
                compat(
                        "{}",
                        "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"x@example.com\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
                "{\"op\":\"Add\",\"path\":\"active\",\"value\":\"False\"}",
                "{\"op\":\"Add\",\"path\":\"active\",\"value\":false}",
                "{\"op\":\"replace\",\"value\":{\"active\":false}}",
                "{\"op\":\"replace\",\"value\":{\"active\":\"False\"}}"
            })
    void deactivates(String operation) {
        assertEquals(user("{'active':false}"), compat("{'active':true}", operation));
        assertEquals(user("{'active':false}"), compat("{}", operation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"Add\",\"path\":\"active\",\"value\":true}",
                "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"True\"}"
            })
    void activates(String operation) {
        assertEquals(user("{'active':true}"), compat("{'active':false}", operation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'Add','path':'ENT:manager','value':'id7'}",
                "{'op':'Replace','path':'ENT:manager','value':'id7'}",
                "{'op':'Add','path':'ENT:manager','value':{'value':'id7'}}",
                "{'op':'Add','path':'ENT:manager','value':[{'$ref':null,'value':'id7'}]}",
                "{'op':'Replace','path':'ENT:manager','value':[{'$ref':null,'value':'id7'}]}",
                "{'op':'Add','path':'ENT:manager.value','value':'id7'}",
                "{'op':'Add','path':'ENT:manager.id','value':'id7'}",
                "{'op':'Replace','value':{'ENT:manager':'id7'}}",
                "{'op':'Replace','value':{'ENT':{'manager':'id7'}}}",
                "{'op':'Add','path':'ENT','value':{'manager':{'value':'id7'}}}"
            })
    void setsTheManager(String operation) {
        assertEquals(user("{'ENT':{'manager':{'value':'id7'}}}"), compat("{}", operation));
        assertEquals(
                user("{'ENT':{'manager':{'value':'id7'},'department':'d'}}"),
                compat("{'ENT':{'manager':{'value':'id6'},'department':'d'}}", operation));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'Replace','path':'ENT:manager','value':''}",
                "{'op':'Add','path':'ENT:manager','value':''}",
                "{'op':'Replace','path':'ENT:manager','value':null}",
                "{'op':'Replace','path':'ENT:manager','value':{'value':''}}",
                "{'op':'Replace','path':'ENT:manager','value':{'value':null}}",
                "{'op':'Replace','path':'ENT:manager','value':[]}",
                "{'op':'Remove','path':'ENT:manager'}",
                "{'op':'Remove','path':'ENT:manager','value':'id6'}",
                "{'op':'Remove','path':'ENT:manager','value':[{'$ref':null,'value':'id6'}]}",
                "{'op':'Remove','path':'ENT:manager.value'}",
                "{'op':'Replace','value':{'ENT:manager':''}}"
            })
    void removesTheManager(String operation) {
        assertEquals(user("{}"), compat("{'ENT':{'manager':{'value':'id6'}}}", operation));
    }

    /** C9. */
    @Test
    void removeNeverSetsTheValueThatItCarries() {
        assertEquals(user("{}"), compat("{'title':'a'}", "{'op':'Remove','path':'title','value':'b'}"));
        assertEquals(user("{}"), compat("{}", "{'op':'Remove','path':'title','value':'b'}"));
        assertEquals(
                user("{}"),
                compat(
                        "{'emails':[{'type':'work','value':'a@x.org'}]}",
                        "{\"op\":\"Remove\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"b@x.org\"}"));
    }

    /** C5, C6. */
    @Test
    void understandsDottedAndUrnKeysWithoutPath() {
        assertEquals(
                user(
                        "{'displayName':'x','name':{'givenName':'y','familyName':'F'},'ENT':{'department':'z','division':'v'}}"),
                compat(
                        "{'name':{'givenName':'G','familyName':'F'},'ENT':{'division':'v'}}",
                        "{'op':'Replace','value':{'displayName':'x','name.givenName':'y','ENT:department':'z'}}"));
    }

    @Test
    void understandsValuePathsAsKeys() {
        assertEquals(
                user(
                        "{'displayName':'x','emails':[{'type':'home','value':'h@x.org'},{'type':'work','value':'w@x.org'}]}"),
                compat(
                        "{'emails':[{'type':'home','value':'h@x.org'}]}",
                        "{\"op\":\"Add\",\"value\":{\"emails[type eq \\\"work\\\"].value\":\"w@x.org\",\"displayName\":\"x\"}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'Add','path':'ENT:employeeNumber','value':'7'}",
                "{'op':'Add','path':'ENT.employeeNumber','value':'7'}",
                "{'op':'Add','value':{'ENT.employeeNumber':'7'}}",
                "{'op':'Add','path':'ENT','value':{'employeeNumber':'7'}}",
                "{'op':'Replace','value':{'ENT':{'employeeNumber':'7'}}}"
            })
    void understandsEveryFormOfAnExtensionAttribute(String operation) {
        assertEquals(user("{'ENT':{'employeeNumber':'7'}}"), compat("{}", operation));
    }

    /** C11. */
    @Test
    void readsRolesFromJsonInAString() {
        assertEquals(
                user("{'roles':[{'value':'Admin','display':'Administrator'}]}"),
                compat(
                        "{}",
                        "{\"op\":\"Add\",\"path\":\"roles\",\"value\":[{\"value\":"
                                + "\"{\\\"value\\\":\\\"Admin\\\",\\\"display\\\":\\\"Administrator\\\"}\"}]}"));
    }

    /** C11. */
    @Test
    void replacesThePrimaryRole() {
        String replace = "{\"op\":\"Replace\",\"path\":\"roles[primary eq \\\"True\\\"].value\",\"value\":\"x\"}";
        assertEquals(
                user("{'roles':[{'value':'x','primary':true},{'value':'b'}]}"),
                compat("{'roles':[{'value':'a','primary':true},{'value':'b'}]}", replace));
        assertEquals(user("{'roles':[{'value':'x','primary':true}]}"), compat("{}", replace));
    }

    /** C44: what the server keeps is left alone where it comes along, and refused where it is the very target. */
    @Test
    void ignoresReadOnlyAttributesInAPathlessValue() {
        assertEquals(
                user("{'displayName':'n'}"),
                compat(
                        "{}",
                        "{'op':'replace','value':{'id':'7','meta':{'version':'x'},'groups':[],'schemas':[],"
                                + "'displayName':'n','password':'secret'}}"));
        for (String path : new String[] {"id", "meta", "groups", "ENT:manager.displayName"}) {
            ScimException refusal = assertThrows(
                    ScimException.class,
                    () -> compat("{}", "{'op':'replace','path':'" + path + "','value':'x'}"),
                    path);
            assertEquals(ScimType.MUTABILITY, refusal.error().scimType(), path);
        }
    }

    @Test
    void aReadOnlyPartOfAComplexValueDoesNotEmptyIt() {
        assertEquals(
                user("{'ENT':{'manager':{'value':'m'}}}"),
                compat(
                        "{'ENT':{'manager':{'value':'m'}}}",
                        "{'op':'Replace','path':'ENT:manager','value':{'displayName':'M'}}"));
    }

    /** Issue: a password that is sent is never kept. */
    @Test
    void dropsThePassword() {
        assertEquals(user("{}"), compat("{}", "{'op':'replace','path':'password','value':'secret'}"));
        assertEquals(user("{}"), compat("{}", "{'op':'add','value':{'password':'secret'}}"));
    }

    /** C45. */
    @Test
    void nullUnassigns() {
        assertEquals(user("{}"), compat("{'title':'a'}", "{'op':'replace','path':'title','value':null}"));
        assertEquals(user("{}"), compat("{'title':'a'}", "{'op':'replace','value':{'title':null}}"));
        assertEquals(
                user("{}"),
                compat("{'emails':[{'value':'a@x.org'}]}", "{'op':'replace','path':'emails','value':[null]}"));
        assertEquals(
                user("{'name':{'familyName':'F'}}"),
                compat(
                        "{'name':{'givenName':'G','familyName':'F'}}",
                        "{'op':'replace','value':{'name':{'givenName':null}}}"));
        assertEquals(
                user("{'name':{'familyName':'H'}}"),
                compat(
                        "{'name':{'givenName':'G','familyName':'F'}}",
                        "{'op':'replace','path':'name','value':{'givenName':null,'familyName':'H'}}"));
    }

    /** C45. */
    @Test
    void addingNullAddsNothing() {
        String before = "{'title':'a','emails':[{'value':'a@x.org'}]}";
        assertEquals(
                user(before),
                compat(
                        before,
                        "{'op':'add','path':'title','value':null}",
                        "{'op':'add','path':'emails','value':[null]}",
                        "{'op':'add','path':'emails','value':[]}",
                        "{'op':'add','value':{'title':null}}"));
    }
}
