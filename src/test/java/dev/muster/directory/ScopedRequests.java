package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random requests about {@link ScopedUsers}, seen and hidden ones; names in braces stand for ids. */
final class ScopedRequests {

    private static final String PATCH =
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[";
    private static final String SEARCH = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:SearchRequest\"]";
    private static final String BULK = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]";

    /** @param body may be empty, as may {@code ifMatch} */
    record Request(String method, String path, String body, String ifMatch) {}

    private final Random random;
    private final ScopedUsers users;
    private final List<String> names;
    private final List<String> groups;
    private int made;

    ScopedRequests(Random random, ScopedUsers users) {
        this.random = random;
        this.users = users;
        this.names = List.copyOf(users.all().keySet());
        this.groups = List.copyOf(users.groups().keySet());
    }

    Request next() {
        made++;
        return switch (random.nextInt(10)) {
            case 0 -> read("/Users/" + id(names));
            case 1 -> read("/Groups/" + id(groups));
            case 2, 3, 4 -> query();
            case 5 -> new Request("POST", pick("", "/Users", "/Groups") + "/.search", search(), "");
            case 6 -> new Request("POST", "/Bulk", bulk(), "");
            default -> write();
        };
    }

    /** The body of a group. */
    static String group(String name, List<String> members) {
        return "{\"displayName\":\"" + name + "\",\"members\":[" + values(members) + "]}";
    }

    private static String values(List<String> members) {
        return members.stream()
                .map(member -> "{\"value\":\"{" + member + "}\"}")
                .collect(Collectors.joining(","));
    }

    private Request read(String path) {
        return new Request(
                "GET", path + pick("", "", "?attributes=members,groups,title", "?excludedAttributes=meta"), "", "");
    }

    private Request query() {
        String endpoint = pick("/", "/Users", "/Users", "/Groups", "/Groups");
        StringBuilder query = new StringBuilder(
                endpoint + pick("?count=3&cursor=", "?count=4&startIndex=3", "?count=0", "?count=50"));
        if (random.nextInt(5) > 0) {
            query.append("&filter=").append(filter(endpoint, 2));
        }
        if (random.nextInt(3) == 0) {
            query.append("&sortBy=").append(pick("displayName", "meta.version", "id"));
            query.append(pick("", "&sortOrder=descending"));
        }
        return new Request("GET", query.toString(), "", "");
    }

    private String search() {
        return SEARCH + ",\"filter\":\"" + filter("/", 2).replace("\"", "\\\"") + "\",\"count\":" + random.nextInt(20)
                + "}";
    }

    /** One that both types understand where it is asked at the root. */
    private String filter(String endpoint, int depth) {
        return switch (depth == 0 ? 3 + random.nextInt(5) : random.nextInt(8)) {
            case 0 -> "(" + filter(endpoint, depth - 1) + " or " + filter(endpoint, depth - 1) + ")";
            case 1 -> "(" + filter(endpoint, depth - 1) + " and " + filter(endpoint, depth - 1) + ")";
            case 2 -> "not (" + filter(endpoint, depth - 1) + ")";
            case 3 -> pick("id eq ", "id gt ", "id ne ") + "\"" + id(names) + "\"";
            default ->
                switch (endpoint) {
                    case "/Users" -> ofUsers();
                    case "/Groups" -> ofGroups();
                    default -> random.nextBoolean() ? ofUsers() : ofGroups();
                };
        };
    }

    private String ofUsers() {
        String name = any(names);
        return pick(
                "userName eq \"" + name + "\"",
                "userName sw \"hidden\"",
                "userName co \"1\"",
                "externalId eq \"x-" + name + "\"",
                "displayName co \"hidden\"",
                "emails.value ew \"@b.org\"",
                "emails[type eq \"work\" and value sw \"e1\"]",
                "title eq \"t1\"",
                "title ne \"t1\"",
                "userType eq \"Contractor\"",
                "active eq false",
                ScopedUsers.ENTERPRISE + ":department eq \"D21\"",
                "groups.value eq \"" + id(groups) + "\"",
                "groups pr");
    }

    private String ofGroups() {
        String member = id(random.nextBoolean() ? names : groups);
        return pick(
                "members.value eq \"" + member + "\"",
                "members[value eq \"" + member + "\" and type eq \"User\"]",
                "members[not (value eq \"" + member + "\")]",
                "members.display co \"hidden\"",
                "members.display eq \"name of " + any(names) + "\"",
                "members.$ref ew \"" + member + "\"",
                "members[type eq \"User\"]",
                "members.value ne \"" + member + "\"",
                "members pr",
                "members eq null",
                "displayName sw \"group\"");
    }

