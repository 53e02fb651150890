package dev.muster.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.product.Product;
import dev.muster.scim.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A product that knows nothing but the events: it folds them by the rules that docs/accounts.md states, and complains of whatever
 * says what is no change.
 */
final class Mirror {

    private static final Set<String> NOT_NAMED = Set.of("id", "status", "version", "created", "lastModified");

    private final Product product;
    private final int page;
    private final Map<String, JsonNode> accounts = new TreeMap<>();
    private final Map<String, JsonNode> groups = new TreeMap<>();
    private final Map<String, Set<String>> members = new TreeMap<>();
    private final Set<String> strangers = new HashSet<>();
    private String cursor = "0";
    private long sequence;
    private boolean someEmptied;

    /** @param page so many events are asked for at a time */
    Mirror(Product product, int page) {
        this.product = product;
        this.page = page;
    }

    /** Reads all events as soon as there are no more to come, and compares. */
    void arrives() {
        new Accounts(product.api()).awaitDrained();
        follow();
        check();
    }

    /** Reads on as far as there are events. */
    void follow() {
        JsonNode events;
        do {
            JsonNode answer = read("/events?limit=" + page + "&after=" + cursor);
            events = answer.path("events");
            for (JsonNode event : events) {
                assertEquals(++sequence, event.path("sequence").asLong(), "a gap");
                try {
                    fold(event);
                } catch (AssertionError failure) {
                    throw new AssertionError(failure.getMessage() + " at " + event, failure);
                }
            }
            cursor = answer.path("nextCursor").asText();
        } while (!events.isEmpty());
    }

    private void fold(JsonNode event) {
        String type = event.path("type").asText();
        JsonNode data = event.path("data");
        if (data.isEmpty()) {
            someEmptied = true;
            return;
        }
        switch (type) {
            case "group.members" -> foldMembers(data);
            case "group.created", "group.updated", "group.deleted" -> foldGroup(type, data.path("group"));
            case "tenant.deletions-held" -> assertTrue(data.path("held").asInt() > 0);
            default -> foldAccount(type, data);
        }
    }

    private void foldAccount(String type, JsonNode data) {
        JsonNode after = data.path("account");
        String id = after.path("id").asText();
        JsonNode before = accounts.put(id, after);
        strangers.remove(id);
        if (type.equals("account.created")) {
            assertNull(before, "it is there");
        } else if (before == null) {
            assertTrue(someEmptied || after.has("productId"), "it is not there");
        } else {
            long counted =
                    after.path("version").asLong() - before.path("version").asLong();
            assertTrue(counted == 1 || (counted > 1 && someEmptied && type.equals("account.deleted")), "the version");
            checkChange(type, before, after, data.path("changed"));
        }
        if (type.equals("account.deleted")) {
            assertEquals("deleted", after.path("status").asText());
            members.forEach((group, inIt) -> assertFalse(inIt.contains(id), "still in " + group));
        }
    }

    private static void checkChange(String type, JsonNode before, JsonNode after, JsonNode changed) {
        assertEquals(
                type.equals("account.updated"),
                before.path("status").equals(after.path("status")),
                "the status that it had was " + before.path("status"));
        if (!type.equals("account.deleted")) {
            Set<String> named = new TreeSet<>();
            changed.forEach(name -> named.add(name.asText()));
            assertEquals(differing(before, after), named, "changed");
            assertTrue(!type.equals("account.updated") || !named.isEmpty(), "no change");
        }
    }

    private static Set<String> differing(JsonNode before, JsonNode after) {
        Map<String, JsonNode> one = values(before);
        Map<String, JsonNode> other = values(after);
        Set<String> differing = new TreeSet<>(one.keySet());
        differing.addAll(other.keySet());
        differing.removeIf(name -> other.containsKey(name) && other.get(name).equals(one.get(name)));
        return differing;
    }

