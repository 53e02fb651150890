package dev.muster.scim.patch;

import static dev.muster.scim.patch.UserPatch.GROUP;
import static dev.muster.scim.patch.UserPatch.created;
import static dev.muster.scim.patch.UserPatch.parse;
import static dev.muster.scim.patch.UserPatch.patched;
import static dev.muster.scim.patch.UserPatch.request;
import static dev.muster.scim.patch.UserPatch.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples of RFC 7644 §3.5.2; ids that the RFC shortens stand as it prints them. */
class Rfc7644PatchTest {

    private static final String BABS = "{'display':'Babs Jensen',"
            + "'$ref':'https://example.com/v2/Users/2819c223...413861904646',"
            + "'value':'2819c223-7f76-453a-919d-413861904646'}";
    private static final String JAMES = "{'display':'James Smith',"
            + "'$ref':'https://example.com/v2/Users/08e1d05d...473d93df9210',"
            + "'value':'08e1d05d-121c-4561-8b96-473d93df9210'}";
    private static final String ADD_BABS = "{'op':'add','path':'members','value':[" + BABS + "]}";

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3521AddsAMemberOnce(Conformance conformance) {
        ObjectNode once = group(conformance, "", ADD_BABS);
        assertEquals(groupOf(BABS), once);
        // "If the user was already a member of this group, no changes should be made to the resource"
        assertEquals(once, group(conformance, BABS, ADD_BABS));
        assertEquals(groupOf(JAMES + "," + BABS), group(conformance, JAMES, ADD_BABS));
    }

