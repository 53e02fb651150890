package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked of a tenant some of whose users are outside of its scope, the answers are those of a tenant that has never had
 * them; and they stay as they were.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ScopePropertyTest {

    private static final int ROUNDS = Integer.getInteger("test.scope.rounds", 4);
    private static final int REQUESTS = 80;

    @Test
    void theAnswersAreThoseOfATenantThatHasNeverHadTheOthers() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            ScopedUsers users = new ScopedUsers(random);
            String where = "seed " + seed + " round " + round + " scope " + users.scope();
            Side narrowed = new Side(users, true);
            Side pure = new Side(users, false);
            narrowed.assertHidden(where);
            String hidden = narrowed.hidden();
            ScopedRequests requests = new ScopedRequests(random, users);
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (int n = 0; n < REQUESTS; n++) {
                ScopedRequests.Request request = requests.next();
                String expected = pure.answer(request, n);
                assertEquals(expected, narrowed.answer(request, n), where + " " + request);
                statuses.merge(Integer.parseInt(expected.substring(0, 3)) / 100, 1, Integer::sum);
            }
            assertTrue(statuses.get(2) > REQUESTS / 4, where + " answers much: " + statuses);
            assertEquals(hidden, narrowed.hidden(), where);
        }
    }

    /** One of the two tenants; names in braces stand for ids. */
    private static final class Side {

        private final Wire wire = Wire.toNewTenant();
        private final ScopedUsers users;
        private final Map<String, String> ids = new HashMap<>();

        Side(ScopedUsers users, boolean withHidden) {
            this.users = users;
            users.all().forEach((name, user) -> {
                boolean there = withHidden || !users.isHidden(name);
                ids.put(
                        name,
                        there
                                ? wire.post("/Users", user.toString()).is(201).id()
                                : ResourceIds.next().toString());
            });
            users.groups().forEach((name, members) -> {
                List<String> there = members.stream()
                        .filter(member -> withHidden || !users.isHidden(member))
                        .toList();
                ids.put(
                        name,
                        wire.post("/Groups", named(ScopedRequests.group(name, there)))
                                .is(201)
                                .id());
            });
            scope(users.scope());
        }

        /** That the test does not compare nothing with nothing. */
        void assertHidden(String where) {
            users.all()
                    .keySet()
                    .forEach(name -> assertEquals(
                            users.isHidden(name) ? 404 : 200,
                            wire.get("/Users/" + ids.get(name)).status(),
                            where + " " + name));
        }

        /** What there is of the hidden users, and of their memberships in groups that nobody can have deleted. */
        String hidden() {
            scope(null);
            List<String> found = new ArrayList<>();
            for (String name : users.all().keySet()) {
                if (users.isHidden(name)) {
                    ObjectNode user = (ObjectNode)
                            wire.get("/Users/" + ids.get(name)).is(200).body();
                    user.path("groups")
                            .forEach(group -> found.add(
                                    name + " in " + group.path("value").asText()));
                    user.remove("groups");
                    found.add(user.toString());
                }
            }
            scope(users.scope());
            return String.join("\n", found);
        }

        /** Status, version and body, with names for ids and without what is of the tenant or the moment. */
        String answer(ScopedRequests.Request request, int n) {
            String path = named(request.path())
                    .replace(" ", "%20")
                    .replace("\"", "%22")
                    .replace("[", "%5B")
                    .replace("]", "%5D");
            String body = request.body().isEmpty() ? null : named(request.body());
            Map<String, String> headers =
                    request.ifMatch().isEmpty() ? Map.of() : Map.of("If-Match", request.ifMatch());
            Exchange exchange = wire.send(request.method(), path, headers, body);
            note(exchange, n);
            StringBuilder told = new StringBuilder(told(exchange));
            String next = exchange.text("/nextCursor");
            while (!next.isEmpty()) {
                Exchange page = wire.get(path.replace("cursor=", "cursor=" + next));
                told.append('\n').append(told(page));
                next = page.text("/nextCursor");
            }
            return told.toString();
        }

        /** What has been created has a name from now on. */
        private void note(Exchange exchange, int n) {
            if (exchange.status() == 201) {
                ids.put("new" + n, exchange.id());
            }
            int place = 0;
            for (JsonNode result : exchange.at("/Operations")) {
                String location = result.path("location").asText();
                if (result.path("status").asText().equals("201")) {
                    ids.put("new" + n + "-" + place, location.substring(location.lastIndexOf('/') + 1));
                }
                place++;
            }
        }

        private String told(Exchange exchange) {
            String text = exchange.status() + " " + exchange.header("ETag") + " " + exchange.body();
            for (Map.Entry<String, String> id : ids.entrySet()) {
                text = text.replace(id.getValue(), "{" + id.getKey() + "}");
            }
            return text.replace(wire.api().tenant(), "tenant")
                    .replaceAll("\"(created|lastModified)\":\"[^\"]*\"", "\"$1\":\"…\"")
                    .replaceAll("\"(nextCursor|previousCursor)\":\"[^\"]*\"", "\"$1\":\"…\"");
        }

        private String named(String text) {
            String named = text;
            for (Map.Entry<String, String> id : ids.entrySet()) {
                named = named.replace("{" + id.getKey() + "}", id.getValue());
            }
            return named;
        }

        private void scope(String scope) {
            Map<String, Object> settings = new HashMap<>();
            settings.put("scope", scope);
            Api.admin()
                    .body(settings)
                    .patch("/admin/api/tenants/{id}/settings", wire.api().tenant())
                    .then()
                    .statusCode(200);
        }
    }
}
