package dev.muster.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What may happen to a tenant, at random: the identity provider writes, operators set and decide, the product imports, time
 * passes, and now and then a part of the changes is worked off later than what came after it.
 */
final class RandomDays {

    private static final String NDJSON = "application/x-ndjson";
    private static final List<String> SETTINGS = List.of(
            "{\"mode\":\"dry-run\"}",
            "{\"mode\":\"sync\"}",
            "{\"mode\":\"sync\"}",
            "{\"deletionGuard\":{\"count\":0,\"windowMinutes\":1}}",
            "{\"deletionGuard\":{\"count\":1,\"share\":0.2}}",
            "{\"deletionGuard\":null}",
            "{\"matching\":{\"by\":[\"externalId\",\"userName\"],\"review\":[\"userName\"]}}",
            "{\"matching\":null}");

    private final Random random;
    private final RandomWrites writes;
    private final Waiting waiting;
    private final List<String> seen = new ArrayList<>();

    RandomDays(Api api, Random random) {
        this.random = random;
        this.writes = new RandomWrites(api);
        this.waiting = new Waiting(api);
        writes.write(RandomWrites.next(random));
        new Accounts(api).awaitDrained();
    }

    /** What has happened, for the one who has to find a fault. */
    List<String> seen() {
        return seen;
    }

    /** Something happens. */
    void next() {
        int kind = random.nextInt(24);
        switch (kind) {
            case 0 -> bulk();
            case 1, 2 -> settings();
            case 3, 4, 5 -> decide();
            case 6 -> importAccounts();
            case 7 -> passTime();
            case 8 -> activate();
            case 9 -> disorder();
            default -> write();
        }
    }

    /** What an identity provider writes, but Bulk, after which the server works off all. */
    private void write() {
        switch (random.nextInt(9)) {
            case 0 -> nest("add");
            case 1 -> nest("remove");
            case 2 -> rename();
            case 3 -> join();
            default -> {
                RandomWrites.Step step = RandomWrites.next(random);
                seen.add(step.toString());
                writes.write(step);
            }
        }
    }

    private @Nullable String any(Map<String, String> named) {
        return named.isEmpty() ? null : List.copyOf(named.values()).get(random.nextInt(named.size()));
    }

    /** Groups in groups, also in circles. */
    private void nest(String operation) {
        String outer = any(writes.groups());
        String inner = any(writes.groups());
        if (outer != null && inner != null && !outer.equals(inner)) {
            seen.add(operation + " the group " + inner + " in " + outer);
            if (operation.equals("add")) {
                writes.patch("/Groups/" + outer, "add", "members", "[{\"value\":\"" + inner + "\"}]");
            } else {
                writes.patch("/Groups/" + outer, "remove", "members[value eq \\\"" + inner + "\\\"]", null);
            }
        }
    }

    private void rename() {
        String group = any(writes.groups());
        if (group != null) {
            String name = "group" + random.nextInt(4);
            seen.add("rename " + group + " to " + name);
            writes.patch("/Groups/" + group, "replace", "displayName", "\"" + name + "\"");
        }
    }

    /** All users come into a group, or it is replaced by one with some of them. */
    private void join() {
        String group = any(writes.groups());
        if (group == null) {
            return;
        }
        List<Map<String, String>> members = writes.users().values().stream()
                .filter(user -> random.nextInt(3) > 0)
                .map(user -> Map.of("value", user))
                .toList();
        seen.add("PUT " + group + " with " + members.size());
        writes.api()
                .scim()
                .body(Map.of("displayName", "group" + random.nextInt(3), "members", members))
                .put("/Groups/" + group)
                .then()
                .statusCode(200);
    }

