package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is blocked is kept until its retention ends, and then nothing of it is left. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class AccountRetentionTest {

    private static final String BLOCK = "{\"deprovisioning\":{\"action\":\"block\",\"retentionDays\":30}}";

    @Test
    void aDeletedUserIsBlockedForTheRetentionAndThenErasedEverywhere() {
        Api api = Api.newTenant(BLOCK);
        Accounts accounts = new Accounts(api);
        String id = api.create(
                        "/Users",
                        Map.of(
                                "userName",
                                "Erase.Me@example.com",
                                "externalId",
                                "ext-erase-me",
                                "title",
                                "Secret Title"))
                .path("id");
        accounts.awaitDrained();
        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"Married@example.com\"}]}")
                .patch("/Users/" + id)
                .then()
                .statusCode(200);
        api.scim()
                .body(Map.of("userName", "married@example.com"))
                .post("/Users")
                .then()
                .statusCode(409);
        accounts.awaitDrained();
        api.scim().delete("/Users/" + id).then().statusCode(204);
        JsonNode blocked = accounts.named("Married@example.com");
        assertEquals("blocked", blocked.path("status").asText());
        Instant eraseAt = Instant.parse(blocked.path("erase_at").asText().replace("+00:00", "Z"));
        assertFalse(eraseAt.isBefore(Instant.now().plus(Duration.ofDays(29))));

        Retention.round();
        assertEquals(blocked, accounts.named("Married@example.com"), "nothing earlier");
        Await.count(4, "select count(*) from provisioning_log where tenant_id = ? and not operator", api.tenant());
        Retention.ends(api);
        Retention.round();

        assertEquals("deleted", accounts.all().getFirst().path("status").asText());
        Await.count(
                1,
                "select count(*) from provisioning_log where tenant_id = ? and operator and method = 'DELETE'"
                        + " and resource_type = 'Account' and resource_id = ?::uuid",
                api.tenant(),
                accounts.all().getFirst().path("id").asText());
        JsonNode erased = accounts.all().getFirst();
        Retention.round();
        assertEquals(erased, accounts.all().getFirst(), "what is erased is not erased again");
        assertEquals(
                List.of("account.created", "account.updated", "account.blocked", "account.deleted"), accounts.events());
        for (String table : List.of("account", "event", "provisioning_log", "pending", "resource", "async_result")) {
            for (String personal : List.of("erase.me", "married", "ext-erase-me", "secret title")) {
                assertEquals(
                        0,
                        TestDatabase.count(
                                "select count(*) from " + table + " x where tenant_id = ? and x::text ilike ?",
                                api.tenant(),
                                "%" + personal + "%"),
                        personal + " in " + table);
            }
        }
        api.newUser("married@example.com");
    }

    @Test
    void aDeactivatedUserIsErasedWithItsAccount() {
        Api api = Api.newTenant(BLOCK);
        Accounts accounts = new Accounts(api);
        String id = api.newUser("ada");
        String other = api.newUser("eve");
        api.create(
                "/Groups", Map.of("displayName", "g", "members", List.of(Map.of("value", id), Map.of("value", other))));
        deactivate(api, id);
        assertEquals("blocked", accounts.named("ada").path("status").asText());
        Retention.ends(api);

        Retention.round();

        api.scim().get("/Users/" + id).then().statusCode(404);
        api.scim().get("/Users/" + other).then().statusCode(200);
        assertEquals("active", accounts.named("eve").path("status").asText());
        assertEquals(
                1, TestDatabase.count("select count(*) from account_membership where tenant_id = ?", api.tenant()));
    }

    @Test
    void whoComesBackInTimeHasTheSameAccountAndIsNotErased() {
        Api api = Api.newTenant(BLOCK);
        Accounts accounts = new Accounts(api);
        String id = api.newUser("ada");
        String account = accounts.named("ada").path("id").asText();
        deactivate(api, id);
        assertEquals("blocked", accounts.named("ada").path("status").asText());
        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":true}]}")
                .patch("/Users/" + id)
                .then()
                .statusCode(200);

        JsonNode revived = accounts.named("ada");
        assertEquals(account, revived.path("id").asText());
        assertEquals("active", revived.path("status").asText());
        assertEquals(true, revived.path("erase_at").isNull());
        Retention.ends(api);
        Retention.round();
        assertEquals(revived, accounts.named("ada"));
    }

    private static void deactivate(Api api, String id) {
        api.scim()
                .body("{\"Operations\":[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}")
                .patch("/Users/" + id)
                .then()
                .statusCode(200);
    }
}
