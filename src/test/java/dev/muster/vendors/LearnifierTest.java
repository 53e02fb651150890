package dev.muster.vendors;

import static dev.muster.vendors.EntraId.add;
import static dev.muster.vendors.EntraId.members;
import static dev.muster.vendors.EntraId.remove;
import static dev.muster.vendors.EntraId.replace;
import static dev.muster.vendors.EntraUser.ENTERPRISE;
import static dev.muster.vendors.EntraUser.assertIn;
import static dev.muster.vendors.EntraUser.assertNotIn;
import static dev.muster.vendors.VendorTenant.each;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Learnifier with Entra ID: {@code deploy/tenants/learnifier.yaml} makes a tenant what the guide says, line by line. Users are
 * matched by userName, groups by displayName.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
@DisplayName("Learnifier, Entra ID")
class LearnifierTest {

    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:learnifier:2.0:User";
    private static final String COST_UNIT = EXTENSION + ":costUnit";
    private static final String EMPLOYEES = "8aa1a0c0-b4c3-4bc0-b4a5-2ef676900159";
    private static final VendorSettings SETTINGS = VendorSettings.of("learnifier");

    /** The guide's table: target attribute, first value, other value. */
    private static final String TABLE = """
            userName | ann@contoso.example | ann.bb@contoso.example
            active | True | False
            displayName | Ann Aa | Ann Bb
            title | Guide | Lead
            emails[type eq "work"].value | ann.aa@contoso.example | ann.bb@contoso.example
            preferredLanguage | da-DK | en-GB
            name.givenName | Ann | Anna
            name.familyName | Aa | Bb
            name.formatted | Ann Aa | Anna Bb
            addresses[type eq "work"].formatted | Vej 1, Aarhus | Weg 2, Berlin
            addresses[type eq "work"].streetAddress | Vej 1 | Weg 2
            addresses[type eq "work"].locality | Aarhus | Berlin
            addresses[type eq "work"].region | Midtjylland | Brandenburg
            addresses[type eq "work"].postalCode | 8000 | 10115
            addresses[type eq "work"].country | DK | DE
            phoneNumbers[type eq "work"].value | +45 1 | +49 1
            phoneNumbers[type eq "mobile"].value | +45 2 | +49 2
            phoneNumbers[type eq "fax"].value | +45 3 | +49 3
            externalId | ann.aa | ann.bb
            ENT:employeeNumber | 701984 | 701985
            ENT:department | Tours | Sales
            ENT:manager | 26118915-6090-4610-87e4-49d8ca9f808d | 37118915-6090-4610-87e4-49d8ca9f808d
            """;

    private static final EntraUser ANN = column(1);

    private VendorTenant learnifier;
    private EntraId entra;

    @BeforeEach
    void connect() {
        learnifier = VendorTenant.of("learnifier");
        entra = new EntraId(new Wire(learnifier.api()), "userName", "displayName");
        entra.testConnection();
    }

