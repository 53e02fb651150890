package dev.muster.product;

import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The product finds and reads its accounts. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class AccountsEndpointTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final String SETTINGS = """
            {"deprovisioning":{"action":"delete"},"roles":[{"displayName":"Admins","role":"admin"}]}""";

    private Api api;
    private Product product;
    private String ada;

    @BeforeEach
    void aTenantWithThreePeople() {
        api = Api.newTenant(SETTINGS);
        product = Product.of(api);
        ada = user("Ada", true);
        user("Bob", true);
        user("Cy", false);
    }

    private String user(String name, boolean active) {
        return api.create(
                        "/Users",
                        Map.of(
                                "userName",
                                name,
                                "externalId",
                                "e-" + name,
                                "active",
                                active,
                                "name",
                                Map.of("givenName", name),
                                "emails",
                                List.of(Map.of("type", "work", "value", name + "@example.com")),
                                ENTERPRISE,
                                Map.of(
                                        "employeeNumber",
                                        "n-" + name,
                                        "department",
                                        name.equals("Cy") ? "Sales" : "IT")))
                .path("id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            status=active|Ada Bob
            status=inactive|Cy
            status=pending|
            email=ADA@example.com|Ada
            userName=bob|Bob
            externalId=e-Cy|Cy
            externalId=E-CY|
            employeeNumber=n-Ada|Ada
            department=IT|Ada Bob
            department=it|
            department=IT&userName=bob|Bob
            department=IT&status=inactive|
            productId=p-1|
            role=admin|
            modifiedSince=2020-01-01T00:00:00Z|Ada Bob Cy
            modifiedSince=2020-01-01T00:00:00Z&status=active&limit=1000|Ada Bob
            modifiedSince=2100-01-01T00:00:00%2B01:00|
            limit=2|Ada Bob
            """)
    void accountsAreFoundByWhatTheyAreAndByAllOfIt(String query, String names) {
        assertEquals(names == null ? List.of() : List.of(names.split(" ")), product.names("/accounts?" + query));
    }

    @Test
    void anAccountIsReadWithAllThatTheProductNeeds() {
        String id = product.read("/accounts?userName=ada").getString("accounts[0].id");

        product.get("/accounts/" + id)
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .body("id", equalTo(id))
                .body("scimId", equalTo(ada))
                .body("status", equalTo("active"))
                .body("externalId", equalTo("e-Ada"))
                .body("userName", equalTo("Ada"))
                .body("email", equalTo("Ada@example.com"))
                .body("employeeNumber", equalTo("n-Ada"))
                .body("department", equalTo("IT"))
                .body("roles", equalTo(List.of()))
                .body("signIn", equalTo("sso"))
                .body("fields.givenName", equalTo("Ada"))
                .body("productId", nullValue());
    }

    @Test
    void anAccountThatHasNotChangedIsNotSentAgain() {
        String path = "/accounts/" + product.read("/accounts?userName=ada").getString("accounts[0].id");
        product.request()
                .header("If-None-Match", "W/\"1\"")
                .get(path)
                .then()
                .statusCode(304)
                .body(emptyString());
        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}]}")
                .patch("/Users/" + ada);
        product.get(path).header("ETag", "W/\"2\"");
        product.request().header("If-None-Match", "W/\"1\"").get(path).then().statusCode(200);
    }

    @Test
    void groupsAndRolesLeadToAccounts() {
        String group = api.create("/Groups", Map.of("displayName", "Admins", "members", List.of(Map.of("value", ada))))
                .path("id");

        assertEquals(List.of("Ada"), product.names("/accounts?role=admin"));
        assertEquals(List.of("Ada"), product.names("/accounts?groupId=" + group));
        assertEquals(List.of("Ada"), product.names("/accounts?role=admin&department=IT&groupId=" + group));
        assertEquals(List.of("Ada"), product.names("/accounts?role=admin&modifiedSince=2020-01-01T00:00:00Z"));
        assertEquals(List.of(), product.names("/accounts?role=admin&userName=bob"));

        api.scim().delete("/Groups/" + group).then().statusCode(204);
        assertEquals(List.of(), product.names("/accounts?role=admin"));
        assertEquals(List.of(), product.names("/accounts?groupId=" + group));
    }

    @Test
    void whatIsLeftOfAnErasedAccountIsFoundOnlyByThoseWhoAskForIt() {
        product.names("/accounts");
        api.scim().delete("/Users/" + ada).then().statusCode(204);

        assertEquals(List.of("Bob", "Cy"), product.names("/accounts"));
        JsonPath erased = product.read("/accounts?status=deleted");
        assertEquals(1, erased.getList("accounts").size());
        assertEquals(null, erased.getString("accounts[0].userName"));
        product.get("/accounts/" + erased.getString("accounts[0].id"))
                .statusCode(200)
                .body("status", equalTo("deleted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&groupId=%s", "&role=admin", "&modifiedSince=2020-01-01T00:00:00Z"})
    void pagesShowEveryAccountOnceWhateverIsWrittenMeanwhile(String template) {
        List<Map<String, String>> members = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            members.add(Map.of("value", user("M" + i, true)));
            expected.add("M" + i);
        }
        String group = api.create("/Groups", Map.of("displayName", "Admins", "members", members))
                .path("id");
        String query = "/accounts?limit=2&department=IT" + template.formatted(group);
        if (template.isEmpty() || template.contains("modified")) {
            expected.addAll(List.of("Ada", "Bob"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = product.read(query + (cursor == null ? "" : "&after=" + cursor));
            assertTrue(page.getList("accounts").size() <= 2);
            seen.addAll(page.getList("accounts.userName"));
            cursor = page.getString("nextCursor");
            if (seen.size() == 2) {
                api.scim().delete("/Users/" + ada).then().statusCode(204);
                seen.remove("Ada");
                expected.remove("Ada");
            }
        } while (cursor != null);
        assertEquals(expected.stream().sorted().toList(), seen.stream().sorted().toList());
    }

    @Test
    void whatHasChangedSinceIsFoundInTheOrderOfTheChanges() {
        product.names("/accounts");
        Instant before = Instant.now();
        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"Countess\"}]}")
                .patch("/Users/" + ada);
        assertEquals(List.of("Ada"), product.names("/accounts?modifiedSince=" + before));
        assertEquals(List.of("Bob", "Cy", "Ada"), product.names("/accounts?modifiedSince=2020-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            stauts=active|stauts
            status=aktive|status
            limit=0|limit
            limit=1001|limit
            limit=x|limit
            after=x|after
            after=BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA|after
            groupId=7|groupId
            modifiedSince=yesterday|modifiedSince
            modifiedSince=2020-01-01T00:00:00|modifiedSince
            email=|email
            userName=a%00b|userName
            status=active&status=inactive|status
            """)
    void aParameterThatMeansNothingIsRefusedByItsName(String query, String parameter) {
        product.get("/accounts?" + query)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(parameter));
    }

    @Test
    void aCursorOfAnotherQueryIsRefused() {
        String cursor = product.read("/accounts?limit=1&modifiedSince=2020-01-01T00:00:00Z")
                .getString("nextCursor");
        product.get("/accounts?after=" + cursor).statusCode(400).body("field", equalTo("after"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/accounts/00000000-0000-4000-8000-000000000000",
                "/accounts/x",
                "/accounts/00000000-0000-4000-8000-000000000000/groups",
                "/groups/00000000-0000-4000-8000-000000000000",
                "/groups/x",
                "/groups/x/members"
            })
    void whatIsNotThereIsAProblem(String path) {
        product.get(path).statusCode(404).contentType("application/problem+json");
    }

    @Test
    void inDryRunTheProductSeesNothing() {
        Api dry = Api.newTenant("{\"mode\":\"dry-run\"}");
        String user = dry.newUser("ada");
        String group = dry.create("/Groups", Map.of("displayName", "all", "members", List.of(Map.of("value", user))))
                .path("id");
        Product theirs = Product.of(dry);
        theirs.get("/accounts").body("accounts", equalTo(List.of())).body("nextCursor", nullValue());
        theirs.get("/groups").body("groups", equalTo(List.of()));
        theirs.get("/groups/" + group).statusCode(404);
        theirs.get("/groups/" + group + "/members").statusCode(404);
        theirs.get("/accounts?groupId=" + group).body("accounts", equalTo(List.of()));
    }

    @Test
    void readingIsNoProvisioning() {
        String id = product.get("/accounts").extract().header("X-Request-Id");
        assertNotNull(id);
        api.newUser("last");
        Await.until("what came later is in the log", () -> logged("person=last") > 0);
        assertEquals(0, logged("requestId=" + id));
    }

    private int logged(String query) {
        return Api.admin()
                .get("/admin/api/tenants/{id}/log?" + query, api.tenant())
                .jsonPath()
                .getList("entries")
                .size();
    }

    @Test
    void thePathsAreDescribed() {
        product.request()
                .basePath("")
                .get("/q/openapi?format=json")
                .then()
                .body("paths.'/t/{tenant}/api/accounts'.get.parameters.name", hasItems("status", "role", "after"));
    }
}
