package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written over SCIM becomes accounts and groups. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ProjectorTest {

    @Test
    void aUserBecomesAnAccount() {
        Api api = Api.newTenant();
        String id = api.create(
                        "/Users",
                        Map.of(
                                "userName",
                                "Ada@example.com",
                                "externalId",
                                "e-1",
                                "name",
                                Map.of("givenName", "Ada"),
                                "emails",
                                List.of(Map.of("type", "work", "value", "Ada@example.com"))))
                .path("id");

        Accounts accounts = new Accounts(api);
        JsonNode account = accounts.named("Ada@example.com");
        assertEquals("active", account.path("status").asText());
        assertEquals(id, account.path("resource_id").asText());
        assertEquals("e-1", account.path("external_id").asText());
        assertEquals("Ada@example.com", account.path("email").asText());
        assertEquals("Ada", account.path("fields").path("givenName").asText());
        assertEquals(List.of("account.created"), accounts.events());
    }

    @Test
    void aDeletedUserLeavesAnInactiveAccountThatIsTheirsWhenTheyComeBack() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        String first = api.newUser("ada");
        String account = accounts.named("ada").path("id").asText();
        api.scim().delete("/Users/" + first).then().statusCode(204);
        assertEquals("inactive", accounts.named("ada").path("status").asText());

        String second = api.newUser("ada");

        assertEquals(account, accounts.named("ada").path("id").asText());
        assertEquals(second, accounts.named("ada").path("resource_id").asText());
        assertEquals("active", accounts.named("ada").path("status").asText());
        assertEquals(List.of("account.created", "account.deactivated", "account.reactivated"), accounts.events());
    }

    @Test
    void whoLeavesAndComesBackInOneRequestHasTheSameAccount() {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        String first = api.newUser("ada");
        String account = accounts.named("ada").path("id").asText();

        api.scim().body("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[
                        {"method":"DELETE","path":"/Users/%s"},
                        {"method":"POST","path":"/Users","bulkId":"b","data":{"userName":"ada"}}]}""".formatted(first)).post("/Bulk").then().statusCode(200);

        JsonNode revived = accounts.named("ada");
        assertEquals(account, revived.path("id").asText());
        assertEquals("active", revived.path("status").asText());
        assertEquals(3, revived.path("version").asInt());
    }

    /** Whatever it is that cannot be worked off: others do not wait for it. */
    @Test
    void oneChangeThatCannotBeWorkedOffHoldsUpNoOther() throws SQLException {
        Api api = Api.newTenant();
        Accounts accounts = new Accounts(api);
        String broken = api.newUser("broken");
        accounts.awaitDrained();
        try (Connection connection = TestDatabase.superuser()) {
            TestDatabase.query(
                    connection,
                    "with broken as (update resource set document = '[]' where tenant_id = ? and id = ?::uuid)"
                            + " insert into change (tenant_id, resource_id, type) values (?, ?::uuid, 'User') returning 1",
                    api.tenant(),
                    broken,
                    api.tenant(),
                    broken);
        }

        api.newUser("whole");

        Await.count(1, "select count(*) from account where user_name = 'whole' and tenant_id = ?", api.tenant());
        assertEquals(1, TestDatabase.count("select count(*) from change where tenant_id = ?", api.tenant()));
    }

    @Test
    void rolesFollowMemberships() {
        Api api = Api.newTenant("{\"roles\":[{\"displayName\":\"Admins\",\"role\":\"admin\"}]}");
        Accounts accounts = new Accounts(api);
        String ada = api.newUser("ada");
        String inner = api.create("/Groups", Map.of("displayName", "Inner", "members", List.of(Map.of("value", ada))))
                .path("id");
        assertEquals("[]", accounts.named("ada").path("roles").toString());
        String admins = api.create(
                        "/Groups", Map.of("displayName", "admins", "members", List.of(Map.of("value", inner))))
                .path("id");
        assertEquals("[\"admin\"]", accounts.named("ada").path("roles").toString());

        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Others\"}]}")
                .patch("/Groups/" + admins)
                .then()
                .statusCode(204);
        assertEquals("[]", accounts.named("ada").path("roles").toString());

        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Admins\"}]}")
                .patch("/Groups/" + admins)
                .then()
                .statusCode(204);
        assertEquals("[\"admin\"]", accounts.named("ada").path("roles").toString());

        api.scim().delete("/Groups/" + inner).then().statusCode(204);
        assertEquals("[]", accounts.named("ada").path("roles").toString());
    }

    @Test
    void inDryRunNothingReachesTheAccountsUntilTheModeChanges() {
        Api api = Api.newTenant("{\"mode\":\"dry-run\",\"roles\":[{\"displayName\":\"Admins\",\"role\":\"admin\"}]}");
        Accounts accounts = new Accounts(api);
        String ada = api.newUser("ada");
        api.create("/Groups", Map.of("displayName", "Admins", "members", List.of(Map.of("value", ada))));
        assertEquals(List.of(), accounts.all());
        assertEquals(List.of(), accounts.events());
        assertEquals(2, accounts.pending().size());

        Api.admin()
                .body("{\"mode\":\"sync\"}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);

        assertEquals("[\"admin\"]", accounts.named("ada").path("roles").toString());
        assertEquals(List.of(), accounts.pending());
    }

    @Test
    void theDeletionGuardHoldsWhatIsTooMuch() {
        Api api = Api.newTenant("{\"deletionGuard\":{\"count\":1,\"windowMinutes\":60}}");
        Accounts accounts = new Accounts(api);
        List<String> ids = List.of(api.newUser("a"), api.newUser("b"), api.newUser("c"));
        accounts.awaitDrained();
        ids.forEach(id -> api.scim().delete("/Users/" + id).then().statusCode(204));

        assertEquals(
                List.of("inactive", "active", "active"),
                accounts.all().stream()
                        .map(account -> account.path("status").asText())
                        .toList());
        assertEquals(
                List.of("deletion-guard", "deletion-guard"),
                accounts.pending().stream()
                        .map(one -> one.path("reason").asText())
                        .toList());
        String again = api.newUser("b");
        assertEquals(again, accounts.named("b").path("resource_id").asText());
        assertEquals(1, accounts.pending().size());
    }
}