    @Test
    void section3521AddsAttributesWithoutPath() {
        JsonNode add = request(
                "{'op':'add','value':{'emails':[{'value':'babs@jensen.org','type':'home'}],'nickname':'Babs'}}");
        assertEquals(
                user("{'emails':[{'value':'babs@jensen.org','type':'home'}],'nickName':'Babs'}"),
                patched(Conformance.COMPAT, "{}", add));
        // "an additional value is added to … "emails" … If the resource already had an existing "nickname", the value
        // is replaced"
        assertEquals(
                user("{'emails':[{'value':'b@example.com','type':'work'},{'value':'babs@jensen.org','type':'home'}],"
                        + "'nickName':'Babs'}"),
                patched(
                        Conformance.COMPAT,
                        "{'emails':[{'value':'b@example.com','type':'work'}],'nickName':'Barbara'}",
                        add));
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3522RemovesASingleMember(Conformance conformance) {
        String remove =
                "{\"op\":\"remove\",\"path\":\"members[value eq \\\"2819c223-7f76-453a-919d-413861904646\\\"]\"}";
        assertEquals(groupOf(JAMES), group(conformance, BABS + "," + JAMES, remove));
        assertEquals(groupOf(""), group(conformance, BABS, remove));
        // "If the user was not a member of this group, no changes should be made … and a success response should be
        // returned"
        assertEquals(groupOf(JAMES), group(conformance, JAMES, remove));
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3522RemovesAllMembers(Conformance conformance) {
        assertEquals(groupOf(""), group(conformance, BABS + "," + JAMES, "{'op':'remove','path':'members'}"));
    }

    @Test
    void section3522RemovesAValueOfAComplexAttribute() {
        JsonNode remove = request(
                "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\" and value ew \\\"example.com\\\"]\"}");
        assertEquals(
                user("{'emails':[{'type':'work','value':'b@jensen.org'},{'type':'home','value':'b@example.com'}]}"),
                patched(
                        Conformance.COMPAT,
                        "{'emails':[{'type':'work','value':'b@jensen.org'},{'type':'home','value':'b@example.com'},"
                                + "{'type':'work','value':'b@example.com'}]}",
                        remove));
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3522RemovesAndAddsAMember(Conformance conformance) {
        assertEquals(
                groupOf(JAMES),
                group(
                        conformance,
                        BABS,
                        "{\"op\":\"remove\",\"path\":\"members[value eq\\\"2819c223-7f76-453a-919d-413861904646\\\"]\"}",
                        "{'op':'add','path':'members','value':[" + JAMES + "]}"));
    }

    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3522And3523ReplaceAllMembers(Conformance conformance) {
        String other = "{'value':'other'}";
        assertEquals(
                groupOf(BABS + "," + JAMES),
                group(
                        conformance,
                        other,
                        "{'op':'remove','path':'members'}",
                        "{'op':'add','path':'members','value':[" + BABS + "," + JAMES + "]}"));
        assertEquals(
                groupOf(BABS + "," + JAMES),
                group(conformance, other, "{'op':'replace','path':'members','value':[" + BABS + "," + JAMES + "]}"));
    }

    /** "all matching record values SHALL be replaced" and "will reset "primary" to "false" for any other existing values". */
    @Test
    void section3523ReplacesTheEntireWorkAddress() {
        String address =
                "{'type':'work','streetAddress':'911 Universal City Plaza','locality':'Hollywood','region':'CA',"
                        + "'postalCode':'91608','country':'US',"
                        + "'formatted':'911 Universal City Plaza\\nHollywood, CA 91608 US','primary':true}";
        assertEquals(
                user("{'addresses':[{'type':'home','locality':'Los Angeles','primary':false}," + address + "]}"),
                patched(
                        Conformance.COMPAT,
                        "{'addresses':[{'type':'home','locality':'Los Angeles','primary':true},"
                                + "{'type':'work','streetAddress':'100 Universal City Plaza'}]}",
                        request("{\"op\":\"replace\",\"path\":\"addresses[type eq \\\"work\\\"]\",\"value\":"
                                + address.replace('\'', '"') + "}")));
    }

    /** "the matching sub-attribute of all matching records is replaced". */
    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3523ReplacesTheStreetOfTheWorkAddresses(Conformance conformance) {
        JsonNode replace = request("{\"op\":\"replace\",\"path\":\"addresses[type eq \\\"work\\\"].streetAddress\","
                + "\"value\":\"1010 Broadway Ave\"}");
        assertEquals(
                user("{'addresses':[{'type':'work','streetAddress':'1010 Broadway Ave','region':'CA'},"
                        + "{'type':'home','streetAddress':'x'}]}"),
                patched(
                        conformance,
                        "{'addresses':[{'type':'work','streetAddress':'911 Universal City Plaza','region':'CA'},"
                                + "{'type':'home','streetAddress':'x'}]}",
                        replace));
    }

    /** "no record match was made, the service provider SHALL indicate failure by returning … "noTarget"". */
    @ParameterizedTest
    @EnumSource(Conformance.class)
    void section3523FailsWithoutAMatchWhereItIsHeldToTheText(Conformance conformance) {
        JsonNode replace = request("{\"op\":\"replace\",\"path\":\"addresses[type eq \\\"work\\\"].streetAddress\","
                + "\"value\":\"1010 Broadway Ave\"}");
        if (conformance == Conformance.STRICT) {
            ScimException refusal = assertThrows(ScimException.class, () -> patched(Conformance.STRICT, "{}", replace));
            assertEquals(ScimType.NO_TARGET, refusal.error().scimType());
        } else {
            assertEquals(
                    user("{'addresses':[{'type':'work','streetAddress':'1010 Broadway Ave'}]}"),
                    patched(conformance, "{}", replace));
        }
    }

    @Test
    void section3523ReplacesAttributesWithoutPath() {
        String emails = "'emails':[{'value':'bjensen@example.com','type':'work','primary':true},"
                + "{'value':'babs@jensen.org','type':'home'}]";
        // "Note that other attributes are unaffected."
        assertEquals(
                user("{'title':'t','nickName':'Babs'," + emails + "}"),
                patched(
                        Conformance.COMPAT,
                        "{'title':'t','nickName':'B','emails':[{'value':'old@example.com','primary':true}]}",
                        request("{'op':'replace','value':{" + emails + ",'nickname':'Babs'}}")));
    }

    private static ObjectNode groupOf(String members) {
        return created(GROUP, "{'displayName':'Tour Guides','members':[" + members + "]}");
    }

    private static ObjectNode group(Conformance conformance, String members, String... operations) {
        return new PatchApplier(GROUP, conformance)
                .apply(groupOf(members), parse(GROUP, conformance, request(operations)));
    }
}
