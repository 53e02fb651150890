package dev.muster.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.BaseScimResource;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import dev.muster.Http;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code com.unboundid.product.scim2:scim2-sdk-client} against the packaged server: its JAX-RS client would meet the server's
 * own JAX-RS in one process.
 */
class UnboundIdClientIT {
    private static PackagedServer server;
    private static ScimService scim;

    @BeforeAll
    static void connect() {
        // Version 5.0.0 of the client is older than RFC 9967, which adds securityEvents to ServiceProviderConfig (§4).
        BaseScimResource.IGNORE_UNKNOWN_FIELDS = true;
        server = PackagedServer.start(PackagedServer.newDataDirectory());
        Http http = server.newTenant("unboundid");
        ClientRequestFilter authorization =
                request -> request.getHeaders().putSingle("Authorization", "Bearer " + http.token());
        // Java's own HTTP connection does not know PATCH without this.
        scim = new ScimService(ClientBuilder.newClient()
                .register(authorization)
                .property("jersey.config.client.httpUrlConnection.setMethodWorkaround", true)
                .target(http.base()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void readsWhatTheServerCanDo() throws Exception {
        assertTrue(scim.getServiceProviderConfig().getPatch().isSupported());
        assertTrue(scim.getResourceTypes().getTotalResults() >= 2);
        assertEquals("/Users", scim.getResourceType("User").getEndpoint().toString());
        assertTrue(scim.getSchemas().getTotalResults() >= 3);
        assertFalse(scim.getSchema("urn:ietf:params:scim:schemas:core:2.0:User")
                .getAttributes()
                .isEmpty());
    }

    @Test
    void createsReadsReplacesPatchesAndDeletesAUser() throws Exception {
        UserResource ada = scim.create("Users", user("ada"));
        assertEquals(
                "ada", scim.retrieve("Users", ada.getId(), UserResource.class).getUserName());
        ada.setTitle("Countess");
        UserResource replaced = scim.replaceRequest(ada).ifMatch().invoke();
        assertEquals("Countess", replaced.getTitle());
        assertThrows(
                PreconditionFailedException.class,
                () -> scim.replaceRequest(ada).ifMatch().invoke());
        UserResource patched = scim.modifyRequest("Users", ada.getId())
                .replaceValue("active", false)
                .replaceValue("name.familyName", "King")
                .addValues("emails", new Email().setValue("home@example.com").setType("home"))
                .invoke(UserResource.class);
        assertFalse(patched.getActive());
        assertEquals("King", patched.getName().getFamilyName());
        assertEquals(2, patched.getEmails().size());
        assertThrows(ResourceConflictException.class, () -> scim.create("Users", user("Ada")));
        scim.delete("Users", ada.getId());
        assertThrows(ResourceNotFoundException.class, () -> scim.retrieve("Users", ada.getId(), UserResource.class));
    }

    @Test
    void findsAndPagesUsers() throws Exception {
        for (int n = 0; n < 25; n++) {
            scim.create("Users", user("paged" + n));
        }
        ListResponse<UserResource> one =
                scim.searchRequest("Users").filter("userName eq \"PAGED7\"").invoke(UserResource.class);
        assertEquals(1, one.getTotalResults());
        assertEquals("paged7", one.getResources().getFirst().getUserName());
        Set<String> names = new HashSet<>();
        for (int start = 1; start <= 25; start += 10) {
            ListResponse<UserResource> page = scim.searchRequest("Users")
                    .filter("userName sw \"paged\"")
                    .sort("userName", SortOrder.DESCENDING)
                    .page(start, 10)
                    .invokePost(UserResource.class);
            assertEquals(25, page.getTotalResults());
            page.getResources().forEach(user -> names.add(user.getUserName()));
        }
        assertEquals(25, names.size());
    }

    @Test
    void createsAndChangesAGroup() throws Exception {
        UserResource user = scim.create("Users", user("member"));
        GroupResource group = scim.create(
                "Groups",
                new GroupResource().setDisplayName("staff").setMembers(List.of(new Member().setValue(user.getId()))));
        assertEquals(1, group.getMembers().size());
        assertEquals(
                group.getId(),
                scim.retrieve("Users", user.getId(), UserResource.class)
                        .getGroups()
                        .getFirst()
                        .getValue());
        // With an attribute asked for, so that there is a body: this client wants one.
        GroupResource emptied = scim.modifyRequest("Groups", group.getId())
                .attributes("displayName", "members")
                .removeValues("members[value eq \"" + user.getId() + "\"]")
                .invoke(GroupResource.class);
        assertTrue(emptied.getMembers() == null || emptied.getMembers().isEmpty());
        scim.delete("Groups", group.getId());
    }

    private static UserResource user(String userName) {
        return new UserResource()
                .setUserName(userName)
                .setName(new Name().setGivenName("Ada").setFamilyName("Lovelace"))
                .setActive(true)
                .setEmails(List.of(new Email()
                        .setValue(userName + "@example.com")
                        .setType("work")
                        .setPrimary(true)));
    }
}