    private static Map<String, JsonNode> values(JsonNode account) {
        Map<String, JsonNode> values = new TreeMap<>();
        account.properties().forEach(entry -> {
            if (entry.getKey().equals("fields")) {
                entry.getValue()
                        .properties()
                        .forEach(field -> values.put("fields." + field.getKey(), field.getValue()));
            } else if (!NOT_NAMED.contains(entry.getKey())
                    && !(entry.getValue().isArray() && entry.getValue().isEmpty())) {
                values.put(entry.getKey(), entry.getValue());
            }
        });
        return values;
    }

    private void foldGroup(String type, JsonNode group) {
        String id = group.path("id").asText();
        if (type.equals("group.deleted")) {
            assertNotNull(groups.remove(id), "it is not there");
            members.remove(id);
            members.values().forEach(inIt -> inIt.remove(id));
            return;
        }
        JsonNode before = groups.put(id, group);
        assertEquals(type.equals("group.created"), before == null);
        members.computeIfAbsent(id, created -> new TreeSet<>());
        if (before != null) {
            assertNotEquals(
                    Set.of(before.path("displayName"), before.path("externalId")),
                    Set.of(group.path("displayName"), group.path("externalId")),
                    "no change");
        }
    }

    private void foldMembers(JsonNode data) {
        Set<String> inIt = members.get(data.path("group").path("id").asText());
        assertNotNull(inIt, "there is no such group");
        assertTrue(data.path("added").size() + data.path("removed").size() > 0, "no change");
        assertTrue(Math.max(data.path("added").size(), data.path("removed").size()) <= 1000, "too long a list");
        data.path("removed").forEach(id -> assertTrue(inIt.remove(id.asText()), () -> id + " is not in it"));
        for (JsonNode id : data.path("added")) {
            assertTrue(inIt.add(id.asText()), () -> id + " is in it");
            if (!accounts.containsKey(id.asText()) && !groups.containsKey(id.asText())) {
                assertTrue(someEmptied, () -> "nothing has been heard of " + id);
                strangers.add(id.asText());
            }
        }
    }

    /** Compares all with what the product's API shows now; nothing may change meanwhile. */
    void check() {
        assertEquals(Set.of(), strangers, "nothing has been heard of them");
        Map<String, JsonNode> shown = all("/accounts", "accounts");
        shown.putAll(all("/accounts?status=deleted", "accounts"));
        // What was imported, and of which nothing has been heard since, the product has from elsewhere.
        shown.values()
                .removeIf(account -> account.has("productId")
                        && !accounts.containsKey(account.path("id").asText()));
        assertSame("accounts", shown, accounts);
        Map<String, JsonNode> shownGroups = all("/groups", "groups");
        assertSame("groups", shownGroups, groups);
        for (String group : groups.keySet()) {
            assertEquals(
                    all("/groups/" + group + "/members", "members").keySet(),
                    members.get(group),
                    "members of " + group);
        }
        for (String account : shown.keySet()) {
            Set<String> in = new TreeSet<>();
            members.forEach((group, inIt) -> {
                if (inIt.contains(account)) {
                    in.add(group);
                }
            });
            assertEquals(all("/accounts/" + account + "/groups", "groups").keySet(), in, "groups of " + account);
        }
    }

    private static void assertSame(String what, Map<String, JsonNode> shown, Map<String, JsonNode> folded) {
        assertEquals(shown.keySet(), folded.keySet(), what);
        shown.forEach((id, one) -> assertEquals(one, folded.get(id), what));
    }

    private Map<String, JsonNode> all(String path, String name) {
        Map<String, JsonNode> found = new TreeMap<>();
        String after = null;
        do {
            String parameters =
                    (path.contains("?") ? "&" : "?") + "limit=1000" + (after == null ? "" : "&after=" + after);
            JsonNode answer = read(path + parameters);
            answer.path(name).forEach(one -> found.put(one.path("id").asText(), one));
            after = answer.path("nextCursor").textValue();
        } while (after != null);
        return found;
    }

    private JsonNode read(String path) {
        return Json.json(
                product.request().get(path).then().statusCode(200).extract().asString());
    }
}
