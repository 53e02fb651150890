package dev.muster.scim.patch;

import static dev.muster.scim.patch.DevicePatch.add;
import static dev.muster.scim.patch.DevicePatch.applied;
import static dev.muster.scim.patch.DevicePatch.device;
import static dev.muster.scim.patch.DevicePatch.remove;
import static dev.muster.scim.patch.DevicePatch.replace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchApplierTest {

    /** RFC 7644 §3.5.2: "the resulting resource becomes the target of the next operation". */
    @Test
    void appliesOneAfterTheOther() {
        assertEquals(
                device("{'emails':[{'type':'work','value':'b','display':'d'}]}"),
                compat(
                        "{'emails':[{'type':'home','value':'a'}]}",
                        remove("emails"),
                        add("emails[type eq \"work\"].value", "'a'"),
                        replace("emails[value eq \"a\"].value", "'b'"),
                        add("emails[value eq \"b\"].display", "'d'")));
    }

    /** RFC 7644 §3.5.2: "SHALL be treated as atomic". */
    @Test
    void leavesTheDocumentAsItWasWhereAnOperationFails() {
        ObjectNode document = device("{'title':'t','emails':[{'type':'work','value':'a'}],'EXT':{'department':'d'}}");
        ObjectNode copy = document.deepCopy();
        PatchApplier applier = new PatchApplier(SampleTypes.DEVICE, Conformance.COMPAT);
        List<PatchOperation> operations = List.of(
                replace("title", "'u'"),
                replace("emails[type eq \"work\"].value", "'b'"),
                remove("EXT:department"),
                replace("state", "'x'"));

        assertThrows(ScimException.class, () -> applier.apply(document, operations));

        assertEquals(copy, document);
    }

    @Test
    void sharesNothingWithTheDocumentNorTheOperations() {
        ObjectNode document = device("{'emails':[{'type':'work','value':'a'}]}");
        ObjectNode copy = document.deepCopy();
        PatchOperation.Add operation = (PatchOperation.Add) add("emails", "[{'value':'b'}]");
        JsonNode value = operation.value().deepCopy();
        PatchApplier applier = new PatchApplier(SampleTypes.DEVICE, Conformance.COMPAT);

        applier.apply(
                document, List.of(operation, replace("emails.display", "'d'"), replace("emails.primary", "false")));

        assertEquals(copy, document);
        assertEquals(value, operation.value());
    }

    /** RFC 7644 §3.5.2: `sets a value's "primary" … automatically set "primary" to "false" for any other values`. */
    @Test
    void makingOneValuePrimaryTakesItFromTheOthers() {
        String before =
                "{'emails':[{'value':'a','primary':true},{'value':'b','type':'home'},{'value':'c','primary':false}]}";
        JsonNode second = device("{'emails':[{'value':'a','primary':false},{'value':'b','type':'home','primary':true},"
                + "{'value':'c','primary':false}]}");

        assertEquals(second, compat(before, replace("emails[value eq \"b\"].primary", "true")));
        assertEquals(second, compat(before, add("emails[value eq \"b\"]", "{'primary':true}")));
        assertEquals(second, compat(before, add("emails", "[{'value':'b','type':'home','primary':true}]")));
        assertEquals(
                device(
                        "{'emails':[{'value':'a','primary':false},{'value':'b','type':'home'},{'value':'c','primary':false},"
                                + "{'value':'d','primary':true}]}"),
                compat(before, add("emails", "[{'value':'d','primary':true}]")));
        assertEquals(
                device("{'emails':[{'value':'d','primary':true}]}"),
                compat(before, replace("emails", "[{'value':'d','primary':true}]")));
    }

    @Test
    void aValueThatIsPrimaryStaysSo() {
        String before = "{'emails':[{'value':'a','primary':true},{'value':'b'}]}";

        assertEquals(device(before), compat(before, replace("emails[value eq \"a\"].primary", "true")));
        assertEquals(device(before), compat(before, add("emails", "[{'value':'a','primary':true}]")));
        assertEquals(
                device("{'emails':[{'value':'z','primary':true},{'value':'b'}]}"),
                compat(before, replace("emails[primary eq true].value", "'z'")));
    }

    @Test
    void severalValuesCannotBeMadePrimary() {
        refused(ScimType.INVALID_VALUE, "{'emails':[{'value':'a'},{'value':'b'}]}", replace("emails.primary", "true"));
        refused(
                ScimType.INVALID_VALUE,
                "{'emails':[{'value':'a'},{'value':'b','primary':true}]}",
                add("emails[value pr]", "{'primary':true}"));
        refused(
                ScimType.INVALID_VALUE,
                "{}",
                add("emails", "[{'value':'a','primary':true},{'value':'b','primary':true}]"));
    }

    /** RFC 7644 §3.5.2.1: "no changes SHOULD be made to the resource, and a success response SHOULD be returned". */
    @Test
    void changesNothingWhereTheValueIsThere() {
        String before = "{'title':'t','active':true,'tags':['a'],'sizes':[1],'name':{'givenName':'G'},"
                + "'emails':[{'type':'work','value':'a','primary':true}],'EXT':{'manager':{'value':'m'}}}";

        assertEquals(
                device(before),
                compat(
                        before,
                        add("title", "'t'"),
                        add("active", "true"),
                        add("tags", "['a']"),
                        add("sizes", "[1]"),
                        add("name", "{'givenName':'G'}"),
                        add("emails", "[{'type':'work','value':'a'}]"),
                        add("emails[type eq \"work\"].value", "'a'"),
                        add("EXT:manager", "{'value':'m'}"),
                        remove("maker"),
                        remove("emails[type eq \"home\"]")));
    }

    /** RFC 7644 §3.5.2: `adding the attribute "urn:…:employeeNumber" automatically adds … to the … "schemas" attribute`. */
    @Test
    void schemasFollowsTheExtensionsThatArePresent() {
        JsonNode added = compat("{}", add("EXT:employeeNumber", "'7'"));
        assertEquals(device("{'EXT':{'employeeNumber':'7'}}"), added);
        assertEquals(2, added.get("schemas").size());

        JsonNode removed = compat("{'EXT':{'employeeNumber':'7'}}", remove("EXT:employeeNumber"));
        assertEquals(device("{}"), removed);
        assertEquals(1, removed.get("schemas").size());
    }

    /** RFC 7644 §3.5.2.2: "removed or becomes unassigned and is defined as a required attribute … "mutability"". */
    @Test
    void aRequiredAttributeCanBeReplacedButNotRemoved() {
        refused(ScimType.MUTABILITY, "{'userName':'u'}", remove("userName"));
        assertEquals(
                device("{'userName':'v'}"), compat("{'userName':'u'}", remove("userName"), add("userName", "'v'")));
    }

    @Test
    void aRequiredAttributeThatWasNeverThereStopsNoOtherChange() {
        assertEquals(device("{'title':'t'}"), compat("{}", add("title", "'t'")));
    }

    @Test
    void requiredSubAttributesAndExtensionsAreKept() {
        ResourceType type = new ResourceType(
                "Device",
                "/Devices",
                "",
                new Schema(
                        SampleTypes.CORE,
                        "",
                        "",
                        List.of(SampleTypes.multi(SampleTypes.complex(
                                "emails",
                                SampleTypes.required(SampleTypes.simple("value", AttributeType.STRING)),
                                SampleTypes.simple("display", AttributeType.STRING))))),
                List.of(new ResourceType.SchemaExtension(
                        SampleTypes.DEVICE.extensions().getFirst().schema(), true)));
        PatchApplier applier = new PatchApplier(type, Conformance.COMPAT);
        ObjectNode document = device("{'emails':[{'value':'a','display':'d'}],'EXT':{'department':'d'}}");
        var value = type.resolve(null, "emails", "value").orElseThrow();
        var emails = type.resolve(null, "emails", null).orElseThrow();
        var removeValue = new PatchOperation.Remove(new dev.muster.scim.filter.Path.OfAttribute(value, null), null);
        var addNone = new PatchOperation.Add(
                new dev.muster.scim.filter.Path.OfAttribute(emails, null),
                dev.muster.scim.Json.json("[{'display':'e'}]"));

        assertError(ScimType.MUTABILITY, () -> applier.apply(document, List.of(removeValue)));
        assertError(ScimType.INVALID_VALUE, () -> applier.apply(document, List.of(addNone)));
        assertError(ScimType.MUTABILITY, () -> applier.apply(document, List.of(remove("EXT:department"))));
    }

    @Test
    void addsAndRemovesThousandsOfValuesInOneOperation() {
        StringBuilder values = new StringBuilder("[");
        for (int i = 0; i < 20_000; i++) {
            values.append(i == 0 ? "" : ",").append("{'value':'").append(i).append("'}");
        }
        values.append("]");

        JsonNode added = compat("{}", add("members", values.toString()), add("members", values.toString()));
        assertEquals(20_000, added.get("members").size());
        assertEquals(
                device("{}"), compat("{}", add("members", values.toString()), remove("members", values.toString())));
    }

    @Test
    void namesTheAttributeInErrors() {
        ScimException refusal = refused(ScimType.NO_TARGET, "{}", add("emails[type co \"work\"].value", "'x'"));
        assertEquals(
                "No value of 'emails' matches the filter in 'path'; add the value first, or use a filter that matches one.",
                refusal.error().detail());
    }

    private static JsonNode compat(String before, PatchOperation... operations) {
        return applied(Conformance.COMPAT, before, operations);
    }

    private static ScimException refused(ScimType expected, String before, PatchOperation... operations) {
        applied(Conformance.COMPAT, before);
        return assertError(expected, () -> compat(before, operations));
    }

    private static ScimException assertError(ScimType expected, org.junit.jupiter.api.function.Executable call) {
        ScimException refusal = assertThrows(ScimException.class, call);
        assertEquals(expected, refusal.error().scimType(), refusal.error().detail());
        return refusal;
    }
}
