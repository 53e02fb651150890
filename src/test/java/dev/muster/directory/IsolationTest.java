package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tenants on one server: whatever one sends, the other's resources neither show nor change. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class IsolationTest {
    private static final String USER = "{\"userName\":\"ada@example.com\",\"externalId\":\"42\",\"title\":\"theirs\"}";

    private Http ours;
    private Http theirs;
    private String theirUser;
    private String theirGroup;

    @BeforeEach
    void twoTenants() {
        ours = Http.of(Api.newTenant());
        theirs = Http.of(Api.newTenant());
        theirUser = theirs.create("/Users", USER);
        theirGroup =
                theirs.create("/Groups", "{\"displayName\":\"staff\",\"members\":[{\"value\":\"" + theirUser + "\"}]}");
    }

    @Test
    void aForeignIdIsNobodys() {
        String title = Http.patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"ours\"}");
        String name = Http.patchBody("{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"ours\"}");
        assertNotFound("GET", "/Users/" + theirUser, "");
        assertNotFound("GET", "/Groups/" + theirGroup, "");
        assertNotFound("PUT", "/Users/" + theirUser, USER.replace("theirs", "ours"));
        assertNotFound("PATCH", "/Users/" + theirUser, title);
        assertNotFound("PATCH", "/Groups/" + theirGroup, name);
        assertNotFound("PUT", "/Groups/" + theirGroup, "{\"displayName\":\"ours\",\"members\":[]}");
        assertNotFound("DELETE", "/Users/" + theirUser, "");
        assertNotFound("DELETE", "/Groups/" + theirGroup, "");
        assertTheirsAreUntouched();
    }

    @Test
    void noFilterFindsAForeignResource() {
        for (String filter : List.of(
                "userName eq \"ada@example.com\"",
                "externalId eq \"42\"",
                "id eq \"" + theirUser + "\"",
                "title pr",
                "not (userName eq \"nobody\")",
                "title eq \"theirs\" or userName sw \"a\"")) {
            assertEquals(0, total("/Users?filter=" + encoded(filter)), filter);
        }
        assertEquals(0, total("/Groups?filter=" + encoded("members[value eq \"" + theirUser + "\"]")));
        assertEquals(0, total("/Users"));
        assertEquals(0, total("/Groups"));
        assertEquals(
                0,
                ours.send(
                                "POST",
                                "/Users/.search",
                                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"],\"filter\":\"userName pr\"}")
                        .json()
                        .getInteger("totalResults"));
    }

    @Test
    void aForeignUserCannotBecomeAMember() {
        String ourUser = ours.create("/Users", "{\"userName\":\"ours\"}");
        String members = "[{\"value\":\"" + ourUser + "\"},{\"value\":\"" + theirUser + "\"}]";
        Answer created = ours.send("POST", "/Groups", "{\"displayName\":\"mixed\",\"members\":" + members + "}");
        assertEquals(400, created.status());
        assertEquals("invalidValue", created.json().getString("scimType"));
        assertEquals(0, total("/Groups"));

        String group = "/Groups/" + ours.create("/Groups", "{\"displayName\":\"ours\"}");
        String add = "{\"op\":\"add\",\"path\":\"members\",\"value\":" + members + "}";
        String replace = "{\"op\":\"replace\",\"path\":\"members\",\"value\":" + members + "}";
        assertEquals(400, ours.patch(group, add).status());
        assertEquals(400, ours.patch(group, replace).status());
        assertEquals(
                400,
                ours.send("PUT", group, "{\"displayName\":\"ours\",\"members\":" + members + "}")
                        .status());
        assertFalse(ours.send("GET", group).json().containsKey("members"));
        assertTheirsAreUntouched();
    }

    @Test
    void namesAreUniqueWithinATenantOnly() {
        assertEquals(201, ours.send("POST", "/Users", USER).status());
        assertEquals(409, ours.send("POST", "/Users", USER).status());
    }

    @Test
    void aTokenOpensNoOtherTenant() {
        Http mixed = new Http(theirs.base(), ours.token());
        Answer refused = mixed.send("GET", "/Users/" + theirUser);
        assertEquals(401, refused.status());
        assertEquals(
                new Http(theirs.base().replaceAll("/t/[^/]+", "/t/nobody"), ours.token())
                        .send("GET", "/Users/" + theirUser)
                        .body(),
                refused.body(),
                "nothing tells a foreign tenant from none");
        assertTrue(refused.header("WWW-Authenticate").startsWith("Bearer"));
    }

    private void assertNotFound(String method, String path, String body) {
        Answer answer = ours.send(method, path, body);
        assertEquals(404, answer.status(), method + " " + path);
        assertFalse(answer.body().contains("ada@"), answer.body());
    }

    private void assertTheirsAreUntouched() {
        Answer user = theirs.send("GET", "/Users/" + theirUser);
        assertEquals("theirs", user.json().getString("title"));
        assertEquals("W/\"1\"", user.header("ETag"));
        Answer group = theirs.send("GET", "/Groups/" + theirGroup);
        assertEquals(1, group.json().getJsonArray("members").size());
        assertEquals("W/\"1\"", group.header("ETag"));
    }

    private int total(String path) {
        return ours.send("GET", path).json().getInteger("totalResults");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
