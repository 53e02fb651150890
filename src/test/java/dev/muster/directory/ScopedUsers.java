package dev.muster.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Random users and groups, and a scope that hides some of the users. What the scope means is said a second time, as a
 * predicate.
 */
final class ScopedUsers {

    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final int USERS = 14;
    private static final int GROUPS = 5;

    /** A filter and what it means. */
    private record Scope(String filter, Predicate<ObjectNode> means) {}

    private static final List<Scope> SIMPLE = List.of(
            new Scope(
                    "userType eq \"EMPLOYEE\"",
                    user -> user.path("userType").asText().equals("Employee")),
            new Scope(
                    "emails[type eq \"work\" and value ew \"@a.org\"]",
                    user -> user.at("/emails/0/value").asText().endsWith("@a.org")),
            new Scope(
                    "not (title eq \"t1\")",
                    user -> !user.path("title").asText().equals("t1")),
            new Scope("active ne false", user -> user.path("active").asBoolean(true)),
            new Scope("title pr", user -> user.has("title")),
            new Scope(
                    ENTERPRISE + ":department sw \"d1\"",
                    user -> user.path(ENTERPRISE).path("department").asText().startsWith("D1")));

    private final Random random;
    private final Scope scope;
    private final Map<String, ObjectNode> all = new LinkedHashMap<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();

    ScopedUsers(Random random) {
        this.random = random;
        this.scope = anyScope();
        for (int n = 0; n < USERS; n++) {
            ObjectNode user = attributes();
            String name = (scope.means().test(user) ? "seen" : "hidden") + n;
            all.put(
                    name,
                    user.put("userName", name)
                            .put("displayName", "Name of " + name)
                            .put("externalId", "x-" + name));
        }
        for (int n = 0; n < GROUPS; n++) {
            List<String> members = new ArrayList<>(groups.keySet().stream()
                    .filter(group -> random.nextInt(4) == 0)
                    .toList());
            all.keySet().stream().filter(user -> random.nextInt(2) == 0).forEach(members::add);
            groups.put("group" + n, members);
        }
    }

    String scope() {
        return scope.filter();
    }

    boolean isHidden(String name) {
        return name.startsWith("hidden");
    }

    /** Users by name, which is the userName, in the order of their creation. */
    Map<String, ObjectNode> all() {
        return all;
    }

    /** The names of each group's members. */
    Map<String, List<String>> groups() {
        return groups;
    }

    /** A user without a name, in scope or not. */
    ObjectNode attributes() {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        if (random.nextInt(5) > 0) {
            user.put("userType", random.nextBoolean() ? "Employee" : "Contractor");
        }
        if (random.nextInt(4) > 0) {
            String host = random.nextBoolean() ? "@a.org" : "@b.org";
            user.putArray("emails").addObject().put("type", "work").put("value", "e" + random.nextInt(9) + host);
        }
        if (random.nextInt(4) > 0) {
            user.put("title", "t" + random.nextInt(3));
        }
        if (random.nextInt(3) > 0) {
            user.put("active", random.nextInt(3) > 0);
        }
        if (random.nextInt(3) > 0) {
            user.putObject(ENTERPRISE).put("department", "D" + (1 + random.nextInt(2)) + random.nextInt(3));
        }
        return user;
    }

    private Scope anyScope() {
        Scope one = SIMPLE.get(random.nextInt(SIMPLE.size()));
        Scope other = SIMPLE.get(random.nextInt(SIMPLE.size()));
        return switch (random.nextInt(5)) {
            case 0 ->
                new Scope(one.filter() + " or " + other.filter(), one.means().or(other.means()));
            case 1 ->
                new Scope(one.filter() + " and " + other.filter(), one.means().and(other.means()));
            case 2 -> new Scope("not (" + one.filter() + ")", one.means().negate());
            default -> one;
        };
    }
}
