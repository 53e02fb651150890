package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Complaints about groups: members lost, groups emptied, the whole group sent for one member. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class GroupComplaintsTest {

    private Wire wire;
    private String ann;
    private String bea;
    private String group;

    @BeforeEach
    void newGroup() {
        wire = Wire.toNewTenant();
        ann = wire.api().newUser("ann");
        bea = wire.api().newUser("bea");
        group = "/Groups/"
                + wire.post("/Groups", "{'displayName':'Guides','members':" + values(List.of(ann, bea)) + "}")
                        .is(201)
                        .id();
    }

    @Test
    void c12MembersAreRemovedByAValueArray() {
        wire.operations(group, "{'op':'Remove','path':'members','value':[{'$ref':null,'value':'" + ann + "'}]}")
                .is(204);
        assertEquals(Set.of(bea), members());
        wire.operations(group, "{'op':'Remove','path':'members','value':[{'$ref':null,'value':'" + ann + "'}]}")
                .is(204);
        assertEquals(Set.of(bea), members());
    }

    @Test
    void c13GroupRenameKeepsMembers() {
        wire.operations(group, "{'op':'Replace','path':'displayName','value':'Leads'}")
                .is(204);
        wire.operations(group, "{'op':'replace','value':{'displayName':'Leaders'}}")
                .is(204);
        assertEquals(Set.of(ann, bea), members());
        wire.put(group, "{'displayName':'Tour Leaders'}").is(200);
        assertEquals("Tour Leaders", wire.get(group).text("/displayName"));
        assertEquals(Set.of(ann, bea), members());
    }

    @Test
    void c14AndC16HundredsOfMembersInOnePatchAndOneMoreWithoutEcho() {
        List<String> users = IntStream.range(0, 150)
                .mapToObj(number -> wire.api().newUser("u" + number))
                .toList();
        wire.operations(group, "{'op':'add','path':'members','value':" + values(users) + "}")
                .is(204);
        assertEquals(152, members().size());
        assertTrue(members().containsAll(users));
        String last = wire.api().newUser("last");
        Exchange one = wire.operations(group, "{'op':'add','path':'members','value':[{'value':'" + last + "'}]}")
                .is(204);
        assertTrue(one.body().isMissingNode());
        assertEquals(153, members().size());
        wire.operations(group, "{'op':'remove','path':'members','value':" + values(users) + "}")
                .is(204);
        assertEquals(Set.of(ann, bea, last), members());
    }

    @Test
    void c15AGroupIsChangedWholeOrNotAtAll() {
        wire.operations(
                        group,
                        "{'op':'replace','path':'displayName','value':'Other'}",
                        "{'op':'remove','path':'members'}",
                        "{'op':'add','path':'members','value':[{'value':'01a00000-0000-7000-8000-000000000000'}]}")
                .isError(400, "invalidValue");
        assertEquals("Guides", wire.get(group).text("/displayName"));
        assertEquals(Set.of(ann, bea), members());
    }

    @Test
    void c15ParallelChangesAreAllThere() {
        List<String> users = IntStream.range(0, 12)
                .mapToObj(number -> wire.api().newUser("u" + number))
                .toList();
        Set<Integer> statuses = users.parallelStream()
                .map(id -> wire.operations(group, "{'op':'add','path':'members','value':[{'value':'" + id + "'}]}")
                        .status())
                .collect(Collectors.toSet());
        assertEquals(Set.of(204), statuses);
        assertEquals(14, members().size());
    }

    @Test
    void c18PutReplacesMembers() {
        String cleo = wire.api().newUser("cleo");
        wire.put(group, "{'displayName':'Guides','members':" + values(List.of(bea, cleo)) + "}")
                .is(200);
        assertEquals(new TreeSet<>(List.of(bea, cleo)), members());
        wire.put(group, "{'displayName':'Guides','members':[]}").is(200);
        assertEquals(Set.of(), members());
    }

    @Test
    void c42AGroupCanBeAMemberOfAGroup() {
        String outer = "/Groups/"
                + wire.post(
                                "/Groups",
                                "{'displayName':'All','members':[{'value':'" + group.substring("/Groups/".length())
                                        + "','type':'Group'}]}")
                        .is(201)
                        .id();
        Exchange read = wire.get(outer).is(200);
        assertEquals("Group", read.text("/members/0/type"));
        assertEquals(wire.tenantUrl() + group, read.text("/members/0/$ref"));
    }

    @Test
    void c45NullMembersAreNoMembers() {
        wire.operations(group, "{'op':'add','path':'members','value':[{'value':null}]}")
                .is(204);
        assertEquals(Set.of(ann, bea), members());
        wire.operations(group, "{'op':'replace','path':'members','value':null}").is(204);
        assertEquals(Set.of(), members());
        wire.post("/Groups", "{'displayName':'Leads','members':null}").is(201);
    }

    @Test
    void c48WhereThereAreNoGroupsTheListIsEmpty() {
        Exchange none = Wire.toNewTenant().get("/Groups").is(200);
        assertEquals(0, none.totalResults());
        assertTrue(none.at("/Resources").isArray());
    }

    @Test
    void c50DisplayNamesMayRepeatAndComeBack() {
        wire.post("/Groups", "{'displayName':'Guides'}").is(201);
        assertEquals(2, wire.query("/Groups", "displayName eq \"guides\"").totalResults());
        wire.operations(group, "{'op':'replace','path':'displayName','value':'Leads'}")
                .is(204);
        wire.operations(group, "{'op':'replace','path':'displayName','value':'Guides'}")
                .is(204);
        assertEquals(2, wire.query("/Groups", "displayName eq \"Guides\"").totalResults());
        assertEquals(Set.of(ann, bea), members());
    }

    private Set<String> members() {
        Set<String> members = new TreeSet<>();
        wire.get(group)
                .is(200)
                .at("/members")
                .forEach(member -> members.add(member.path("value").asText()));
        return members;
    }

    private static String values(List<String> ids) {
        return ids.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
    }
}
