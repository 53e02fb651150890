package dev.muster.scim.patch;

import static dev.muster.scim.patch.UserPatch.GROUP;
import static dev.muster.scim.patch.UserPatch.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.patch.MemberChange.Member;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PATCH of groups as Entra ID and Okta send it. */
class MemberFormsTest {

    @Test
    void addsMembers() {
        assertEquals(
                List.of(new MemberChange.Add(List.of(new Member("a", null)))),
                changes("{'op':'Add','path':'members','value':[{'$ref':null,'value':'a'}]}"));
        assertEquals(
                List.of(new MemberChange.Add(List.of(new Member("a", "User"), new Member("b", null)))),
                changes(
                        "{'op':'add','path':'members','value':[{'value':'a','type':'User','display':'A'},{'value':'b'}]}"));
        assertEquals(
                List.of(new MemberChange.Add(List.of(new Member("a", null)))),
                changes("{'op':'add','value':{'members':[{'value':'a'}]}}"));
    }

    /** C12. */
    @Test
    void removesMembersByAListOfValues() {
        assertEquals(
                List.of(new MemberChange.Remove(List.of("a", "b"))),
                changes("{'op':'Remove','path':'members','value':[{'$ref':null,'value':'a'},{'value':'b'}]}"));
    }

    @Test
    void anEmptyListOfValuesRemovesNobody() {
        assertEquals(List.of(), changes("{'op':'Remove','path':'members','value':[]}"));
        assertEquals(List.of(), changes("{'op':'Remove','path':'members','value':[null]}"));
    }

    @Test
    void removesMembersByFilter() {
        assertEquals(
                List.of(new MemberChange.Remove(List.of("a"))),
                changes("{\"op\":\"Remove\",\"path\":\"members[value eq \\\"a\\\"]\"}"));
        assertEquals(
                List.of(new MemberChange.Remove(List.of("a", "b", "c"))),
                changes("{\"op\":\"remove\",\"path\":"
                        + "\"members[value eq \\\"a\\\" or (value eq \\\"b\\\" or value eq \\\"c\\\")]\"}"));
        for (String filter : List.of(
                "type eq \\\"Group\\\"",
                "value ne \\\"a\\\"",
                "value eq \\\"a\\\" and type eq \\\"User\\\"",
                "value eq \\\"a\\\" or type eq \\\"User\\\"",
                "value eq null")) {
            assertInstanceOf(
                    MemberChange.RemoveMatching.class,
                    changes("{\"op\":\"remove\",\"path\":\"members[" + filter + "]\"}")
                            .getFirst(),
                    filter);
        }
    }

    @Test
    void removesAllMembers() {
        assertEquals(List.of(new MemberChange.RemoveAll()), changes("{'op':'remove','path':'members'}"));
        assertEquals(List.of(new MemberChange.RemoveAll()), changes("{'op':'replace','path':'members','value':[]}"));
        assertEquals(List.of(new MemberChange.RemoveAll()), changes("{'op':'replace','path':'members','value':null}"));
    }

    @Test
    void replacesMembers() {
        assertEquals(
                List.of(new MemberChange.ReplaceAll(List.of(new Member("a", null), new Member("b", null)))),
                changes("{'op':'replace','path':'members','value':[{'value':'a'},{'value':'b'}]}"));
    }

    /** C13: Okta renames a group so on every membership change. */
    @Test
    void aRenameChangesNoMember() {
        PatchPartition partition =
                partition(Conformance.COMPAT, "{'op':'replace','value':{'id':'g','displayName':'n'}}");
        assertEquals(List.of(), partition.members());
        assertEquals(1, partition.document().size());
        assertEquals(
                "displayName",
                partition.document().getFirst().path().attribute().toString());
    }

