package dev.muster.account;

import dev.muster.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one tenant what random decided for several: users and groups are named, as each tenant has ids of its own. Who has
 * which name has which external id: nobody can be taken for another.
 */
final class RandomWrites {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final List<String> DEPARTMENTS = List.of("Sales", "Engineering", "Law");
    private static final int PEOPLE = 6;
    private static final int GROUPS = 3;

    private final Api api;
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();

    RandomWrites(Api api) {
        this.api = api;
    }

    /**
     * Something to be written.
     *
     * @param kind of write, 0 to 9
     */
    record Step(int kind, String user, String group, String value) {}

    static Step next(Random random) {
        return new Step(
                random.nextInt(10),
                "user" + random.nextInt(PEOPLE),
                "group" + random.nextInt(GROUPS),
                DEPARTMENTS.get(random.nextInt(DEPARTMENTS.size())));
    }

    /** A random change of the settings, but of the mode. */
    static String settings(Random random) {
        List<String> some = List.of(
                "{\"roles\":[{\"displayName\":\"group0\",\"role\":\"reader\"},{\"displayName\":\"group1\",\"role\":\"writer\"}]}",
                "{\"roles\":[]}",
                "{\"departments\":{\"map\":{\"Sales\":\"Verkauf\"},\"unmapped\":\"pass\"}}",
                "{\"departments\":{\"map\":{\"Sales\":\"Vente\",\"Law\":\"Droit\"},\"unmapped\":\"hold\"}}",
                "{\"departments\":null}",
                "{\"accountFields\":{\"name\":{\"from\":\"userName\",\"letters\":\"upper\"}}}",
                "{\"accountFields\":null}",
                "{\"deprovisioning\":{\"action\":\"block\",\"retentionDays\":30}}",
                "{\"deprovisioning\":{\"action\":\"delete\",\"retentionDays\":null}}",
                "{\"deprovisioning\":null}",
                "{\"signIn\":\"password\"}",
                "{\"signIn\":null}");
        return some.get(random.nextInt(some.size()));
    }

    Api api() {
        return api;
    }

    /** The users that there are: ids by user name. */
    Map<String, String> users() {
        return users;
    }

    /** The groups that there are: ids by the name that they were created with. */
    Map<String, String> groups() {
        return groups;
    }

    void write(Step step) {
        String user = users.get(step.user());
        String group = groups.get(step.group());
        if (user == null) {
            users.put(
                    step.user(),
                    api.create(
                                    "/Users",
                                    Map.of(
                                            "userName",
                                            step.user(),
                                            "externalId",
                                            "x-" + step.user(),
                                            "active",
                                            step.kind() != 0,
                                            ENTERPRISE,
                                            Map.of("department", step.value())))
                            .path("id"));
            return;
        }
        switch (step.kind()) {
            case 0 -> patch("/Users/" + user, "replace", "active", "false");
            case 1 -> patch("/Users/" + user, "replace", "active", "true");
            case 2 -> patch("/Users/" + user, "add", "title", "\"" + step.value() + "\"");
            case 3 -> patch("/Users/" + user, "add", ENTERPRISE + ":department", "\"" + step.value() + "\"");
            case 4, 5 -> {
                api.scim().delete("/Users/" + user).then().statusCode(204);
                users.remove(step.user());
            }
            case 6 -> {
                if (group != null) {
                    api.scim().delete("/Groups/" + group).then().statusCode(204);
                    groups.remove(step.group());
                }
            }
            case 7 -> {
                if (group != null) {
                    patch("/Groups/" + group, "remove", "members[value eq \\\"" + user + "\\\"]", null);
                }
            }
            default -> join(step, user, group);
        }
    }

    private void join(Step step, String user, @Nullable String group) {
        if (group == null) {
            groups.put(
                    step.group(),
                    api.create(
                                    "/Groups",
                                    Map.of("displayName", step.group(), "members", List.of(Map.of("value", user))))
                            .path("id"));
        } else {
            patch("/Groups/" + group, "add", "members", "[{\"value\":\"" + user + "\"}]");
        }
    }

    void patch(String path, String op, String attribute, @Nullable String value) {
        String operation = "{\"op\":\"" + op + "\",\"path\":\"" + attribute + "\""
                + (value == null ? "" : ",\"value\":" + value) + "}";
        int status = api.scim()
                .body("{\"Operations\":[" + operation + "]}")
                .patch(path)
                .statusCode();
        if (status != 200 && status != 204) {
            throw new AssertionError(path + " " + operation + ": " + status);
        }
    }
}
