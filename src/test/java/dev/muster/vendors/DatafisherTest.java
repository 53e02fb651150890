package dev.muster.vendors;

import static dev.muster.vendors.EntraId.add;
import static dev.muster.vendors.EntraId.members;
import static dev.muster.vendors.EntraId.remove;
import static dev.muster.vendors.EntraId.replace;
import static dev.muster.vendors.EntraUser.CORE;
import static dev.muster.vendors.EntraUser.EMAIL;
import static dev.muster.vendors.EntraUser.ENTERPRISE;
import static dev.muster.vendors.EntraUser.assertNotIn;
import static dev.muster.vendors.VendorTenant.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.account.Retention;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Datafisher LMS with Entra ID: {@code deploy/tenants/datafisher.yaml} makes a tenant what the guide says, line by line. Users and
 * groups are matched by externalId, the objectId of Entra ID.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
@DisplayName("Datafisher LMS, Entra ID")
class DatafisherTest {

    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:datafisher:2.0:User";
    private static final String SOURCE = EXTENSION + ":source";
    private static final String NUMBER = ENTERPRISE + ":employeeNumber";
    private static final String DEPARTMENT = ENTERPRISE + ":department";
    private static final String MANAGER = ENTERPRISE + ":manager";

    private static final VendorSettings SETTINGS = VendorSettings.of("datafisher");
    private static final EntraUser ANN = EntraUser.called("Ann", "Aa")
            .with("title", "Guide")
            .with("preferredLanguage", "da-DK")
            .with(NUMBER, "701984")
            .with(DEPARTMENT, "Tours");
    private static final EntraUser BEA = EntraUser.called("Bea", "Bb");

    private VendorTenant datafisher;
    private EntraId entra;

    @BeforeEach
    void connect() {
        datafisher = VendorTenant.of("datafisher");
        entra = new EntraId(new Wire(datafisher.api()), "externalId", "externalId");
    }

    @Test
    @DisplayName(
            "1.a Tenant URL and secret token are all that is needed: Test connection passes with them, and with no other token")
    void testConnectionPasses() {
        entra.testConnection();
        Wire wrong = new Wire(new Api(
                datafisher.api().tenant(),
                Api.newToken(VendorTenant.of("datafisher").api().tenant())));
        new EntraId(wrong, "externalId", "externalId").probe().isError(401);
    }

    @Test
    @DisplayName("1.b The guide's attributes are accepted; what it leaves out is dropped, and the log says which")
    void unsupportedAttributesAreDroppedAndLogged() {
        String manager = entra.provision(BEA);
        EntraUser supported = ANN.with(MANAGER, manager);
        Exchange created = entra.create(supported
                        .with("displayName", "Ann Aa")
                        .with("name.formatted", "Ann Aa")
                        .with("addresses[type eq \"work\"].locality", "Aarhus")
                        .with("phoneNumbers[type eq \"mobile\"].value", "+45 2"))
                .is(201);

        supported.assertIn(created.body());
        Set<String> dropped = Set.of("displayName", "name.formatted", "addresses", "phoneNumbers");
        dropped.forEach(target -> assertNotIn(created.body(), target));
        assertEquals(dropped, datafisher.dropped(created));

        Exchange changed = entra.update(
                        created.id(),
                        replace("displayName", "Ann Cc"),
                        replace("name.formatted", "Ann Cc"),
                        add("addresses[type eq \"work\"].formatted", "Vej 1"),
                        add("phoneNumbers[type eq \"work\"].value", "+45 1"),
                        replace("title", "Lead"))
                .is(200);
        supported.with("title", "Lead").assertIn(changed.body());
        assertEquals(
                Set.of(
                        "displayName",
                        "name.formatted",
                        "addresses[type eq \"work\"].formatted",
                        "phoneNumbers[type eq \"work\"].value"),
                datafisher.dropped(changed));
    }