    /** A user leaves and comes back, perhaps as a member, in one request. */
    private void bulk() {
        RandomWrites.Step step = RandomWrites.next(random);
        String user = writes.users().get(step.user());
        String group = any(writes.groups());
        List<Object> operations = new ArrayList<>();
        if (user != null) {
            operations.add(Map.of("method", "DELETE", "path", "/Users/" + user));
        }
        operations.add(Map.of(
                "method",
                "POST",
                "path",
                "/Users",
                "bulkId",
                "u",
                "data",
                Map.of("userName", step.user(), "externalId", "x-" + step.user(), "title", step.value())));
        if (group != null && random.nextBoolean()) {
            operations.add(Map.of(
                    "method",
                    "PATCH",
                    "path",
                    "/Groups/" + group,
                    "data",
                    Map.of(
                            "schemas",
                            List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                            "Operations",
                            List.of(Map.of(
                                    "op", "add", "path", "members", "value", List.of(Map.of("value", "bulkId:u")))))));
        }
        seen.add("Bulk " + operations);
        String location = writes.api()
                .scim()
                .body(Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:BulkRequest"),
                        "Operations",
                        operations))
                .post("/Bulk")
                .then()
                .statusCode(200)
                .extract()
                .path("Operations[" + (user == null ? 0 : 1) + "].location");
        writes.users().put(step.user(), location.substring(location.lastIndexOf('/') + 1));
    }

    private void settings() {
        String settings =
                random.nextBoolean() ? SETTINGS.get(random.nextInt(SETTINGS.size())) : RandomWrites.settings(random);
        seen.add(settings);
        waiting.settings(settings);
    }

    private void decide() {
        List<JsonNode> entries = new ArrayList<>();
        waiting.page().path("pending").forEach(entries::add);
        if (entries.isEmpty()) {
            return;
        }
        JsonNode entry = entries.get(random.nextInt(entries.size()));
        String id = entry.path("resourceId").asText();
        boolean one = random.nextBoolean();
        switch (entry.path("reason").asText()) {
            case "dry-run" -> decided("release", one ? "{\"ids\":[\"" + id + "\"]}" : "{}");
            case "deletion-guard" -> decided(id + (one ? "/approve" : "/reject"), "{}");
            case "review", "conflict" -> {
                if (one && entry.path("candidates").has(0)) {
                    decided(
                            id + "/link",
                            "{\"accountId\":\"" + entry.at("/candidates/0/id").asText() + "\"}");
                } else {
                    decided(id + "/create", "{}");
                }
            }
            default -> seen.add("left alone: " + entry);
        }
    }

    /** What has been settled meanwhile is refused. */
    private void decided(String path, String body) {
        int status = waiting.post(path, body).extract().statusCode();
        seen.add(path + " " + body + ": " + status);
        if (!List.of(202, 204, 404, 409).contains(status)) {
            throw new AssertionError(seen.getLast());
        }
    }

    private void importAccounts() {
        StringBuilder lines = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            lines.append("{\"productId\":\"p%d\",\"userName\":\"user%d\",\"status\":\"%s\"}\n"
                    .formatted(
                            random.nextInt(4),
                            random.nextInt(6),
                            List.of("active", "inactive", "blocked").get(random.nextInt(3))));
        }
        seen.add("import " + lines);
        Api.admin()
                .config(RestAssured.config()
                        .encoderConfig(new EncoderConfig()
                                .defaultContentCharset("UTF-8")
                                .encodeContentTypeAs(NDJSON, ContentType.TEXT)))
                .contentType(NDJSON)
                .body(lines.toString())
                .post("/admin/api/tenants/{id}/accounts/import", writes.api().tenant())
                .then()
                .statusCode(200);
    }

    /** The retention of all that is blocked ends. */
    private void passTime() {
        new Accounts(writes.api()).awaitDrained();
        Retention.ends(writes.api());
        Retention.round();
        seen.add("erased");
        writes.users()
                .values()
                .removeIf(id -> writes.api().scim().get("/Users/" + id).statusCode() == 404);
    }

    private void activate() {
        for (JsonNode account : new Accounts(writes.api()).all()) {
            if (account.path("status").asText().equals("pending")) {
                seen.add("activate " + account.path("id"));
                Api.admin()
                        .post(
                                "/admin/api/tenants/{id}/accounts/{account}/activate",
                                writes.api().tenant(),
                                account.path("id").asText())
                        .then()
                        .statusCode(200);
                return;
            }
        }
    }

    /** As after a Bulk of thousands, or where one could not be worked off: what members are comes after who is a member. */
    private void disorder() {
        seen.add("in disorder:");
        Backlog.of(writes.api(), 0.7, () -> {
            for (int i = random.nextInt(6); i >= 0; i--) {
                write();
            }
        });
        seen.add("in order again");
    }
}
