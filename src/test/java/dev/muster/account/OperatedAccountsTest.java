package dev.muster.account;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Operators look at single accounts and activate them. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class OperatedAccountsTest {

    private static final String ACCOUNT = "/admin/api/tenants/{id}/accounts/{account}";

    @Test
    void showsAnAccountWithWhatWaitsAboutIt() {
        Api api = Api.newTenant("{\"deletionGuard\":{\"count\":0,\"windowMinutes\":60}}");
        String ada = api.newUser("ada");
        String account = new Accounts(api).named("ada").path("id").asText();
        get(api, account)
                .statusCode(200)
                .body("account.userName", equalTo("ada"))
                .body("activated", equalTo(true))
                .body("kept", equalTo(false))
                .body("resource", endsWith("/t/" + api.tenant() + "/scim/v2/Users/" + ada))
                .body("pending.size()", equalTo(0));
        api.scim().delete("/Users/" + ada).then().statusCode(204);
        new Accounts(api).awaitDrained();
        get(api, account)
                .body("account.status", equalTo("active"))
                .body("pending[0].reason", equalTo("deletion-guard"))
                .body("pending[0].action", equalTo("deactivate"));
        get(api, UUID.randomUUID().toString()).statusCode(404);
        get(api, "x").statusCode(400).body("field", equalTo("accountId"));
        get(Api.newTenant(), account).statusCode(404);
    }

    @Test
    void findsGroupsAndTheirMembersAsTheProductDoes() {
        Api api = Api.newTenant();
        String ada = api.newUser("ada");
        String group = api.create("/Groups", Map.of("displayName", "All", "members", List.of(Map.of("value", ada))))
                .path("id");
        new Accounts(api).awaitDrained();
        String groups = "/admin/api/tenants/{id}/groups";
        Api.admin()
                .get(groups + "?displayName=all", api.tenant())
                .then()
                .statusCode(200)
                .body("groups.id", contains(group));
        Api.admin()
                .get(groups + "/{group}/members", api.tenant(), group)
                .then()
                .statusCode(200)
                .body("members.userName", contains("ada"))
                .body("nextCursor", nullValue());
        Api.admin()
                .get(groups + "/{group}/members", Api.newTenant().tenant(), group)
                .then()
                .statusCode(404);
        Api.admin()
                .get(groups + "/x/members", api.tenant())
                .then()
                .statusCode(400)
                .body("field", equalTo("groupId"));
    }

    @Test
    void activatesAnAccountOnce() {
        Api api = Api.newTenant("{\"signIn\":\"password\",\"activation\":\"manual\"}");
        String ada = api.newUser("ada");
        Accounts accounts = new Accounts(api);
        String account = accounts.named("ada").path("id").asText();
        assertEquals("pending", accounts.named("ada").path("status").asText());

        activate(api, account).statusCode(200).body("account.status", equalTo("active"));

        activate(api, account).statusCode(409);
        activate(api, UUID.randomUUID().toString()).statusCode(404);
        assertEquals(List.of("account.created", "account.activated"), accounts.events());
        assertEquals(2, accounts.named("ada").path("version").asInt());
        api.scim()
                .body("{\"Operations\":[{\"op\":\"add\",\"path\":\"title\",\"value\":\"T\"}]}")
                .patch("/Users/" + ada)
                .then()
                .statusCode(200);
        assertEquals("active", accounts.named("ada").path("status").asText());
        assertEquals(List.of("account.created", "account.activated", "account.updated"), accounts.events());
    }

    @Test
    void findsAccountsAsTheProductDoes() {
        Api api = Api.newTenant();
        api.newUser("ada");
        api.newUser("bob");
        new Accounts(api).awaitDrained();
        list(api, "userName", "ADA").statusCode(200).body("accounts.userName", equalTo(List.of("ada")));
        String next = list(api, "limit", "1").statusCode(200).extract().path("nextCursor");
        list(api, "after", next).statusCode(200).body("accounts.size()", equalTo(1));
        list(api, "usrName", "ada").statusCode(400).body("field", equalTo("usrName"));
        Api.admin().get("/admin/api/tenants/nobody/accounts").then().statusCode(404);
    }

    private static ValidatableResponse list(Api api, String parameter, String value) {
        return Api.admin()
                .queryParam(parameter, value)
                .get("/admin/api/tenants/{id}/accounts", api.tenant())
                .then();
    }

    private static ValidatableResponse get(Api api, String account) {
        return Api.admin().get(ACCOUNT, api.tenant(), account).then();
    }

    private static ValidatableResponse activate(Api api, String account) {
        return Api.admin().post(ACCOUNT + "/activate", api.tenant(), account).then();
    }
}
