package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scifeon's guide, with Entra ID. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ScifeonTest {

    private static final String DEPARTMENT = EntraUser.ENTERPRISE + ":department";
    private static final String AUDITORS = "7c0d1c3e-3f3b-4f0e-9f0a-6a1f4b9d2c11";

    private VendorTenant scifeon;
    private EntraId entra;

    @BeforeEach
    void connected() {
        scifeon = VendorTenant.of("scifeon");
        entra = SecretTokens.entra(scifeon.api());
    }

    @Test
    @DisplayName("2.a Enable SCIM: off, every call is refused clearly, and nothing changes")
    void switchedOffEveryCallIsRefusedAndNothingChanges() {
        assertEquals(
                entra.wire().tenantUrl(), scifeon.read("").path("tenantUrl").asText());
        entra.testConnection();
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        String id = entra.provision(ada);
        String group = entra.provisionGroup("g-1", "Analysts", id);
        JsonNode before = scifeon.account(ada.userName());
        JsonNode directory = entra.wire().get("/Users/" + id).body();

        scifeon.enable(false);
        for (Exchange refused : List.of(
                entra.probe(),
                entra.wire().get("/Users/" + id),
                entra.create(EntraUser.called("Grace", "Hopper")),
                entra.wire().operations("/Users/" + id, EntraId.replace("active", "False")),
                entra.wire().delete("/Users/" + id),
                entra.wire().operations("/Groups/" + group, EntraId.members("Remove", id)),
                entra.wire().delete("/Groups/" + group),
                entra.wire().post("/Bulk", "{'Operations':[{'method':'DELETE','path':'/Users/" + id + "'}]}"))) {
            String detail = refused.isError(403).text("/detail");
            assertTrue(detail.contains("switched off") && detail.contains("Nothing was changed"), detail);
            assertTrue(scifeon.entry(refused).path("advice").asText().contains("Open the tenant's endpoint again"));
        }

        scifeon.enable(true);
        assertEquals(directory, entra.wire().get("/Users/" + id).body());
        assertEquals(1, entra.wire().get("/Users").totalResults());
        assertEquals(before, scifeon.account(ada.userName()));
        assertEquals(List.of(ada.userName()), scifeon.members(group(scifeon, "Analysts")));
    }

    @Test
    @DisplayName("2.b an API key with the SCIM scope is made by itself and shown once")
    void aKeyOfTheScimScopeIsShownOnce() {
        SecretTokens keys = new SecretTokens(scifeon);
        JsonNode made = keys.make("{'description':'Entra ID','scope':'scim'}");
        String key = made.path("token").asText();
        keys.entra(made).testConnection();

        JsonNode listed = keys.listed();
        assertTrue(listed.findValuesAsText("id").contains(made.path("id").asText()));
        assertTrue(listed.findValues("token").isEmpty(), listed::toString);
        assertFalse(listed.toString().contains(key.substring(key.lastIndexOf('_') + 1)));

        keys.entra(keys.make("{'scope':'app'}")).probe().isError(403);
    }

    @Test
    @DisplayName("2.c column mappings: the product's user fields are made of SCIM attributes")
    void columnsAreMadeOfAttributes() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace")
                .with("displayName", "Ada Lovelace")
                .with("nickName", "al")
                .with(EntraUser.EMAIL, "Ada@Contoso.example")
                .with("phoneNumbers[type eq \"work\"].value", "+45 1")
                .with("phoneNumbers[type eq \"mobile\"].value", "+45 2")
                .with("title", "Countess")
                .with("preferredLanguage", "da-DK");
        String id = entra.provision(ada);
        assertEquals(
                Json.json("{'fullName':'Ada Lovelace','initials':'AL','mail':'ada@contoso.example','phone':'+45 1',"
                        + "'jobTitle':'Countess','language':'da','origin':'Entra ID'}"),
                fields(ada));

        entra.update(
                        id,
                        EntraId.replace("phoneNumbers[type eq \"work\"].value", "+45 3"),
                        EntraId.replace("preferredLanguage", "en-GB"),
                        EntraId.remove("title"))
                .is(200);
        assertEquals(
                Json.json("{'fullName':'Ada Lovelace','initials':'AL','mail':'ada@contoso.example','phone':'+45 3',"
                        + "'language':'en','origin':'Entra ID'}"),
                fields(ada));

        scifeon.change("{'accountFields':{'origin':{'constant':'Azure'},'phone':null,"
                + "'mobile':{'from':'phoneNumbers[type eq \\\"mobile\\\"].value'}}}");
        assertEquals(
                Json.json("{'fullName':'Ada Lovelace','initials':'AL','mail':'ada@contoso.example','mobile':'+45 2',"
                        + "'language':'en','origin':'Azure'}"),
                fields(ada));
    }

    private JsonNode fields(EntraUser user) {
        return scifeon.account(user.userName()).path("fields");
    }

    @Test
    @DisplayName("2.d department mappings: the product's department by the identity provider's")
    void departmentsAreTheProducts() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace").with(DEPARTMENT, "Research & Development");
        EntraUser grace = EntraUser.called("Grace", "Hopper").with(DEPARTMENT, "quality ASSURANCE");
        EntraUser alan = EntraUser.called("Alan", "Turing");
        String adaId = entra.provision(ada);
        entra.provision(grace);
        entra.provision(alan);
        assertEquals("Research", department(ada));
        assertEquals("Quality", department(grace));
        assertEquals("", department(alan));

        entra.update(adaId, EntraId.replace(DEPARTMENT, "Quality Assurance")).is(200);
        assertEquals("Quality", department(ada));
        entra.update(adaId, EntraId.remove(DEPARTMENT)).is(200);
        assertEquals("", department(ada));
    }

    @Test
    @DisplayName("2.d a department that nobody has mapped waits, and is there as soon as it is mapped")
    void aDepartmentWithoutMappingWaits() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace").with(DEPARTMENT, "R&D");
        EntraUser grace = EntraUser.called("Grace", "Hopper").with(DEPARTMENT, "Marketing");
        String adaId = entra.provision(ada);
        String graceId = entra.provision(grace);
        assertEquals("Research", department(ada));
        entra.update(adaId, EntraId.replace(DEPARTMENT, "Marketing"), EntraId.replace("title", "Countess"))
                .is(200);

        List<JsonNode> pending = scifeon.pending();
        assertEquals(
                Map.of(adaId, ada.userName(), graceId, grace.userName()),
                pending.stream()
                        .collect(java.util.stream.Collectors.toMap(
                                entry -> entry.path("resourceId").asText(),
                                entry -> entry.at("/who/userName").asText())));
        pending.forEach(entry -> assertEquals("department", entry.path("reason").asText(), entry::toString));
        assertEquals(List.of(), scifeon.accounts("?userName=" + grace.userName()));
        assertEquals("Research", department(ada));

        scifeon.change("{'departments':{'map':{'Marketing':'Sales'}}}");
        assertEquals(List.of(), scifeon.pending());
        assertEquals("Sales", department(ada));
        assertEquals("Sales", department(grace));
        assertEquals(
                "Countess",
                scifeon.account(ada.userName()).at("/fields/jobTitle").asText());
    }

    private String department(EntraUser user) {
        return scifeon.account(user.userName()).path("department").asText();
    }

    @Test
    @DisplayName("2.e group-role mappings: membership gives a role, leaving takes it")
    void rolesComeAndGoWithMembership() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        EntraUser grace = EntraUser.called("Grace", "Hopper");
        String adaId = entra.provision(ada);
        String graceId = entra.provision(grace);
        String administrators = entra.provisionGroup("g-1", "SCIFEON administrators", adaId);
        String scientists = entra.provisionGroup("g-2", "Scifeon Scientists", adaId, graceId);
        String auditors = entra.provisionGroup(AUDITORS, "Whatever their name is", adaId);
        entra.provisionGroup("g-4", "Others", adaId, graceId);
        assertEquals(List.of("administrator", "auditor", "scientist"), roles(ada));
        assertEquals(List.of("scientist"), roles(grace));

        entra.updateGroup(administrators, EntraId.members("Remove", adaId));
        assertEquals(List.of("auditor", "scientist"), roles(ada));
        entra.updateGroup(scientists, EntraId.replace("displayName", "Former Scientists"));
        assertEquals(List.of("auditor"), roles(ada));
        assertEquals(List.of(), roles(grace));
        entra.updateGroup(auditors, EntraId.replace("displayName", "Auditors"), EntraId.members("Add", graceId));
        assertEquals(List.of("auditor"), roles(grace));
        entra.wire().delete("/Groups/" + auditors).is(204);
        assertEquals(List.of(), roles(ada));
        assertEquals(List.of(), roles(grace));
    }

    private List<String> roles(EntraUser user) {
        return scifeon.account(user.userName())
                .path("roles")
                .valueStream()
                .map(JsonNode::asText)
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("2.f errors and logs: what failed, for whom, why, and what to do about it")
    void theLogSaysWhatFailedForWhomWhyAndWhatToDo() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace");
        entra.provision(ada);
        String group = entra.provisionGroup("g-1", "Scifeon Scientists");
        EntraUser grace = EntraUser.called("Grace", "Hopper").with("active", "perhaps");

        Exchange taken = entra.create(ada.with("externalId", "another")).isError(409, "uniqueness");
        Exchange wrong = entra.create(grace).isError(400, "invalidValue");
        Exchange unknown = entra.wire()
                .operations("/Groups/" + group, EntraId.members("Add", "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"))
                .isError(400, "invalidValue");

        scifeon.log().entries(3, "outcome", "error");
        assertFailure(taken, "POST", ada.userName(), "userName", "same person");
        assertFailure(wrong, "POST", grace.userName(), "active", "Correct the value");
        JsonNode entry = scifeon.entry(unknown);
        assertEquals(entry, scifeon.log().entry("person", "Scifeon Scientists", "outcome", "error"));
        assertTrue(entry.path("reason").asText().contains("0a21f0f2"), entry::toString);
        assertTrue(entry.path("advice").asText().contains("Assign the member"), entry::toString);
        assertEquals(
                "POST",
                scifeon.log()
                        .entry("person", grace.userName(), "outcome", "error")
                        .path("method")
                        .asText());
    }

    private void assertFailure(Exchange failed, String method, String who, String why, String advice) {
        JsonNode entry = scifeon.entry(failed);
        assertEquals("error", entry.path("outcome").asText());
        assertEquals(method, entry.path("method").asText());
        assertEquals(who, entry.at("/who/userName").asText(), entry::toString);
        assertTrue(entry.path("reason").asText().contains(why), entry::toString);
        assertTrue(entry.path("advice").asText().contains(advice), entry::toString);
    }

    @Test
    @DisplayName("2.g Entra's cycles: what has not changed stays as it is, what has changed arrives")
    void cyclesChangeNothingButWhatHasChanged() {
        Map<String, EntraUser> users = new LinkedHashMap<>();
        IntStream.range(0, 20)
                .mapToObj(n -> EntraUser.called("Ada" + n, "Lovelace").with("title", "Countess"))
                .forEach(user -> users.put(entra.provision(user), user));
        String[] ids = users.keySet().toArray(String[]::new);
        String group = entra.provisionGroup("g-1", "Scifeon Scientists", ids);
        List<JsonNode> first = scifeon.accounts("");
        assertEquals(20, first.size());

        users.forEach((id, user) -> assertEquals(id, entra.match(user).text("/Resources/0/id")));
        // After "Restart provisioning" all is written again, whether it has changed or not.
        users.forEach((id, user) -> entra.update(
                        id, EntraId.replace("title", user.value("title")), EntraId.replace("active", "True"))
                .is(200));
        entra.updateGroup(group, EntraId.members("Add", ids));
        assertEquals(first, scifeon.accounts(""));
        scifeon.log().entries(21, "outcome", "unchanged", "method", "PATCH");

        String changed = ids[7];
        entra.update(changed, EntraId.replace("title", "Analyst")).is(200);
        entra.updateGroup(group, EntraId.members("Remove", ids[8]));
        List<JsonNode> second = scifeon.accounts("");
        assertEquals(
                List.of(users.get(changed).userName(), users.get(ids[8]).userName()),
                IntStream.range(0, 20)
                        .filter(n -> !first.get(n).equals(second.get(n)))
                        .mapToObj(n -> second.get(n).path("userName").asText())
                        .toList());
        assertEquals(
                "Analyst",
                scifeon.account(users.get(changed).userName())
                        .at("/fields/jobTitle")
                        .asText());
    }

    private static String group(VendorTenant tenant, String displayName) {
        return tenant.groups().stream()
                .filter(group -> group.path("displayName").asText().equals(displayName))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }
}
