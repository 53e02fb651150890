package dev.muster.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random Bulk requests end as the same operations do one by one through the ordinary endpoints: the same statuses, the same
 * resources, the same versions.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class BulkPropertyTest {

    private static final int ROUNDS = Integer.getInteger("test.bulk.rounds", 12);
    private static final int USERS = 8;
    private static final int GROUPS = 4;
    private static final String MANAGER = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @Test
    void bulkEndsAsTheOperationsOneByOne() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<ObjectNode> operations = new Operations(random).list(5 + random.nextInt(45));
            Integer failOnErrors = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : null;
            String where = "seed " + seed + " round " + round + " failOnErrors " + failOnErrors + " " + operations;
            Directory bulk = new Directory();
            Directory single = new Directory();
            List<String> statuses = bulk.bulk(operations, failOnErrors);
            List<String> expected = single.oneByOne(operations, failOnErrors);
            assertEquals(String.join("\n", expected), String.join("\n", statuses), where);
            assertEquals(single.state(), bulk.state(), where);
        }
    }

    /** A tenant with some users and groups; names stand for ids: {@code u3}, {@code g1}, {@code b7} for what bulkId 7 made. */
    private static final class Directory {

        private final Wire wire = Wire.toNewTenant();
        private final Map<String, String> ids = new HashMap<>();

        Directory() {
            ObjectNode request = request(null);
            ArrayNode operations = request.withArray("Operations");
            for (int n = 0; n < USERS; n++) {
                operations.add(Operations.post("/Users", "u" + n, Operations.object("userName", "name" + n)));
            }
            for (int n = 0; n < GROUPS; n++) {
                ObjectNode group = Operations.object("displayName", "group" + n);
                group.putArray("members").addObject().put("value", "bulkId:u" + n);
                operations.add(Operations.post("/Groups", "g" + n, group));
            }
            note(wire.post("/Bulk", request.toString()).is(200), "");
        }

        private void note(Exchange bulk, String prefix) {
            bulk.at("/Operations").forEach(result -> {
                if (result.path("status").asText().equals("201")) {
                    String location = result.path("location").asText();
                    ids.put(prefix + result.path("bulkId").asText(), location.substring(location.lastIndexOf('/') + 1));
                }
            });
        }

        List<String> bulk(List<ObjectNode> operations, @Nullable Integer failOnErrors) {
            ObjectNode request = request(failOnErrors);
            operations.forEach(operation -> request.withArray("Operations").add(named(operation.toString())));
            Exchange bulk = wire.post("/Bulk", request.toString()).is(200);
            note(bulk, "b");
            List<String> told = new ArrayList<>();
            int n = 0;
            for (JsonNode result : bulk.at("/Operations")) {
                told.add(result.path("method").asText() + " "
                        + result.path("bulkId").asText("") + " "
                        + result.path("status").asText() + " "
                        + result.path("version").asText("") + " "
                        + result.at("/response/scimType").asText(""));
                n++;
            }
            return told;
        }

        /** Each after what it refers to, else in the order of the request. */
        List<String> oneByOne(List<ObjectNode> operations, @Nullable Integer failOnErrors) {
            Map<String, Integer> creations = new HashMap<>();
            for (int n = 0; n < operations.size(); n++) {
                if (operations.get(n).path("method").asText().equals("POST")) {
                    creations.put(operations.get(n).path("bulkId").asText(), n);
                }
            }
            List<Integer> order = new ArrayList<>();
            Set<Integer> visited = new HashSet<>();
            for (int n = 0; n < operations.size(); n++) {
                visit(n, operations, creations, visited, order);
            }
            Map<Integer, String> told = new TreeMap<>();
            Set<String> failed = new HashSet<>();
            int errors = 0;
            for (int n : order) {
                if (failOnErrors != null && errors == failOnErrors) {
                    break;
                }
                String result = single(operations.get(n), creations, failed);
                boolean error = result.split(" ")[2].compareTo("400") >= 0;
                errors += error ? 1 : 0;
                if (error && operations.get(n).path("method").asText().equals("POST")) {
                    failed.add(operations.get(n).path("bulkId").asText());
                }
                told.put(n, result);
            }
            return List.copyOf(told.values());
        }

        private static void visit(
                int n,
                List<ObjectNode> operations,
                Map<String, Integer> creations,
                Set<Integer> visited,
                List<Integer> order) {
            if (visited.add(n)) {
                references(operations.get(n)).stream()
                        .filter(creations::containsKey)
                        .map(creations::get)
                        .sorted()
                        .forEach(reference -> visit(reference, operations, creations, visited, order));
                order.add(n);
            }
        }

        private String single(ObjectNode operation, Map<String, Integer> creations, Set<String> failed) {
            String method = operation.path("method").asText();
            String bulkId = operation.path("bulkId").asText("");
            if (!creations.keySet().containsAll(references(operation))) {
                return method + " " + bulkId + " 409  ";
            }
            boolean incomplete = method.equals("POST")
                    && !operation.path("data").has("userName")
                    && !operation.path("data").has("displayName");
            if (incomplete) {
                return method + " " + bulkId + " 400  invalidValue";
            }
            if (references(operation).stream().anyMatch(failed::contains)) {
                return method + " " + bulkId + " 409  ";
            }
            String text = operation.toString();
            for (String reference : references(operation)) {
                text = text.replace("bulkId:" + reference + "\"", "{b" + reference + "}\"")
                        .replace("bulkId:" + reference + "\\", "{b" + reference + "}\\");
            }
            JsonNode sent = named(text);
            Map<String, String> headers = sent.has("version")
                    ? Map.of("If-Match", sent.path("version").asText())
                    : Map.of();
            Exchange answer = wire.send(
                    method,
                    sent.path("path").asText(),
                    headers,
                    sent.has("data") ? sent.path("data").toString() : null);
            if (answer.status() == 201) {
                ids.put("b" + bulkId, answer.id());
            }
            String version = method.equals("DELETE") ? "" : answer.header("ETag");
            return method + " " + bulkId + " " + answer.status() + " " + version + " " + answer.text("/scimType");
        }

        private static Set<String> references(ObjectNode operation) {
            Matcher matcher = Pattern.compile("bulkId:([a-z0-9]+)").matcher(operation.toString());
            Set<String> references = new HashSet<>();
            while (matcher.find()) {
                references.add(matcher.group(1));
            }
            return references;
        }

        /** {@code text} with ids for the names in braces. */
        private JsonNode named(String text) {
            String named = text;
            for (Map.Entry<String, String> id : ids.entrySet()) {
                named = named.replace("{" + id.getKey() + "}", id.getValue());
            }
            return dev.muster.scim.Json.json(named);
        }

        /** All resources without times and locations, with names for ids, in the order of the names. */
        String state() {
            Map<String, String> resources = new TreeMap<>();
            for (String endpoint : List.of("/Users", "/Groups")) {
                for (JsonNode resource :
                        wire.get(endpoint + "?count=1000").body().path("Resources")) {
                    ObjectNode plain = resource.deepCopy();
                    plain.putObject("meta").set("version", resource.at("/meta/version"));
                    String text = sorted(plain).toString().replaceAll("(ref\":\")[^\"]*\"", "$1\"");
                    for (Map.Entry<String, String> id : ids.entrySet()) {
                        text = text.replace(id.getValue(), id.getKey());
                    }
                    resources.put(endpoint + text.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"), text);
                }
            }
            return String.join("\n", resources.values());
        }

        /** The order of members and groups is that of their ids, which differs from tenant to tenant. */
        private ObjectNode sorted(ObjectNode resource) {
            Map<String, String> names = new HashMap<>();
            ids.forEach((name, id) -> names.put(id, name));
            for (String attribute : List.of("members", "groups")) {
                if (resource.get(attribute) instanceof ArrayNode values) {
                    Map<String, JsonNode> byName = new TreeMap<>();
                    values.forEach(
                            value -> byName.put(names.get(value.path("value").asText()), value));
                    resource.putArray(attribute).addAll(byName.values());
                }
            }
            return resource;
        }

        private static ObjectNode request(@Nullable Integer failOnErrors) {
            ObjectNode request = JsonNodeFactory.instance.objectNode();
            request.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
            if (failOnErrors != null) {
                request.put("failOnErrors", failOnErrors);
            }
            request.putArray("Operations");
            return request;
        }
    }

    /** Makes operations in runs of one kind, with few names and few targets, so that they meet each other. */
    private static final class Operations {

        private final Random random;

        /** The number of operations, so that references point forward too; never in a circle: only to a higher rank. */
        private int count;

        private List<Integer> rank = List.of();

        Operations(Random random) {
            this.random = random;
        }

        List<ObjectNode> list(int size) {
            count = size;
            rank = IntStream.range(0, size).boxed().collect(java.util.stream.Collectors.toList());
            java.util.Collections.shuffle(rank, random);
            List<ObjectNode> operations = new ArrayList<>();
            int kind = 0;
            for (int n = 0; n < size; n++) {
                kind = random.nextInt(4) == 0 ? random.nextInt(9) : kind;
                operations.add(operation(kind, n));
            }
            return operations;
        }

        private ObjectNode operation(int kind, int n) {
            ObjectNode operation = switch (kind) {
                case 0, 1 -> post("/Users", "" + n, user(n));
                case 2 -> post("/Groups", "" + n, group(n));
                case 3 -> change("PUT", "/Users/" + target("u", USERS, n), user(n));
                case 4, 5 -> change("PATCH", "/Users/" + target("u", USERS, n), userPatch(n));
                case 6 -> change("PATCH", "/Groups/" + target("g", GROUPS, n), groupPatch(n));
                case 7 -> change("PUT", "/Groups/" + target("g", GROUPS, n), group(n));
                default ->
                    change(
                            "DELETE",
                            random.nextInt(4) == 0
                                    ? "/Groups/" + target("g", GROUPS, n)
                                    : "/Users/" + target("u", USERS, n),
                            null);
            };
            if (!operation.path("method").asText().equals("POST") && random.nextInt(8) == 0) {
                operation.put("version", "W/\"" + (1 + random.nextInt(2)) + "\"");
            }
            return operation;
        }

        private ObjectNode user(int n) {
            ObjectNode user = JsonNodeFactory.instance.objectNode();
            if (random.nextInt(12) > 0) {
                user.put("userName", (random.nextBoolean() ? "name" : "NAME") + random.nextInt(USERS + 12));
            }
            if (random.nextBoolean()) {
                user.put("title", "title" + random.nextInt(3));
            }
            if (random.nextInt(3) == 0) {
                user.putObject(MANAGER).putObject("manager").put("value", reference("u", USERS, n));
            }
            return user;
        }

        private ObjectNode group(int n) {
            ObjectNode group = JsonNodeFactory.instance.objectNode();
            if (random.nextInt(12) > 0) {
                group.put("displayName", "group" + random.nextInt(3));
            }
            if (random.nextInt(3) > 0) {
                ArrayNode members = group.putArray("members");
                for (int m = random.nextInt(3); m >= 0; m--) {
                    members.addObject().put("value", reference(random.nextInt(5) == 0 ? "g" : "u", GROUPS, n));
                }
            }
            return group;
        }

        private ObjectNode userPatch(int n) {
            return switch (random.nextInt(4)) {
                case 0 -> patch("replace", "userName", "name" + random.nextInt(USERS + 12));
                case 1 -> patch("add", MANAGER + ":manager.value", reference("u", USERS, n));
                case 2 -> patch("remove", "title", null);
                default -> patch("replace", "title", "title" + random.nextInt(3));
            };
        }

        private ObjectNode groupPatch(int n) {
            String member = reference("u", USERS, n);
            return switch (random.nextInt(3)) {
                case 0 -> patch("replace", "displayName", "group" + random.nextInt(3));
                case 1 -> patch("remove", "members[value eq \"" + member + "\"]", null);
                default -> {
                    ObjectNode patch = patch("add", "members", null);
                    ((ObjectNode) patch.at("/Operations/0"))
                            .putArray("value")
                            .addObject()
                            .put("value", member);
                    yield patch;
                }
            };
        }

        private static ObjectNode patch(String op, String path, @Nullable String value) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode();
            ObjectNode operation =
                    patch.putArray("Operations").addObject().put("op", op).put("path", path);
            if (value != null) {
                operation.put("value", value);
            }
            return patch;
        }

        private String target(String kind, int of, int n) {
            return switch (random.nextInt(12)) {
                case 0 -> "00000000-0000-7000-8000-000000000000";
                case 1, 2 -> bulkId(n);
                default -> "{" + kind + random.nextInt(of) + "}";
            };
        }

        private String reference(String kind, int of, int n) {
            return switch (random.nextInt(10)) {
                case 0 -> "00000000-0000-7000-8000-000000000000";
                case 1, 2, 3 -> bulkId(n);
                default -> "{" + kind + random.nextInt(of) + "}";
            };
        }

        /** Of any operation of higher rank, whether it creates something or not. */
        private String bulkId(int n) {
            for (int tries = 0; tries < 5; tries++) {
                int other = random.nextInt(count);
                if (rank.get(other) > rank.get(n)) {
                    return "bulkId:" + other;
                }
            }
            return "bulkId:none";
        }

        private static ObjectNode change(String method, String path, @Nullable ObjectNode data) {
            ObjectNode operation =
                    JsonNodeFactory.instance.objectNode().put("method", method).put("path", path);
            if (data != null) {
                operation.set("data", data);
            }
            return operation;
        }

        static ObjectNode post(String path, String bulkId, ObjectNode data) {
            return change("POST", path, data).put("bulkId", bulkId);
        }

        static ObjectNode object(String member, String value) {
            return JsonNodeFactory.instance.objectNode().put(member, value);
        }
    }
}