    private Request write() {
        Request plain = random.nextBoolean() ? ofUser() : ofGroup();
        return random.nextInt(6) == 0 && !plain.method().equals("POST")
                ? new Request(plain.method(), plain.path(), plain.body(), pick("W/\"1\"", "W/\"2\"", "*"))
                : plain;
    }

    private Request ofUser() {
        String name = any(names);
        String path = "/Users/{" + name + "}";
        ObjectNode user = users.attributes();
        return switch (random.nextInt(7)) {
            case 0 ->
                new Request(
                        "POST",
                        "/Users",
                        user.put("userName", pick("fresh" + made, "seen0", "seen1"))
                                .toString(),
                        "");
            case 1 -> new Request("DELETE", "/Users/" + id(names), "", "");
            case 2, 3 ->
                new Request("PUT", path, user.put("userName", "put-" + name).toString(), "");
            default ->
                new Request("PATCH", path + pick("", "?attributes=groups,title"), PATCH + userOperation() + "]}", "");
        };
    }

    private String userOperation() {
        return pick(
                "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"t" + random.nextInt(3) + "\"}",
                "{\"op\":\"remove\",\"path\":\"title\"}",
                "{\"op\":\"replace\",\"path\":\"userType\",\"value\":\"" + pick("Employee", "Contractor") + "\"}",
                "{\"op\":\"replace\",\"path\":\"active\",\"value\":" + random.nextBoolean() + "}",
                "{\"op\":\"replace\",\"path\":\"nickName\",\"value\":\"n" + made + "\"}",
                "{\"op\":\"add\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"e1@b.org\"}");
    }

    private Request ofGroup() {
        String path = "/Groups/" + id(groups);
        return switch (random.nextInt(6)) {
            case 0 -> new Request("POST", "/Groups", group("group" + made, some()), "");
            case 1 -> new Request("PUT", path, group("put" + made, some()), "");
            default ->
                new Request("PATCH", path + pick("", "?attributes=members"), PATCH + groupOperation() + "]}", "");
        };
    }

    private String groupOperation() {
        String member = id(names);
        return pick(
                "{\"op\":\"add\",\"path\":\"members\",\"value\":[" + values(some()) + "]}",
                "{\"op\":\"replace\",\"path\":\"members\",\"value\":[" + values(some()) + "]}",
                "{\"op\":\"remove\",\"path\":\"members\"}",
                "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}",
                "{\"op\":\"remove\",\"path\":\"members[value ne \\\"" + member + "\\\"]\"}",
                "{\"op\":\"remove\",\"path\":\"members[display co \\\"1\\\"]\"}",
                "{\"op\":\"remove\",\"path\":\"members\",\"value\":[" + values(some()) + "]}",
                "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"named" + made + "\"}");
    }

    /** At most one of them hidden: the order in which an error names several is nobody's promise. */
    private List<String> some() {
        List<String> seen = names.stream().filter(name -> !users.isHidden(name)).toList();
        List<String> hidden = names.stream().filter(users::isHidden).toList();
        boolean trick = !hidden.isEmpty() && random.nextInt(3) == 0;
        if (seen.isEmpty() || trick) {
            return hidden.isEmpty() ? List.of() : List.of(any(hidden));
        }
        return random.nextBoolean() ? List.of(any(seen)) : List.of(any(seen), any(groups));
    }

    private String bulk() {
        int size = 1 + random.nextInt(6);
        boolean alike = random.nextBoolean();
        String operations = IntStream.range(0, size)
                .mapToObj(n -> {
                    made++;
                    Request request = alike ? ofUser() : write();
                    return "{\"method\":\"" + request.method() + "\",\"bulkId\":\"b" + n + "\",\"path\":\""
                            + request.path().replaceAll("\\?.*", "") + "\""
                            + (request.ifMatch().isEmpty()
                                    ? ""
                                    : ",\"version\":\"" + request.ifMatch().replace("\"", "\\\"") + "\"")
                            + (request.body().isEmpty() ? "" : ",\"data\":" + request.body()) + "}";
                })
                .collect(Collectors.joining(","));
        return BULK + pick("", ",\"failOnErrors\":2") + ",\"Operations\":[" + operations + "]}";
    }

    private String id(List<String> of) {
        return "{" + any(of) + "}";
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }
}
