package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Ten thousand members in one request. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class LargeGroupTest {
    private static final Logger LOG = Logger.getLogger(LargeGroupTest.class);
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    @Test
    void addsAndRemovesTenThousandMembersInOneRequestEach() {
        Api api = Api.newTenant();
        Http http = Http.of(api);
        List<String> users = TestDatabase.seedUsers(api.tenant(), "user", 10_000);
        String group = "/Groups/" + http.create("/Groups", RacesTest.group("large", List.of()));

        Answer added = timed("add 10,000 members", http, group, RacesTest.addMembers(users));
        assertEquals("", added.body(), "no member is echoed");
        assertEquals(10_000, members(api));
        assertEquals(
                10_000, http.send("GET", group).json().getJsonArray("members").size());

        Answer again = timed("add the same 10,000 members", http, group, RacesTest.addMembers(users));
        assertEquals(added.header("ETag"), again.header("ETag"), "what is already so is no change");
        assertEquals(
                added.header("ETag"),
                http.send("GET", group + "?excludedAttributes=members").header("ETag"));

        timed("remove 10,000 members by value array", http, group, RacesTest.removeMembers(users));
        assertEquals(0, members(api));
        Answer gone = timed("remove the same 10,000 members", http, group, RacesTest.removeMembers(users));
        assertEquals("W/\"3\"", gone.header("ETag"));
    }

    private static Answer timed(String what, Http http, String group, String operation) {
        Instant start = Instant.now();
        Answer answer = http.patch(group, operation);
        Duration taken = Duration.between(start, Instant.now());
        LOG.infof("%s: %d ms", what, taken.toMillis());
        assertEquals(204, answer.status(), answer.body());
        assertTrue(taken.compareTo(GENEROUS) < 0, () -> what + " took " + taken);
        return answer;
    }

    private static long members(Api api) {
        return TestDatabase.count("select count(*) from membership where tenant_id = ?", api.tenant());
    }
}
