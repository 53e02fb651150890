package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.HeldRows;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The members of a large group get its role in parts; single users do not wait for all of them. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class LargeGroupRolesTest {

    private static final int MEMBERS = 6_000;

    @Test
    void singleUsersDoNotWaitForTheMembersOfALargeGroup() {
        Api api = Api.newTenant("{\"roles\":[{\"displayName\":\"Everybody\",\"role\":\"reader\"}]}");
        Accounts accounts = new Accounts(api);
        List<String> users = TestDatabase.seedUsers(api.tenant(), "member", MEMBERS);
        // What was seeded is in no change log: a change of the rules makes accounts of it.
        Api.admin()
                .body("{\"accountFields\":{\"title\":{\"from\":\"title\"}}}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);
        accounts.awaitDrained();

        try (HeldRows held = new HeldRows("select 1 from projection where tenant_id = ? for update", api.tenant())) {
            api.create(
                    "/Groups",
                    Map.of(
                            "displayName",
                            "Everybody",
                            "members",
                            users.stream().map(id -> Map.of("value", id)).toList()));
            api.newUser("single");
        }

        accounts.awaitDrained();
        List<String> events =
                accounts.events().subList(MEMBERS, accounts.events().size());
        assertTrue(
                events.indexOf("account.created") < events.lastIndexOf("group.members"),
                "the single user's account was there before the last members had their role");
        assertEquals(
                MEMBERS / 1_000,
                IntStream.range(0, events.size())
                        .filter(i -> events.get(i).equals("group.members"))
                        .count());
        assertEquals(
                MEMBERS,
                TestDatabase.count(
                        "select count(*) from account where tenant_id = ? and roles = '{reader}'", api.tenant()));
    }

    /** The median of some changes: a machine that stands still for a moment is no fault of it. */
    @Test
    void oneUsersRoleFollowsWithinASecond() {
        Api api = Api.newTenant("{\"roles\":[{\"displayName\":\"Admins\",\"role\":\"admin\"}]}");
        String ada = api.newUser("ada");
        String group = api.create("/Groups", Map.of("displayName", "Admins")).path("id");
        new Accounts(api).awaitDrained();

        List<Duration> taken = Stream.of(true, false, true, false, true)
                .map(member -> untilRoleFollows(api, group, ada, member))
                .sorted()
                .toList();

        assertTrue(taken.get(2).compareTo(Duration.ofSeconds(1)) < 0, taken::toString);
    }

    private static Duration untilRoleFollows(Api api, String group, String user, boolean member) {
        long begun = System.nanoTime();
        String operation = member
                ? "\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]"
                : "\"op\":\"remove\",\"path\":\"members[value eq \\\"" + user + "\\\"]\"";
        api.scim()
                .body("{\"Operations\":[{" + operation + "}]}")
                .patch("/Groups/" + group)
                .then()
                .statusCode(204);
        Await.count(member ? 1 : 0, "select cardinality(roles) from account where tenant_id = ?", api.tenant());
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
