package dev.muster.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.BooleanNode;
import de.captaingoldfish.scim.sdk.client.ScimClientConfig;
import de.captaingoldfish.scim.sdk.client.ScimRequestBuilder;
import de.captaingoldfish.scim.sdk.client.resources.MetaConfiguration;
import de.captaingoldfish.scim.sdk.client.response.ServerResponse;
import de.captaingoldfish.scim.sdk.common.constants.enums.Comparator;
import de.captaingoldfish.scim.sdk.common.constants.enums.PatchOp;
import de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.response.ListResponse;
import dev.muster.Api;
import dev.muster.Http;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code de.captaingoldfish:scim-sdk-client}; it checks every answer for validity as a SCIM response by itself. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class ScimSdkClientTest {
    private Http http;
    private ScimRequestBuilder client;

    @BeforeEach
    void connect() {
        http = Http.of(Api.newTenant());
        client = new ScimRequestBuilder(
                http.base(),
                ScimClientConfig.builder()
                        .httpHeaders(Map.of("Authorization", "Bearer " + http.token()))
                        .connectTimeout(45)
                        .requestTimeout(45)
                        .socketTimeout(45)
                        .build());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void readsWhatTheServerCanDo() {
        ServiceProvider config = client.loadServiceProviderConfiguration();
        assertTrue(config.getPatchConfig().isSupported());
        assertTrue(config.getFilterConfig().isSupported());
        MetaConfiguration all = merged(client.loadMetaConfiguration().sendRequest());
        assertTrue(all.getResourceTypes().size() >= 2);
        assertTrue(all.getSchemas().size() >= 3);
    }

    @Test
    void createsReadsReplacesPatchesAndDeletesAUser() {
        User ada = valid(
                client.create(User.class, "/Users").setResource(user("ada")).sendRequest(), 201);
        String id = ada.getId().orElseThrow();
        String version = ada.getMeta().orElseThrow().getVersion().orElseThrow().toString();
        assertEquals(
                "ada",
                valid(client.get(User.class, "/Users", id).sendRequest(), 200)
                        .getUserName()
                        .orElseThrow());
        assertEquals(
                304,
                client.get(User.class, "/Users", id)
                        .setETagForIfNoneMatch(version)
                        .sendRequest()
                        .getHttpStatus());

        User replacement = user("ada");
        replacement.setTitle("Countess");
        User replaced = valid(
                client.update(User.class, "/Users", id)
                        .setETagForIfMatch(version)
                        .setResource(replacement)
                        .sendRequest(),
                200);
        assertEquals("Countess", replaced.getTitle().orElseThrow());
        assertEquals(
                412,
                client.update(User.class, "/Users", id)
                        .setETagForIfMatch(version)
                        .setResource(user("ada"))
                        .sendRequest()
                        .getHttpStatus());

        User patched = valid(
                client.patch(User.class, "/Users", id)
                        .addOperation()
                        .op(PatchOp.REPLACE)
                        .path("active")
                        .valueNode(BooleanNode.FALSE)
                        .next()
                        .op(PatchOp.ADD)
                        .path("emails[type eq \"work\"].value")
                        .value("new@example.com")
                        .build()
                        .sendRequest(),
                200);
        assertEquals(false, patched.isActive().orElseThrow());
        assertEquals(
                "new@example.com", patched.getEmails().getFirst().getValue().orElseThrow());

        assertEquals(204, client.delete(User.class, "/Users", id).sendRequest().getHttpStatus());
        ServerResponse<User> gone = client.get(User.class, "/Users", id).sendRequest();
        assertEquals(404, gone.getHttpStatus());
        assertEquals(404, gone.getErrorResponse().getStatus());
    }

    @Test
    void understandsAConflict() {
        valid(client.create(User.class, "/Users").setResource(user("ada")).sendRequest(), 201);
        ServerResponse<User> second =
                client.create(User.class, "/Users").setResource(user("ADA")).sendRequest();
        assertEquals(409, second.getHttpStatus());
        assertEquals("uniqueness", second.getErrorResponse().getScimType().orElseThrow());
    }

    @Test
    void findsAndPagesUsers() {
        for (int n = 0; n < 25; n++) {
            valid(
                    client.create(User.class, "/Users")
                            .setResource(user("user" + n))
                            .sendRequest(),
                    201);
        }
        ListResponse<User> one = valid(
                client.list(User.class, "/Users")
                        .filter("userName", Comparator.EQ, "USER7")
                        .build()
                        .get()
                        .sendRequest(),
                200);
        assertEquals(1, one.getTotalResults());
        assertEquals("user7", one.getListedResources().getFirst().getUserName().orElseThrow());
        ListResponse<User> posted = valid(
                client.list(User.class, "/Users")
                        .filter("emails[type eq \"work\" and value eq \"user8@example.com\"]")
                        .post()
                        .sendRequest(),
                200);
        assertEquals(1, posted.getTotalResults());

        Set<String> names = new HashSet<>();
        for (int start = 1; start <= 25; start += 10) {
            ListResponse<User> page = valid(
                    client.list(User.class, "/Users")
                            .startIndex(start)
                            .count(10)
                            .sortBy("userName")
                            .sortOrder(SortOrder.DESCENDING)
                            .attributes("userName")
                            .get()
                            .sendRequest(),
                    200);
            assertEquals(25, page.getTotalResults());
            page.getListedResources()
                    .forEach(user -> names.add(user.getUserName().orElseThrow()));
        }
        assertEquals(25, names.size());
        assertEquals(
                25,
                merged(client.list(User.class, "/Users").get().getAll())
                        .getListedResources()
                        .size());
    }

    @Test
    void createsAndChangesAGroup() {
        String ada = valid(
                        client.create(User.class, "/Users")
                                .setResource(user("ada"))
                                .sendRequest(),
                        201)
                .getId()
                .orElseThrow();
        String bob = valid(
                        client.create(User.class, "/Users")
                                .setResource(user("bob"))
                                .sendRequest(),
                        201)
                .getId()
                .orElseThrow();
        Group staff = Group.builder()
                .displayName("staff")
                .members(List.of(Member.builder().value(ada).build()))
                .build();
        Group created =
                valid(client.create(Group.class, "/Groups").setResource(staff).sendRequest(), 201);
        String id = created.getId().orElseThrow();
        assertEquals(1, created.getMembers().size());
        assertEquals(
                204,
                client.patch(Group.class, "/Groups", id)
                        .addOperation()
                        .op(PatchOp.ADD)
                        .path("members")
                        .valueNode(Member.builder().value(bob).build())
                        .build()
                        .sendRequest()
                        .getHttpStatus());
        Group read = valid(client.get(Group.class, "/Groups", id).sendRequest(), 200);
        assertEquals(2, read.getMembers().size());
        assertEquals(
                id,
                valid(client.get(User.class, "/Users", bob).sendRequest(), 200)
                        .getGroups()
                        .getFirst()
                        .getValue()
                        .orElseThrow());
        assertEquals(
                204, client.delete(Group.class, "/Groups", id).sendRequest().getHttpStatus());
    }

    /** What the client has put together of several valid answers; it cannot say itself whether that is valid. */
    private static <T extends de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode> T merged(
            ServerResponse<T> response) {
        assertEquals(200, response.getHttpStatus(), response.getResponseBody());
        return response.getResource();
    }

    private static <T extends de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode> T valid(
            ServerResponse<T> response, int status) {
        assertEquals(status, response.getHttpStatus(), response.getResponseBody());
        assertTrue(response.isValidScimResponse(), response.getResponseBody());
        return response.getResource();
    }

    private static User user(String userName) {
        return User.builder()
                .userName(userName)
                .name(Name.builder().givenName("Ada").familyName("Lovelace").build())
                .emails(List.of(Email.builder()
                        .value(userName + "@example.com")
                        .type("work")
                        .primary(true)
                        .build()))
                .active(true)
                .build();
    }
}
