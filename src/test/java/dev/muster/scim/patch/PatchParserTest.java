package dev.muster.scim.patch;

import static dev.muster.scim.patch.UserPatch.GROUP;
import static dev.muster.scim.patch.UserPatch.USER;
import static dev.muster.scim.patch.UserPatch.parse;
import static dev.muster.scim.patch.UserPatch.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Json;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PatchParserTest {

    private static final String OK = "{'op':'add','path':'title','value':'t'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = """
            # body | COMPAT | STRICT
            []                                     | invalidSyntax | invalidSyntax
            'x'                                    | invalidSyntax | invalidSyntax
            null                                   | invalidSyntax | invalidSyntax
            {}                                     | invalidSyntax | invalidSyntax
            {'schemas':[S]}                        | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':[]}        | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':null}      | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':OK}        | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':[1]}       | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':[null]}    | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':[[OK]]}    | invalidSyntax | invalidSyntax
            {'Operations':[OK]}                    | ok            | invalidSyntax
            {'schemas':[],'Operations':[OK]}       | invalidSyntax | invalidSyntax
            {'schemas':S,'Operations':[OK]}        | invalidSyntax | invalidSyntax
            {'schemas':['urn:x'],'Operations':[OK]} | invalidSyntax | invalidSyntax
            {'schemas':[S],'operations':[OK]}      | ok            | invalidSyntax
            {'Schemas':[S],'Operations':[OK]}      | ok            | invalidSyntax
            {'schemas':[S],'Operations':[OK],'operations':[OK]} | invalidSyntax | invalidSyntax
            {'schemas':[S],'Operations':[OK],'x':1} | ok           | invalidSyntax
            {'schemas':[S],'Operations':[OK]}      | ok            | ok
            """)
    void readsTheEnvelope(String body, String compat, String strict) {
        String text = body.replace("S]", "'urn:ietf:params:scim:api:messages:2.0:PatchOp']")
                .replace(":S,", ":'urn:ietf:params:scim:api:messages:2.0:PatchOp',")
                .replace("OK", OK);
        assertEquals(compat, outcome(Conformance.COMPAT, Json.json(text)));
        assertEquals(strict, outcome(Conformance.STRICT, Json.json(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = """
            # operation | COMPAT | STRICT
            {'op':'Add','path':'title','value':'t'}      | ok            | invalidSyntax
            {'op':'REPLACE','path':'title','value':'t'}  | ok            | invalidSyntax
            {'OP':'add','Path':'title','Value':'t'}      | ok            | invalidSyntax
            {'op':'add','Op':'add','path':'title','value':'t'} | invalidSyntax | invalidSyntax
            {'op':'move','path':'title','value':'t'}     | invalidSyntax | invalidSyntax
            {'op':'','path':'title','value':'t'}         | invalidSyntax | invalidSyntax
            {'op':1,'path':'title','value':'t'}          | invalidSyntax | invalidSyntax
            {'op':null,'path':'title','value':'t'}       | invalidSyntax | invalidSyntax
            {'path':'title','value':'t'}                 | invalidSyntax | invalidSyntax
            {'op':'add','path':'title','value':'t','name':'x'} | ok      | invalidSyntax
            {'op':'add','path':1,'value':'t'}            | invalidPath   | invalidPath
            {'op':'add','path':['title'],'value':'t'}    | invalidPath   | invalidPath
            {'op':'add','path':'','value':{'title':'t'}} | ok            | invalidPath
            {'op':'add','path':null,'value':{'title':'t'}} | ok          | invalidSyntax
            {'op':'add','path':'nope','value':'t'}       | invalidPath   | invalidSyntax
            {'op':'add','path':'title.x','value':'t'}    | invalidPath   | invalidSyntax
            {'op':'add','path':'/title','value':'t'}     | invalidPath   | invalidPath
            {'op':'add','path':'emails[','value':'t'}    | invalidFilter | invalidFilter
            {'op':'add','path':'title'}                  | invalidValue  | invalidValue
            {'op':'replace','path':'title'}              | invalidValue  | invalidValue
            {'op':'add'}                                 | invalidValue  | invalidSyntax
            {'op':'replace'}                             | invalidValue  | invalidSyntax
            {'op':'add','value':'t'}                     | invalidValue  | invalidSyntax
            {'op':'add','value':[{'title':'t'}]}         | invalidValue  | invalidSyntax
            {'op':'add','value':null}                    | invalidValue  | invalidSyntax
            {'op':'add','value':{'title':'t'}}           | ok            | invalidSyntax
            {'op':'add','value':{}}                      | ok            | invalidSyntax
            {'op':'remove'}                              | noTarget      | invalidSyntax
            {'op':'remove','value':{'title':'t'}}        | noTarget      | invalidSyntax
            {'op':'remove','path':''}                    | noTarget      | invalidPath
            {'op':'remove','path':'title','value':'t'}   | ok            | invalidSyntax
            {'op':'remove','path':'title','value':null}  | ok            | ok
            {'op':'replace','path':'title','value':{}}   | ok            | ok
            {'op':'replace','path':'title','value':{'a':1}} | invalidValue | invalidValue
            {'op':'replace','path':'title','value':['a','b']} | invalidValue | invalidValue
            {'op':'replace','path':'active','value':'maybe'} | invalidValue | invalidValue
            {'op':'replace','path':'active','value':'True'} | ok         | invalidValue
            {'op':'replace','path':'name','value':'x'}   | invalidValue  | invalidValue
            {'op':'replace','path':'id','value':'x'}     | mutability    | mutability
            {'op':'replace','value':{'id':'x'}}          | ok            | invalidSyntax
            {'op':'remove','path':'groups'}              | mutability    | mutability
            {'op':'replace','value':{'nope':'x'}}        | ok            | invalidSyntax
            {'op':'add','path':'emails','value':{'value':'a'}}     | ok  | ok
            {'op':'add','path':'emails','value':[{'value':'a'}]}   | ok  | ok
            {'op':'add','path':'emails','value':'a'}               | ok  | invalidValue
            {'op':'replace','path':'emails','value':{'value':'a'}} | ok  | invalidValue
            {'op':'add','path':'ENT','value':{'department':'d'}} | ok    | ok
            {'op':'add','path':'ENT','value':'d'}        | invalidValue  | invalidValue
            {'op':'add','path':'ENT'}                    | invalidValue  | invalidValue
            {'op':'remove','path':'ENT'}                 | ok            | ok
            {'op':'add','path':'ENT','value':{'nope':1}} | ok            | invalidSyntax
            {'op':'add','path':'urn:x:nope','value':'t'} | invalidPath   | invalidSyntax
            {'op':'add','path':'ENT:nope','value':'t'}   | invalidPath   | invalidSyntax
            {'op':'add','path':'name.','value':'t'}      | invalidPath   | invalidPath
            {'op':'add','path':'emails[type eq \\"work\\"]','value':{'value':'a'}}     | ok | invalidPath
            {'op':'replace','path':'emails[type eq \\"work\\"]','value':{'value':'a'}} | ok | invalidPath
            {'op':'remove','path':'emails[type eq \\"work\\"]'}                       | ok | invalidPath
            {'op':'replace','path':'emails[type eq \\"work\\"].value','value':'a'}     | ok | ok
            {'op':'remove','path':'emails[type eq \\"work\\"].value'}                 | ok | ok
            {'op':'replace','path':'emails[type eq \\"work\\"].nope','value':'a'}      | invalidPath | invalidSyntax
            {'op':'replace','path':'emails[nope eq \\"work\\"].value','value':'a'}     | invalidFilter | invalidFilter
            {'op':'replace','path':'name[givenName eq \\"G\\"]','value':{'givenName':'H'}} | ok | ok
            """)
    void readsOperations(String operation, String compat, String strict) {
        assertEquals(compat, outcome(Conformance.COMPAT, request(operation)));
        assertEquals(strict, outcome(Conformance.STRICT, request(operation)));
    }

    @Test
    void aPathlessValueBecomesOneOperationPerAttributeInOrder() {
        assertEquals(
                List.of(
                        "Replace title",
                        "Replace name",
                        "Remove nickName",
                        "Replace " + UserPatch.ENTERPRISE + ":department"),
                shown(parse(
                        USER,
                        Conformance.COMPAT,
                        request("{'op':'replace','value':{'title':'t','name':{'givenName':'G'},'nickName':null,"
                                + "'ENT':{'department':'d'}}}"))));
    }

    @Test
    void aSchemaPathMeansItsAttributes() {
        assertEquals(
                List.of("Add " + UserPatch.ENTERPRISE + ":department", "Add " + UserPatch.ENTERPRISE + ":division"),
                shown(parse(
                        USER,
                        Conformance.STRICT,
                        request("{'op':'add','path':'ENT','value':{'department':'d','division':'v'}}"))));
        assertEquals(
                List.of("Replace title"),
                shown(parse(
                        USER,
                        Conformance.STRICT,
                        request("{'op':'replace','path':'" + USER.schema().id() + "','value':{'title':'t'}}"))));
        assertEquals(
                USER.extensions().getFirst().schema().attributes().stream()
                        .map(a -> "Remove " + UserPatch.ENTERPRISE + ":" + a.name())
                        .toList(),
                shown(parse(USER, Conformance.STRICT, request("{'op':'remove','path':'ENT'}"))));
        assertEquals(
                List.of(), shown(parse(USER, Conformance.STRICT, request("{'op':'add','path':'ENT','value':null}"))));
    }

    @Test
    void errorsSayWhichOperationIsMeant() {
        ScimException refusal = assertThrows(
                ScimException.class,
                () -> parse(USER, Conformance.COMPAT, request(OK, OK, "{'op':'add','path':'title'}")));
        assertTrue(
                refusal.error().detail().startsWith("Operation 3: "),
                refusal.error().detail());
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void takesAThousandOperationsAndNotOneMore(Conformance conformance) {
        String[] thousand = Collections.nCopies(1_000, OK).toArray(String[]::new);
        String[] more = Collections.nCopies(1_001, OK).toArray(String[]::new);
        assertEquals(1_000, parse(USER, conformance, request(thousand)).size());
        assertEquals("invalidValue", outcome(conformance, request(more)));
    }

    @Test
    void limitsTheValuesOfAnOperation() {
        PatchParser parser = new PatchParser(GROUP, Conformance.COMPAT, new PatchLimits(1, 2));
        assertEquals(
                1,
                parser.parse(request("{'op':'add','path':'members','value':[{'value':'a'},{'value':'b'}]}"))
                        .size());
        for (String operation : List.of(
                "{'op':'add','path':'members','value':[{'value':'a'},{'value':'b'},{'value':'c'}]}",
                "{'op':'add','value':{'members':[{'value':'a'},{'value':'b'},{'value':'c'}]}}",
                "{'op':'remove','path':'members','value':[{'value':'a'},{'value':'b'},{'value':'c'}]}")) {
            assertThrows(ScimException.class, () -> parser.parse(request(operation)), operation);
        }
        assertThrows(ScimException.class, () -> parser.parse(request(OK, OK)));
    }

    @Test
    void survivesDepth() {
        for (String path : new String[] {"title", "emails", "name", "emails[type eq \"work\"]", "roles"}) {
            ObjectNode arrays = request();
            arrays.withArray("Operations")
                    .addObject()
                    .put("op", "replace")
                    .put("path", path)
                    .set("value", deep(false));
            ObjectNode mixed = request();
            mixed.withArray("Operations")
                    .addObject()
                    .put("op", "replace")
                    .put("path", path)
                    .set("value", deep(true));
            for (Conformance conformance : Conformance.values()) {
                for (ObjectNode body : List.of(arrays, mixed)) {
                    // an object without a known member is no value of name
                    boolean prohibited = conformance == Conformance.STRICT && path.endsWith("]");
                    String expected =
                            path.equals("name") && outcome(conformance, body).equals("ok") ? "ok" : "invalidValue";
                    assertEquals(prohibited ? "invalidPath" : expected, outcome(conformance, body), path + conformance);
                }
            }
        }
    }

    private static JsonNode deep(boolean objects) {
        JsonNode deep = JsonNodeFactory.instance.textNode("x");
        for (int i = 0; i < 5_000; i++) {
            deep = objects && i % 2 == 0
                    ? JsonNodeFactory.instance.objectNode().set("value", deep)
                    : JsonNodeFactory.instance.arrayNode().add(deep);
        }
        return deep;
    }

    @Test
    void refusesNul() {
        ObjectNode value = request();
        value.withArray("Operations")
                .addObject()
                .put("op", "add")
                .put("path", "title")
                .put("value", "a\0b");
        assertEquals("invalidValue", outcome(Conformance.COMPAT, value));
        ObjectNode path = request();
        path.withArray("Operations")
                .addObject()
                .put("op", "add")
                .put("path", "ti\0tle")
                .put("value", "a");
        assertEquals("invalidPath", outcome(Conformance.COMPAT, path));
        ObjectNode filter = request();
        filter.withArray("Operations")
                .addObject()
                .put("op", "add")
                .put("path", "emails[type eq \"a\\u0000b\"].value")
                .put("value", "a");
        assertTrue(outcome(Conformance.COMPAT, filter).startsWith("invalid"), outcome(Conformance.COMPAT, filter));
    }

    private static String outcome(Conformance conformance, JsonNode body) {
        try {
            parse(USER, conformance, body);
            return "ok";
        } catch (ScimException e) {
            assertEquals(400, e.error().status());
            assertTrue(e.error().detail().length() < 400, e.error().detail());
            return e.error().scimType().keyword();
        }
    }

    private static List<String> shown(List<PatchOperation> operations) {
        return operations.stream()
                .map(o -> o.getClass().getSimpleName() + " " + o.path().attribute())
                .toList();
    }
}