    @Test
    @DisplayName("1.b /Schemas shows what is on, and nothing else")
    void schemasShowWhatIsOn() {
        assertEquals(
                Set.of(
                        "userName",
                        "active",
                        "title",
                        "preferredLanguage",
                        "name",
                        "name.givenName",
                        "name.familyName",
                        "emails",
                        "emails.value",
                        "emails.type",
                        "emails.primary",
                        "emails.display"),
                datafisher.discovered(CORE));
        Set<String> enterprise = new HashSet<>(datafisher.discovered(ENTERPRISE));
        enterprise.removeIf(name -> name.startsWith("manager."));
        assertEquals(Set.of("employeeNumber", "department", "manager"), enterprise);
        assertEquals(Set.of("source"), datafisher.discovered(EXTENSION));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "title, " + CORE + ", title",
        NUMBER + ", " + ENTERPRISE + ", employeeNumber",
        DEPARTMENT + ", " + ENTERPRISE + ", department"
    })
    @DisplayName("1.b Each of title, employeeNumber and department can be switched off for a customer")
    void oneOfThreeIsSwitchedOff(String target, String schema, String name) {
        assertTrue(datafisher.discovered(schema).contains(name));
        datafisher.change(SETTINGS.without(target).toString());
        assertFalse(datafisher.discovered(schema).contains(name));

        Exchange created = entra.create(ANN).is(201);
        ANN.without(target).assertIn(created.body());
        assertNotIn(created.body(), target);
        assertEquals(Set.of(target), datafisher.dropped(created));
        Exchange changed = entra.update(created.id(), replace(target, "other")).is(200);
        assertEquals(Set.of(target), datafisher.dropped(changed));
    }

    @Test
    @DisplayName("1.c Users are matched on externalId, not on userName")
    void usersAreMatchedOnExternalId() {
        String id = entra.provision(ANN);
        JsonNode account = datafisher.account(ANN);

        EntraUser renamed = ANN.with("userName", "ann.married@contoso.example");
        assertEquals(id, entra.match(renamed).text("/Resources/0/id"));
        EntraUser namesake = BEA.with("userName", ANN.userName());
        assertEquals(0, entra.match(namesake).totalResults());
        entra.update(id, replace("userName", renamed.userName())).is(200);

        assertEquals(account.path("id"), datafisher.account(renamed).path("id"));
        assertEquals(
                renamed.userName(), datafisher.account(renamed).path("userName").asText());
    }

    @Test
    @DisplayName("1.c Accounts of the product are found by externalId too, and never by userName")
    void accountsAreMatchedOnExternalId() {
        datafisher.importAccounts(
                "{'productId':'p-ann','externalId':'" + ANN.externalId() + "','userName':'an.other@contoso.example'}",
                "{'productId':'p-bea','externalId':'" + UUID.randomUUID() + "','userName':'" + BEA.userName() + "'}");
        entra.provision(ANN);
        entra.provision(BEA);

        assertEquals("p-ann", datafisher.account(ANN).path("productId").asText());
        assertTrue(datafisher.account(BEA).path("productId").isMissingNode());
        assertEquals(3, datafisher.accounts("").size());
    }

    @Test
    @DisplayName("1.c Groups are matched on externalId: two may share a display name")
    void groupsAreMatchedOnExternalId() {
        String ann = entra.provision(ANN);
        String bea = entra.provision(BEA);
        String first = entra.provisionGroup("g-1", "Everybody", ann);
        String second = entra.provisionGroup("g-2", "Everybody", bea);
        assertNotEquals(first, second);

        Exchange found = entra.match("/Groups", "externalId", "g-2").is(200);
        assertEquals(1, found.totalResults());
        assertEquals(second, found.text("/Resources/0/id"));
        assertEquals(Set.of("g-1", "g-2"), each(datafisher.groups("?displayName=Everybody"), "externalId"));
        assertEquals(Set.of(ANN.externalId()), each(datafisher.accounts("?groupId=" + first), "externalId"));
        assertEquals(Set.of(BEA.externalId()), each(datafisher.accounts("?groupId=" + second), "externalId"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"active False", "DELETE", "active False, DELETE"})
    @DisplayName(
            "1.d Users are never deleted: who is deactivated or deleted is blocked; retention erases them later, and nothing earlier")
    void usersAreBlockedUntilTheRetentionEnds(String what) {
        String id = entra.provision(ANN);
        entra.provision(BEA);
        String account = datafisher.account(ANN).path("id").asText();
        if (what.startsWith("active False")) {
            entra.softDelete(id);
        }
        if (what.endsWith("DELETE")) {
            entra.delete(id);
        }

        JsonNode blocked = datafisher.account(ANN);
        assertEquals("blocked", blocked.path("status").asText());
        assertEquals(account, blocked.path("id").asText());
        assertEquals("Ann", blocked.at("/fields/givenName").asText());
        Instant eraseAt = Instant.parse(blocked.path("eraseAt").asText());
        Duration left = Duration.between(Instant.now(), eraseAt);
        assertTrue(
                left.compareTo(Duration.ofDays(364)) > 0 && left.compareTo(Duration.ofDays(365)) <= 0, left::toString);
        Retention.round();
        assertEquals(blocked, datafisher.account(ANN));

        Retention.ends(datafisher.api());
        Retention.round();
        JsonNode erased = datafisher.accounts("?status=deleted").getFirst();
        assertEquals(account, erased.path("id").asText());
        assertFalse(erased.toString().contains(ANN.externalId()), erased::toString);
        assertFalse(erased.toString().contains("Ann"), erased::toString);
        assertEquals(0, entra.match(ANN).totalResults());
        assertEquals("active", datafisher.status(BEA));
    }

    @Test
    @DisplayName("1.d Who comes back in time has the same account")
    void whoComesBackHasTheSameAccount() {
        String id = entra.provision(ANN);
        String account = datafisher.account(ANN).path("id").asText();
        entra.softDelete(id);
        entra.delete(id);
        assertEquals("blocked", datafisher.status(ANN));

        entra.provision(ANN);

        assertEquals("active", datafisher.status(ANN));
        assertEquals(account, datafisher.account(ANN).path("id").asText());
        assertTrue(datafisher.account(ANN).path("eraseAt").isMissingNode());
    }

    @Test
    @DisplayName(
            "1.e Email addresses are unique in the tenant; a breach is a 409 that names the attribute, and stands in the log")
    void emailAddressesAreUnique() {
        entra.provision(ANN);
        String bea = entra.provision(BEA);

        assertBreach(
                409,
                "uniqueness",
                entra.create(EntraUser.called("An", "Other").with(EMAIL, "ANN.AA@contoso.example")),
                "emails");
        assertBreach(409, "uniqueness", entra.update(bea, replace(EMAIL, ANN.value(EMAIL))), "emails");

        BEA.assertIn(entra.match(BEA).at("/Resources/0"));
        assertEquals(2, datafisher.accounts("").size());
    }

    @Test
    @DisplayName(
            "1.e Every user has an email address or an employee number; a breach is a 400 that names them, and stands in the log")
    void everyUserHasAnEmailAddressOrAnEmployeeNumber() {
        assertBreach(400, "invalidValue", entra.create(BEA.without(EMAIL)), "emails", NUMBER);
        assertEquals(0, entra.match(BEA).totalResults());

        String id = entra.provision(BEA.without(EMAIL).with(NUMBER, "1815"));
        assertBreach(400, "invalidValue", entra.update(id, remove(NUMBER)), "emails", NUMBER);
        entra.update(id, remove(NUMBER), add(EMAIL, BEA.value(EMAIL))).is(200);
        assertBreach(400, "invalidValue", entra.update(id, remove(EMAIL)), "emails", NUMBER);
        assertEquals(BEA.value(EMAIL), datafisher.account(BEA).path("email").asText());
    }

    @Test
    @DisplayName("1.e Where the customer uses no employee IDs, every user has an email address")
    void withoutEmployeeNumbersEveryUserHasAnEmailAddress() {
        datafisher.change(SETTINGS.without(NUMBER).toString());
        assertBreach(400, "invalidValue", entra.create(BEA.without(EMAIL).with(NUMBER, "1815")), "emails");
        entra.provision(BEA);
    }

    @Test
    @DisplayName("1.f Users outside the scope can be neither read, nor matched, nor changed")
    void usersOutsideTheScopeAreNotThere() {
        EntraUser external = EntraUser.called("Xan", "External").with(SOURCE, "external");
        datafisher.change("{'scope':null}");
        String hidden = entra.provision(external);
        JsonNode account = datafisher.account(external);
        datafisher.change("{'scope':" + SETTINGS.document().path("scope") + "}");
        String ann = entra.provision(ANN.with(SOURCE, "internal"));
        String bea = entra.provision(BEA);

        entra.wire().get("/Users/" + hidden).isError(404);
        assertEquals(0, entra.match(external).totalResults());
        assertEquals(0, entra.match("/Users", "userName", external.userName()).totalResults());
        assertEquals(0, entra.match("/Users", SOURCE, "external").totalResults());
        assertEquals(Set.of(ann, bea), each(entra.wire().get("/Users").at("/Resources"), "id"));
        entra.wire().operations("/Users/" + hidden, replace("active", "False")).isError(404);
        entra.wire()
                .put("/Users/" + hidden, external.with("title", "Spy").json().toString())
                .isError(404);
        entra.wire().delete("/Users/" + hidden).isError(404);
        String group = entra.provisionGroup("g-1", "Everybody", ann);
        entra.wire().operations("/Groups/" + group, members("Add", hidden)).isError(400, "invalidValue");
        entra.update(ann, replace(SOURCE, "external")).isError(403);
        entra.create(EntraUser.called("Yan", "External").with(SOURCE, "external"))
                .isError(403);

        assertEquals(account, datafisher.account(external));
        assertEquals("active", datafisher.status(ANN));
    }

    @Test
    @DisplayName("1.g Custom attributes are declared with name and type, and show in /Schemas")
    void customAttributesAreDeclared() {
        assertEquals(Set.of("source"), datafisher.discovered(EXTENSION));
        datafisher.change(SETTINGS.with("badge", "integer").toString());
        assertEquals(Set.of("source", "badge"), datafisher.discovered(EXTENSION));
        assertEquals("integer", entra.wire().get("/Schemas/" + EXTENSION).text("/attributes/1/type"));
        assertTrue(entra.wire()
                .get("/ResourceTypes/User")
                .at("/schemaExtensions")
                .toString()
                .contains(EXTENSION));

        String id = entra.provision(ANN);
        entra.update(id, "{'op':'Add','path':'" + EXTENSION + ":badge','value':7}")
                .is(200);
        assertEquals(1, entra.wire().query("/Users", EXTENSION + ":badge gt 6").totalResults());
        entra.update(id, add(EXTENSION + ":badge", "seven")).isError(400, "invalidValue");
    }

    @Test
    @DisplayName("1.g Custom attributes are stored, filtered and patched like any other, and reach the product")
    void customAttributesAreLikeAnyOther() {
        EntraUser ann = ANN.with(SOURCE, "payroll");
        String id = entra.provision(ann);
        Exchange stored = entra.wire().get("/Users/" + id).is(200);
        ann.assertIn(stored.body());
        assertTrue(stored.at("/schemas").toString().contains(EXTENSION));
        assertEquals(id, entra.match("/Users", SOURCE, "PAYROLL").text("/Resources/0/id"));
        assertEquals("payroll", datafisher.account(ANN).at("/fields/source").asText());

        entra.update(id, replace(SOURCE, "agency")).is(200);
        assertEquals(0, entra.match("/Users", SOURCE, "payroll").totalResults());
        assertEquals(1, entra.match("/Users", SOURCE, "agency").totalResults());
        assertEquals("agency", datafisher.account(ANN).at("/fields/source").asText());

        Exchange removed = entra.update(id, remove(SOURCE)).is(200);
        assertNotIn(removed.body(), SOURCE);
        assertFalse(removed.at("/schemas").toString().contains(EXTENSION));
        assertTrue(datafisher.account(ANN).at("/fields/source").isMissingNode());
    }

    @Test
    @DisplayName("1.h After a single update memberships follow a moment later; after a Bulk request all of it is there")
    void afterBulkAllIsThere() {
        String ann = entra.provision(ANN);
        String group = entra.provisionGroup("g-0", "Guides", ann);
        assertEquals(Set.of(ANN.externalId()), each(datafisher.accounts("?groupId=" + group), "externalId"));

        StringBuilder operations = new StringBuilder();
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            EntraUser user = EntraUser.called("User" + i, "Bulk");
            operations.append("{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"u" + i + "\",\"data\":"
                    + user.json() + "},");
            members.append(i == 0 ? "" : ",").append("{\"value\":\"bulkId:u" + i + "\"}");
        }
        Exchange bulk = entra.wire()
                .post(
                        "/Bulk",
                        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"],\"Operations\":["
                                + operations
                                + "{\"method\":\"POST\",\"path\":\"/Groups\",\"bulkId\":\"g\",\"data\":{\"externalId\":\"g-1\","
                                + "\"displayName\":\"Everybody\",\"members\":[" + members + "]}}]}")
                .is(200);
        assertEquals(
                "201", bulk.text("/Operations/50/status"), () -> bulk.body().toString());
        String everybody =
                datafisher.seenNow("/groups?externalId=g-1").at("/groups/0/id").asText();
        assertEquals(
                50,
                datafisher
                        .seenNow("/accounts?limit=1000&groupId=" + everybody)
                        .path("accounts")
                        .size());
        assertEquals(
                51,
                datafisher
                        .seenNow("/accounts?limit=1000&status=active")
                        .path("accounts")
                        .size());
    }

    @Test
    @DisplayName("1.i Groups are available to the product for assignment and reporting")
    void groupsAreAvailableToTheProduct() {
        String ann = entra.provision(ANN);
        String bea = entra.provision(BEA);
        String group = entra.provisionGroup("g-1", "Guides", ann, bea);
        String account = datafisher.account(ANN).path("id").asText();

        List<JsonNode> found = datafisher.groups("?externalId=g-1");
        assertEquals(1, found.size());
        assertEquals("Guides", found.getFirst().path("displayName").asText());
        assertEquals(group, found.getFirst().path("id").asText());
        assertEquals(
                Set.of(group),
                each(datafisher.seenNow("/accounts/" + account + "/groups").path("groups"), "id"));
        assertEquals(2, datafisher.accounts("?groupId=" + group).size());

        entra.updateGroup(group, replace("displayName", "Tour guides"));
        entra.updateGroup(group, members("Remove", bea));
        assertEquals(
                "Tour guides",
                datafisher
                        .groups("?externalId=g-1")
                        .getFirst()
                        .path("displayName")
                        .asText());
        assertEquals(Set.of(account), each(datafisher.accounts("?groupId=" + group), "id"));
        entra.wire().delete("/Groups/" + group).is(204);
        assertEquals(0, datafisher.groups().size());
        assertEquals("active", datafisher.status(ANN));
    }

    private void assertBreach(int status, String scimType, Exchange refused, String... attributes) {
        refused.isError(status, scimType);
        JsonNode entry = datafisher.entry(refused);
        assertEquals("error", entry.path("outcome").asText());
        assertEquals(status, entry.path("status").asInt());
        for (String attribute : attributes) {
            assertTrue(refused.text("/detail").contains(attribute), () -> refused.text("/detail"));
            assertTrue(entry.path("reason").asText().contains(attribute), entry::toString);
        }
    }
}