    /** C14. */
    @Test
    void takesTenThousandMembersInOneOperation() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            members.append(i == 0 ? "" : ",").append("{'value':'").append(i).append("'}");
        }
        MemberChange change = changes("{'op':'Add','path':'members','value':[" + members + "]}")
                .getFirst();
        assertEquals(10_000, ((MemberChange.Add) change).members().size());
    }

    @Test
    void keepsTheOrderAndSplitsOffTheRest() {
        PatchPartition partition = partition(
                Conformance.COMPAT,
                "{'op':'remove','path':'members'}",
                "{'op':'replace','path':'displayName','value':'n'}",
                "{'op':'add','path':'members','value':[{'value':'a'}]}",
                "{'op':'add','path':'externalId','value':'e'}");
        assertEquals(
                List.of(new MemberChange.RemoveAll(), new MemberChange.Add(List.of(new Member("a", null)))),
                partition.members());
        assertEquals(
                List.of("displayName", "externalId"),
                partition.document().stream()
                        .map(o -> o.path().attribute().toString())
                        .toList());
    }

    @Test
    void ofAMemberNothingCanBeChanged() {
        String type = "{\"op\":\"replace\",\"path\":\"members[value eq \\\"a\\\"].type\",\"value\":\"Group\"}";
        String value = "{\"op\":\"replace\",\"path\":\"members[value eq \\\"a\\\"].value\",\"value\":\"b\"}";
        String element = "{\"op\":\"replace\",\"path\":\"members[value eq \\\"a\\\"]\",\"value\":{\"value\":\"b\"}}";
        for (String operation : List.of(type, value, element)) {
            assertEquals(ScimType.MUTABILITY, refusal(Conformance.COMPAT, operation), operation);
        }
        assertEquals(ScimType.MUTABILITY, refusal(Conformance.STRICT, type));
        assertEquals(ScimType.MUTABILITY, refusal(Conformance.STRICT, value));
        assertEquals(ScimType.INVALID_PATH, refusal(Conformance.STRICT, element));
        assertEquals(
                List.of(new MemberChange.Add(List.of(new Member("a", null)))),
                changes("{\"op\":\"add\",\"path\":\"members[value eq \\\"a\\\"]\",\"value\":{\"value\":\"a\"}}"));
    }

    /** The display name of a member is derived from the member. */
    @Test
    void aDisplayNameChangesNothingAndIsRefusedUnderStrict() {
        String named = "{\"op\":\"replace\",\"path\":\"members[value eq \\\"a\\\"].display\",\"value\":\"A\"}";
        String all = "{'op':'remove','path':'members.display'}";
        for (String operation : List.of(named, all)) {
            assertEquals(List.of(), changes(operation));
            ScimException refusal =
                    assertThrows(ScimException.class, () -> partition(Conformance.STRICT, operation), operation);
            assertEquals(ScimType.MUTABILITY, refusal.error().scimType());
        }
    }

    @Test
    void aMemberWithoutValueIsRefused() {
        ScimException refusal = assertThrows(
                ScimException.class, () -> changes("{'op':'add','path':'members','value':[{'display':'A'}]}"));
        assertEquals(ScimType.INVALID_VALUE, refusal.error().scimType());
    }

    /** All other value paths without a sub-attribute are refused under strict, but a member cannot be removed otherwise. */
    @ParameterizedTest
    @EnumSource(Conformance.class)
    void aMemberIsRemovedByAValueFilter(Conformance conformance) {
        assertEquals(
                List.of(new MemberChange.Remove(List.of("a"))),
                partition(conformance, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"a\\\"]\"}")
                        .members());
    }

    private static ScimType refusal(Conformance conformance, String operation) {
        return assertThrows(ScimException.class, () -> partition(conformance, operation), operation)
                .error()
                .scimType();
    }

    private static List<MemberChange> changes(String... operations) {
        return partition(Conformance.COMPAT, operations).members();
    }

    private static PatchPartition partition(Conformance conformance, String... operations) {
        return PatchPartition.of(UserPatch.parse(GROUP, conformance, request(operations)), conformance);
    }

    /** A rename by a client that writes members it does not know as null must not empty the group (C13, C45). */
    @Test
    void nullMembersBesideARenameChangeNoMembership() {
        assertEquals(List.of(), changes("{'op':'replace','value':{'displayName':'n','members':null}}"));
    }
}
