package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Together;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inspired eLearning's guide for its iLMS, with Entra ID and with Okta. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class InspiredELearningTest {

    private static final String ILMS = "urn:ietf:params:scim:schemas:extension:ilms:2.0:User";
    private static final String REGION = ILMS + ":region";
    private static final String EMPLOYEE_NUMBER = EntraUser.ENTERPRISE + ":employeeNumber";

    private VendorTenant ilms;
    private EntraId entra;
    private Okta okta;

    @BeforeEach
    void connected() {
        ilms = VendorTenant.of("inspired-elearning");
        entra = new EntraId(new Wire(ilms.api()), EntraUser.EMAIL, "displayName");
        okta = Okta.of(ilms.api());
    }

    private static EntraUser person(String givenName, String familyName) {
        return EntraUser.called(givenName, familyName).with(REGION, "EMEA");
    }

    @Test
    @DisplayName("4.a toggle, Tenant URL, token: generated, copied once, regenerated")
    void theTokenIsGeneratedAndRegenerated() {
        assertEquals(entra.wire().tenantUrl(), ilms.read("").path("tenantUrl").asText());
        SecretTokens tokens = new SecretTokens(ilms);
        JsonNode first = tokens.make("{'description':'Entra ID'}");
        EntraId connected = tokens.entra(first);
        connected.testConnection();
        assertFalse(tokens.listed().toString().contains(first.path("token").asText()));

        JsonNode second = tokens.make("{'description':'Entra ID'}");
        tokens.revoke(first);
        connected.probe().isError(401);
        tokens.entra(second).testConnection();

        ilms.enable(false);
        tokens.entra(second).probe().isError(403);
        ilms.enable(true);
        tokens.entra(second).testConnection();
    }

    @Test
    @DisplayName("4.b discovery shows the extension as the guide's table has it")
    void theExtensionIsDiscovered() {
        assertEquals(
                Set.of(
                        "region",
                        "hireDate",
                        "customField1",
                        "customField2",
                        "customField3",
                        "customField4",
                        "manager",
                        "manager.id",
                        "manager.displayName",
                        "manager.email"),
                ilms.discovered(ILMS));
        JsonNode attributes = entra.wire().get("/Schemas/" + ILMS).at("/attributes");
        assertEquals("string", attribute(attributes, "region").path("type").asText());
        assertTrue(attribute(attributes, "region").path("required").asBoolean());
        assertEquals("dateTime", attribute(attributes, "hireDate").path("type").asText());
        JsonNode manager = attribute(attribute(attributes, "manager").path("subAttributes"), "id");
        assertEquals("reference", manager.path("type").asText());
        assertEquals(Json.json("['User']"), manager.path("referenceTypes"));
    }

    private static JsonNode attribute(JsonNode attributes, String name) {
        return attributes
                .valueStream()
                .filter(attribute -> attribute.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.b attributes of the extension are created, changed, found and removed like any other")
    @CsvSource({
        "hireDate, 2024-02-29T00:00:00Z, 2025-03-01T08:30:00Z",
        "customField1, one, two",
        "customField2, one, two",
        "customField3, one, two",
        "customField4, one, two",
        "manager.displayName, Mia Manager, Max Manager",
        "manager.email, mia@contoso.example, max@contoso.example"
    })
    void attributesOfTheExtensionAreKept(String name, String value, String other) {
        EntraUser ada = person("Ada", "Lovelace");
        String id = entra.provision(ada);
        String target = ILMS + ":" + name;
        for (String operation : List.of(EntraId.add(target, value), EntraId.replace(target, other))) {
            entra.update(id, operation).is(200);
            String sent = Json.json(operation).path("value").asText();
            assertEquals(sent, extension(id, name), operation);
            assertEquals(id, entra.match("/Users", target, sent).is(200).text("/Resources/0/id"));
            assertEquals(sent, ilms.account(ada).at("/fields/" + field(name)).asText(), operation);
        }
        entra.update(id, EntraId.remove(target)).is(200);
        assertEquals("", extension(id, name));
        assertEquals("EMEA", extension(id, "region"));
        assertTrue(ilms.account(ada).at("/fields/" + field(name)).isMissingNode());
    }

    /** The product's field of an attribute, such as {@code managerEmail}. */
    private static String field(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? name
                : name.substring(0, dot) + Character.toUpperCase(name.charAt(dot + 1)) + name.substring(dot + 2);
    }

    private String extension(String id, String name) {
        return entra.wire()
                .get("/Users/" + id)
                .is(200)
                .body()
                .path(ILMS)
                .at("/" + name.replace('.', '/'))
                .asText();
    }

    @Test
    @DisplayName("4.b region is required")
    void regionIsRequired() {
        Exchange without = entra.create(EntraUser.called("Ada", "Lovelace")).isError(400, "invalidValue");
        assertTrue(without.text("/detail").contains("region"), without.text("/detail"));
        assertEquals("error", ilms.entry(without).path("outcome").asText());
        assertEquals(0, entra.wire().get("/Users").totalResults());

        String id = entra.provision(person("Grace", "Hopper"));
        assertEquals(400, entra.update(id, EntraId.remove(REGION)).status());
        assertEquals("EMEA", extension(id, "region"));
    }

    @Test
    @DisplayName("4.b manager.id is a reference to a user, in the extension and in the enterprise extension")
    void theManagerIsAUser() {
        String mia = entra.provision(person("Mia", "Manager"));
        EntraUser ada = person("Ada", "Lovelace");
        String id = entra.provision(ada);
        String manager = ILMS + ":manager.id";
        assertEquals(0, withManager(id, manager, mia));
        entra.update(id, EntraId.add(manager, mia)).is(200);
        assertEquals(mia, extension(id, "manager.id"));
        assertEquals(1, withManager(id, manager, mia));
        assertEquals(mia, ilms.account(ada).at("/fields/managerId").asText());
        entra.update(id, EntraId.remove(manager)).is(200);
        assertTrue(ilms.account(ada).at("/fields/managerId").isMissingNode());

        String enterprise = EntraUser.ENTERPRISE + ":manager.id";
        entra.update(id, EntraId.add(enterprise, mia)).is(200);
        assertEquals(
                mia,
                entra.wire()
                        .get("/Users/" + id)
                        .body()
                        .path(EntraUser.ENTERPRISE)
                        .at("/manager/value")
                        .asText());
        assertEquals(1, withManager(id, enterprise, mia));
        assertEquals(mia, ilms.account(ada).at("/fields/enterpriseManagerId").asText());
        entra.update(id, EntraId.remove(enterprise)).is(200);
        assertTrue(ilms.account(ada).at("/fields/enterpriseManagerId").isMissingNode());
    }

    private int withManager(String id, String attribute, String manager) {
        return entra.wire()
                .query("/Users", "id eq \"" + id + "\" and " + attribute + " eq \"" + manager + "\"")
                .totalResults();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.c region, division and department take only values configured beforehand")
    @CsvSource({
        "urn:ietf:params:scim:schemas:extension:ilms:2.0:User:region, APAC, Atlantis",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division, South, West",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department, R&D, Alchemy"
    })
    void closedListsAreClosed(String attribute, String allowed, String other) {
        assertNames(attribute, other, entra.create(person("Ada", "Lovelace").with(attribute, other)));
        assertEquals(0, entra.wire().get("/Users").totalResults());

        EntraUser grace = person("Grace", "Hopper").with(attribute, allowed);
        String id = entra.provision(grace);
        JsonNode before = ilms.account(grace);
        assertNames(
                attribute,
                other,
                entra.update(id, EntraId.replace(attribute, other), EntraId.replace("title", "Admiral")));
        assertEquals(before, ilms.account(grace));
        assertEquals(
                allowed,
                TargetAttribute.of(attribute)
                        .in(entra.wire().get("/Users/" + id).body())
                        .asText());
    }

    private void assertNames(String attribute, String value, Exchange refused) {
        String detail = refused.isError(400, "invalidValue").text("/detail");
        assertTrue(detail.contains(attribute) && detail.contains(value), detail);
        JsonNode entry = ilms.entry(refused);
        String reason = entry.path("reason").asText();
        assertTrue(reason.contains(attribute + " must be one of"), reason);
        assertFalse(reason.contains(value), "values of people are not logged");
        assertTrue(entry.path("advice").asText().contains("closed list can be extended"), entry::toString);
    }

    @Test
    @DisplayName("4.c a value is taken as soon as it is configured")
    void aListIsExtended() {
        EntraUser ada = EntraUser.called("Ada", "Lovelace").with(REGION, "Antarctica");
        assertNames(REGION, "Antarctica", entra.create(ada));
        ObjectNode settings = VendorSettings.of("inspired-elearning").document();
        ObjectNode region = (ObjectNode) attribute(settings.at("/schemas/0/attributes"), "region");
        region.withArrayProperty("canonicalValues").add("Antarctica");
        ilms.change("{'schemas':" + settings.path("schemas") + "}");

        entra.provision(ada);

        assertEquals("Antarctica", ilms.account(ada).at("/fields/region").asText());
    }

    @Test
    @DisplayName("4.d the unique identifier is the email by default")
    void theEmailIsTheUniqueIdentifier() {
        EntraUser ada = person("Ada", "Lovelace");
        String id = entra.provision(ada);
        assertEquals(id, entra.match(ada).text("/Resources/0/id"));
        assertEquals(
                id,
                entra.match(
                                "/Users",
                                EntraUser.EMAIL,
                                ada.value(EntraUser.EMAIL).toUpperCase(java.util.Locale.ROOT))
                        .text("/Resources/0/id"));

        Exchange second = entra.wire()
                .post(
                        "/Users",
                        ada.with("userName", "other@contoso.example").json().toString())
                .isError(409, "uniqueness");
        assertTrue(second.text("/detail").contains("emails"), second.text("/detail"));
        Exchange without = entra.wire()
                .post(
                        "/Users",
                        person("Grace", "Hopper")
                                .without(EntraUser.EMAIL)
                                .json()
                                .toString());
        assertTrue(without.isError(400, "invalidValue").text("/detail").contains("emails"), without.text("/detail"));
    }

    @Test
    @DisplayName("4.d the unique identifier is the employee ID where the customer says so")
    void theEmployeeIdIsTheUniqueIdentifier() {
        ilms.change("{'matching':{'by':['employeeNumber']},'uniqueness':['%1$s'],'requireOneOf':['%1$s']}"
                .formatted(EMPLOYEE_NUMBER));
        EntraId byEmployee = new EntraId(entra.wire(), EMPLOYEE_NUMBER, "displayName");
        EntraUser ada = person("Ada", "Lovelace").with(EMPLOYEE_NUMBER, "1815").without(EntraUser.EMAIL);
        String id = byEmployee.provision(ada);
        assertEquals(id, byEmployee.match(ada).text("/Resources/0/id"));

        Exchange second = entra.wire()
                .post(
                        "/Users",
                        person("Grace", "Hopper")
                                .with(EMPLOYEE_NUMBER, "1815")
                                .json()
                                .toString())
                .isError(409, "uniqueness");
        assertTrue(second.text("/detail").contains("employeeNumber"), second.text("/detail"));
        Exchange without = entra.create(person("Alan", "Turing")).isError(400, "invalidValue");
        assertTrue(without.text("/detail").contains("employeeNumber"), without.text("/detail"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.d the product's own people are recognised by the unique identifier")
    @CsvSource({"email, email", "employeeNumber, employeeNumber"})
    void existingPeopleAreRecognised(String matching, String field) {
        ilms.change("{'matching':{'by':['" + matching + "']},'uniqueness':null,'requireOneOf':null}");
        EntraUser ada = person("Ada", "Lovelace").with(EMPLOYEE_NUMBER, "1815");
        String known = field.equals("email") ? ada.value(EntraUser.EMAIL) : "1815";
        ilms.importAccounts("{'productId':'p-7','" + field + "':'" + known + "'}");

        entra.provision(ada);

        assertEquals("p-7", ilms.account(ada).path("productId").asText());
        assertEquals(1, ilms.accounts("").size());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("4.d the unique identifier is matched fast at any size: by an index")
    @CsvSource({
        "emails[type eq \"work\"].value",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber"
    })
    void theUniqueIdentifierIsMatchedByAnIndex(String attribute) {
        EntraUser ada = person("Ada", "Lovelace").with(EMPLOYEE_NUMBER, "1815");
        String id = entra.provision(ada);
        SearchPlan.among(ilms.api(), 20_000)
                .assertIndexed(() -> assertEquals(
                        id,
                        entra.match("/Users", attribute, ada.value(attribute))
                                .is(200)
                                .text("/Resources/0/id")));
    }

    @Test
    @DisplayName("4.e a group as a member is skipped and logged, or refused, as the settings say")
    void nestedGroupsAreNotSupported() {
        EntraUser ada = person("Ada", "Lovelace");
        String user = entra.provision(ada);
        String inner = entra.provisionGroup("g-inner", "Inner", user);
        String outer = entra.provisionGroup("g-outer", "Outer");

        Exchange skipped = entra.wire()
                .operations("/Groups/" + outer, EntraId.members("Add", inner, user))
                .is(204);
        assertEquals(Set.of("members[type eq \"Group\"]"), ilms.dropped(skipped));
        assertEquals(List.of(ada.userName()), members("Outer"));

        ilms.change("{'nestedGroups':'reject'}");
        Exchange refused = entra.wire()
                .operations("/Groups/" + outer, EntraId.members("Add", inner))
                .isError(400, "invalidValue");
        assertTrue(refused.text("/detail").contains(inner), refused.text("/detail"));
        assertEquals("error", ilms.entry(refused).path("outcome").asText());
        assertEquals(List.of(ada.userName()), members("Outer"));
    }

    private List<String> members(String displayName) {
        List<JsonNode> found = ilms.groups("?displayName=" + displayName);
        assertEquals(1, found.size(), found::toString);
        return ilms.members(found.getFirst().path("id").asText());
    }

    @Test
    @DisplayName("4.f a large group arrives in stages: many PATCHes of members, some at once, some twice")
    void aLargeGroupArrivesInStages() {
        List<String> ids = people(600);
        String group = entra.provisionGroup("g-large", "Everybody");
        List<String> stages = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += 50) {
            stages.add(EntraId.members("Add", ids.subList(from, from + 50).toArray(String[]::new)));
        }
        entra.updateGroup(group, stages.get(0));
        entra.updateGroup(group, stages.get(1));
        entra.updateGroup(group, stages.get(1));
        assertEquals(100, members("Everybody").size());
        Together.run(stages.stream()
                        .<Callable<Exchange>>map(stage -> () -> entra.wire().operations("/Groups/" + group, stage))
                        .toList())
                .forEach(answer -> answer.is(204));
        assertEquals(600, Set.copyOf(members("Everybody")).size());

        entra.updateGroup(group, EntraId.members("Remove", ids.subList(0, 50).toArray(String[]::new)));
        assertEquals(550, members("Everybody").size());
    }

    private List<String> people(int count) {
        String operations = IntStream.range(0, count)
                .mapToObj(n -> "{'method':'POST','path':'/Users','bulkId':'b" + n + "','data':"
                        + person("Ada" + n, "Lovelace").json() + "}")
                .collect(Collectors.joining(","));
        return entra.wire()
                .post(
                        "/Bulk",
                        "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],'Operations':[" + operations
                                + "]}")
                .is(200)
                .at("/Operations")
                .valueStream()
                .map(operation -> operation.path("location").asText())
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .toList();
    }

    private static ObjectNode profile(String givenName, String familyName) {
        return Okta.with(Okta.profile(givenName, familyName), ILMS, "region", "Americas");
    }

    @Test
    @DisplayName("4.g Okta: Test Connector Configuration passes with base URL and the token in the HTTP header")
    void theConnectorConfigurationPasses() {
        okta.testConnectorConfiguration();
        okta.push(profile("Grace", "Hopper"));
        okta.testConnectorConfiguration();
    }

    @Test
    @DisplayName("4.g Okta: Push New Users, Push Profile Updates, Deactivate Users; the unique identifier is userName")
    void oktaPushesUsers() {
        ObjectNode grace = profile("Grace", "Hopper");
        String id = okta.push(grace);
        assertEquals(id, okta.push(grace), "a user who is there already is taken over");
        okta.create(grace).isError(409, "uniqueness");
        JsonNode account = ilms.account("Grace.Hopper@atko.example");
        assertEquals("active", account.path("status").asText());
        assertEquals("Grace", account.at("/fields/givenName").asText());

        ObjectNode married = grace.deepCopy();
        married.withObjectProperty("name").put("familyName", "Murray");
        assertEquals("Murray", okta.update(id, married).is(200).text("/name/familyName"));
        assertEquals(
                "Murray",
                ilms.account("Grace.Hopper@atko.example")
                        .at("/fields/familyName")
                        .asText());

        okta.deactivate(id, married).is(200);
        assertEquals(
                "inactive",
                ilms.account("Grace.Hopper@atko.example").path("status").asText());
        assertEquals(id, okta.push(married), "who comes back is the same");
        JsonNode back = ilms.account("Grace.Hopper@atko.example");
        assertEquals("active", back.path("status").asText());
        assertEquals(account.path("id"), back.path("id"));
    }

    @Test
    @DisplayName("4.g Okta: custom attributes by external namespace")
    void oktaPushesCustomAttributes() {
        ObjectNode grace = profile("Grace", "Hopper");
        List<String> names = List.of(
                "hireDate",
                "customField1",
                "customField2",
                "customField3",
                "customField4",
                "manager.displayName",
                "manager.email");
        names.forEach(name -> Okta.with(grace, ILMS, name, name.equals("hireDate") ? "1943-12-01" : "of " + name));
        Okta.with(grace, EntraUser.ENTERPRISE, "division", "North");
        Okta.with(grace, EntraUser.ENTERPRISE, "department", "Engineering");
        okta.push(grace);

        JsonNode account = ilms.account("Grace.Hopper@atko.example");
        assertEquals("Americas", account.at("/fields/region").asText());
        assertEquals("North", account.at("/fields/division").asText());
        assertEquals("Engineering", account.path("department").asText());
        names.forEach(name -> assertEquals(
                name.equals("hireDate") ? "1943-12-01T00:00:00Z" : "of " + name,
                account.at("/fields/" + field(name)).asText()));

        ObjectNode wrong = Okta.with(Okta.profile("Jean", "Sammet"), ILMS, "region", "Atlantis");
        assertNames(REGION, "Atlantis", okta.create(wrong));
    }

    /** In the guide's table for Okta the namespace of hireDate is misprinted. */
    @Test
    @DisplayName("4.g Okta: whoever copies the guide's misprint is told of it in the log")
    void theMisprintedNamespaceIsLogged() {
        String misprint = "urn:ietf:params:scim:schemas:extension:ilms:20:User";
        Exchange created = okta.create(Okta.with(profile("Grace", "Hopper"), misprint, "hireDate", "1943-12-01"))
                .is(201);
        assertTrue(
                ilms.dropped(created).stream().anyMatch(name -> name.contains(misprint)),
                () -> ilms.dropped(created).toString());
    }

    @Test
    @DisplayName("4.g Okta: Push Groups")
    void oktaPushesGroups() {
        String grace = okta.push(profile("Grace", "Hopper"));
        String jean = okta.push(profile("Jean", "Sammet"));
        String group = okta.pushGroup("Compilers", grace, jean);
        assertEquals(Set.of("Grace.Hopper@atko.example", "Jean.Sammet@atko.example"), Set.copyOf(members("Compilers")));
        okta.updateGroup(group, "COBOL", jean).is(200);
        assertEquals(List.of("Jean.Sammet@atko.example"), members("COBOL"));
        okta.deleteGroup(group);
        assertEquals(List.of(), ilms.groups());
        assertEquals(
                List.of("active", "active"),
                Arrays.asList("Grace.Hopper", "Jean.Sammet").stream()
                        .map(name -> ilms.account(name + "@atko.example")
                                .path("status")
                                .asText())
                        .toList());
    }
}