    @Test
    @DisplayName("3.a The whole default table, 22 rows, is created, and shown by /Schemas")
    void theWholeTableIsCreated() {
        assertEquals(22, ANN.values().size());
        String id = entra.provision(ANN);
        JsonNode created = entra.wire().get("/Users/" + id).is(200).body();
        ANN.assertIn(created);
        assertEquals(Set.of(), learnifier.dropped(entra.create(column(2).without("active"))));

        Set<String> shown = new HashSet<>(learnifier.discovered(EntraUser.CORE));
        learnifier.discovered(ENTERPRISE).forEach(name -> shown.add(ENTERPRISE + ":" + name));
        for (String target : ANN.values().keySet()) {
            String name = target.replaceAll("\\[.*]", "");
            assertTrue(name.equals("externalId") || shown.contains(name), () -> name + " in " + shown);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = (char) 1, textBlock = TABLE)
    @DisplayName("3.a Each row is changed and removed by PATCH in Entra's own forms")
    void eachRowIsChangedAndRemoved(String row, String value, String other) {
        String target = row.replace("ENT", ENTERPRISE);
        String id = entra.provision(ANN);
        JsonNode created = entra.wire().get("/Users/" + id).body();

        assertChanges(id, created, target, replace(target, other), other);
        assertChanges(id, created, target, add(target, value), value);
        // As the portal shows it.
        String dotted = target.replace(ENTERPRISE + ":", ENTERPRISE + ".");
        assertChanges(id, created, target, replace(dotted, other), other);
        if (target.equals("userName")) {
            entra.update(id, remove(target)).isError(400, "mutability");
            return;
        }
        entra.update(id, remove(target)).is(200);
        JsonNode removed = entra.wire().get("/Users/" + id).body();
        assertNotIn(removed, target);
        entra.update(id, add(target, value)).is(200);
        assertIn(entra.wire().get("/Users/" + id).body(), target, value);
    }

    @Test
    @DisplayName("3.a All rows are changed, removed, and added again, by one PATCH each; and the product sees it")
    void allRowsAreChangedAndRemovedAtOnce() {
        String id = entra.provision(ANN);
        EntraUser other = column(2).with("active", "True");
        entra.update(id, operations(other, EntraId::replace)).is(200);
        JsonNode changed = entra.wire().get("/Users/" + id).body();
        other.assertIn(changed);
        JsonNode account = learnifier.account(other);
        assertEquals(other.userName(), account.path("userName").asText());
        assertEquals("Sales", account.path("department").asText());
        assertEquals("701985", account.path("employeeNumber").asText());
        assertEquals("+49 2", account.at("/fields/mobile").asText());
        assertEquals("Berlin", account.at("/fields/city").asText());
        assertEquals("DE", account.at("/fields/country").asText());

        EntraUser removable = other.without("userName").without("externalId").without("active");
        entra.update(id, operations(removable, (target, value) -> remove(target)))
                .is(200);
        JsonNode removed = entra.wire().get("/Users/" + id).body();
        removable.values().keySet().forEach(target -> assertNotIn(removed, target));
        assertEquals("{}", learnifier.account(other).path("fields").toString());
        assertEquals("active", learnifier.status(other));

        entra.update(id, operations(removable, EntraId::add)).is(200);
        JsonNode added = entra.wire().get("/Users/" + id).body();
        other.assertIn(added);
        assertEquals(1, added.path("addresses").size());
        assertEquals(3, added.path("phoneNumbers").size());
    }

    @Test
    @DisplayName("3.b Groups have displayName, by which they are matched, externalId and members")
    void groupsAreMatchedByDisplayName() {
        String ann = entra.provision(ANN);
        String bea = entra.provision(EntraUser.called("Bea", "Bb"));
        String group = entra.provisionGroup(EMPLOYEES, "Employees", ann);

        Exchange found = entra.match("/Groups", "displayName", "employees").is(200);
        assertEquals(group, found.text("/Resources/0/id"));
        assertEquals(EMPLOYEES, found.text("/Resources/0/externalId"));
        assertTrue(found.at("/Resources/0/members").isMissingNode());
        assertEquals(0, entra.match("/Groups", "displayName", "Employee").totalResults());

        entra.updateGroup(
                group, members("Add", bea, ann), replace("displayName", "Staff"), replace("externalId", "e-2"));
        JsonNode changed = entra.wire().get("/Groups/" + group).is(200).body();
        assertEquals(Set.of(ann, bea), each(changed.path("members"), "value"));
        assertEquals("Staff", changed.path("displayName").asText());
        assertEquals("e-2", changed.path("externalId").asText());
        assertEquals(Set.of(ann, bea), each(learnifier.accounts("?groupId=" + group), "scimId"));

        entra.updateGroup(group, members("Remove", ann));
        assertEquals(Set.of(bea), each(entra.wire().get("/Groups/" + group).at("/members"), "value"));
        assertEquals(Set.of(bea), each(learnifier.accounts("?groupId=" + group), "scimId"));
    }

    @Test
    @DisplayName("3.c Create, Update and Delete are possible for users")
    void usersAreCreatedUpdatedAndDeleted() {
        String id = entra.provision(ANN);
        assertEquals("active", learnifier.status(ANN));
        entra.update(id, replace("title", "Lead")).is(200);
        assertEquals("Lead", learnifier.account(ANN).at("/fields/title").asText());
        entra.softDelete(id);
        assertEquals("inactive", learnifier.status(ANN));
        entra.delete(id);

        entra.wire().get("/Users/" + id).isError(404);
        assertEquals(0, entra.match(ANN).totalResults());
        assertEquals("inactive", learnifier.status(ANN));
    }

    @Test
    @DisplayName("3.c Create, Update and Delete are possible for groups")
    void groupsAreCreatedUpdatedAndDeleted() {
        String ann = entra.provision(ANN);
        String group = entra.provisionGroup(EMPLOYEES, "Employees", ann);
        assertEquals(Set.of("Employees"), each(learnifier.groups(), "displayName"));
        entra.updateGroup(group, replace("displayName", "Staff"));
        assertEquals(Set.of("Staff"), each(learnifier.groups(), "displayName"));
        entra.wire().delete("/Groups/" + group).is(204);

        entra.wire().get("/Groups/" + group).isError(404);
        assertEquals(List.of(), learnifier.groups());
        assertEquals("active", learnifier.status(ANN));
    }

    @Test
    @DisplayName("3.d A further field is declared on the product's side first, and mapped then")
    void furtherFieldsAreDeclaredFirst() {
        String seat = EXTENSION + ":seat";
        EntraUser ann = ANN.with(COST_UNIT, "4711");
        Exchange early = entra.create(ann.with(seat, "12A")).is(201);
        String id = early.id();
        assertEquals(Set.of(seat), learnifier.dropped(early));
        assertIn(entra.wire().get("/Users/" + id).body(), COST_UNIT, "4711");
        assertEquals("4711", learnifier.account(ann).at("/fields/costUnit").asText());
        assertEquals(Set.of("costUnit"), learnifier.discovered(EXTENSION));

        learnifier.change(SETTINGS.with("seat", "string").toString());
        assertEquals(Set.of("costUnit", "seat"), learnifier.discovered(EXTENSION));

        entra.update(id, add(seat, "12A")).is(200);
        assertIn(entra.wire().get("/Users/" + id).body(), seat, "12A");
        assertEquals(1, entra.match("/Users", seat, "12a").totalResults());
        assertEquals("12A", learnifier.account(ann).at("/fields/seat").asText());
        entra.update(id, replace(seat, "1B")).is(200);
        assertEquals("1B", learnifier.account(ann).at("/fields/seat").asText());
        entra.update(id, remove(seat)).is(200);
        assertTrue(learnifier.account(ann).at("/fields/seat").isMissingNode());
        assertEquals("4711", learnifier.account(ann).at("/fields/costUnit").asText());
    }

    @Test
    @DisplayName(
            "3.e Prevent accidental deletion: what is above the threshold is held for approval, and Entra hears nothing of it")
    void deprovisioningsAboveTheThresholdAreHeld() {
        Instant begin = Instant.now();
        List<EntraUser> users = people(30);
        List<String> ids = users.stream().map(entra::provision).toList();
        assertEquals(30, learnifier.accounts("?status=active&limit=1000").size());
        ids.subList(0, 20).forEach(entra::softDelete);
        assertEquals(20, learnifier.accounts("?status=inactive&limit=1000").size());
        assertEquals(List.of(), learnifier.pending());
        ids.subList(20, 24).forEach(entra::softDelete);
        entra.delete(ids.get(23));
        entra.wire().delete("/Users/" + ids.get(24)).is(204);
        entra.wire().get("/Users/" + ids.get(24)).isError(404);

        assertEquals(20, learnifier.accounts("?status=inactive&limit=1000").size());
        assertEquals(10, learnifier.accounts("?status=active&limit=1000").size());
        List<JsonNode> held = learnifier.pending();
        assertEquals(new HashSet<>(ids.subList(20, 25)), each(held, "resourceId"));
        for (JsonNode one : held) {
            int index = ids.indexOf(one.path("resourceId").asText());
            assertEquals("deletion-guard", one.path("reason").asText());
            assertEquals(users.get(index).userName(), one.at("/who/userName").asText());
            Instant since = Instant.parse(one.path("since").asText());
            assertTrue(
                    !since.isBefore(begin.minus(Duration.ofSeconds(1)))
                            && !since.isAfter(Instant.now().plusSeconds(1)),
                    one::toString);
        }

        learnifier.decide("approve", "{'ids':['" + ids.get(20) + "','" + ids.get(23) + "']}");
        assertEquals(3, learnifier.pending().size());
        assertEquals("inactive", learnifier.status(users.get(20)));
        assertEquals("inactive", learnifier.status(users.get(23)));
        learnifier.decide("reject", "{'reason':'deletion-guard'}");
        assertEquals(List.of(), learnifier.pending());
        for (int kept : new int[] {21, 22, 24}) {
            assertEquals("active", learnifier.status(users.get(kept)));
        }
    }

    @Test
    @DisplayName("3.e Few deprovisionings, and those of a small share of the accounts, are not held")
    void deprovisioningsBelowTheThresholdAreNotHeld() {
        learnifier.change("{'deletionGuard':{'share':0.9}}");
        List<EntraUser> users = people(30);
        List<String> ids = users.stream().map(entra::provision).toList();
        assertEquals(30, learnifier.accounts("?status=active&limit=1000").size());
        ids.subList(0, 27).forEach(entra::softDelete);
        assertEquals(List.of(), learnifier.pending());
        assertEquals(27, learnifier.accounts("?status=inactive&limit=1000").size());

        entra.softDelete(ids.get(27));
        assertEquals(Set.of(ids.get(27)), each(learnifier.pending(), "resourceId"));
        assertEquals("active", learnifier.status(users.get(27)));
    }

    private static List<EntraUser> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> EntraUser.called("User" + number, "Leaving"))
                .toList();
    }

    /** A column of the table as what Entra ID says of a user. */
    private static EntraUser column(int column) {
        LinkedHashMap<String, String> values = new LinkedHashMap<>();
        TABLE.lines()
                .map(line -> line.replace("ENT", ENTERPRISE).split(" \\| "))
                .forEach(cells -> values.put(cells[0], cells[column]));
        return new EntraUser(values);
    }

    private static String[] operations(EntraUser user, BinaryOperator<String> operation) {
        return user.values().entrySet().stream()
                .map(value -> operation.apply(value.getKey(), value.getValue()))
                .toArray(String[]::new);
    }

    /** The operation gives the target a value, and changes nothing else. */
    private void assertChanges(String id, JsonNode created, String target, String operation, String value) {
        entra.update(id, operation).is(200);
        JsonNode changed = entra.wire().get("/Users/" + id).body();
        assertIn(changed, target, value);
        assertEquals(without(created, target), without(changed, target), "nothing else has changed");
    }

    /** The user without the value, and without what every change changes. */
    private static ObjectNode without(JsonNode user, String target) {
        ObjectNode rest = user.deepCopy();
        ((ObjectNode) rest.path("meta")).remove(List.of("version", "lastModified"));
        TargetAttribute.of(target).takeOut(rest);
        return rest;
    }
}
