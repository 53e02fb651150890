package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Exchange;
import dev.muster.Wire;
import java.util.UUID;

/**
 * The provisioning service of Microsoft Entra ID, connected to a tenant: it sends what the real one does, in the real one's
 * forms, and knows nothing but Tenant URL and secret token.
 *
 * @param usersBy the target attribute that users are matched by
 * @param groupsBy the target attribute that groups are matched by
 */
record EntraId(Wire wire, String usersBy, String groupsBy) {

    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String OWN_GROUP = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group";

    /** What <em>Test connection</em> asks of the users: for one that nobody is. */
    Exchange probe() {
        return match("/Users", "userName", UUID.randomUUID().toString());
    }

    /** <em>Test connection</em>, which must pass. */
    void testConnection() {
        for (Exchange answer : new Exchange[] {
            probe(),
            match("/Users", usersBy, UUID.randomUUID().toString()),
            match("/Groups", groupsBy, UUID.randomUUID().toString())
        }) {
            answer.is(200);
            assertEquals(
                    "urn:ietf:params:scim:api:messages:2.0:ListResponse",
                    answer.at("/schemas/0").asText());
            assertEquals(0, answer.totalResults());
        }
        wire.get("/Groups").is(200);
        wire.get("/Schemas").is(200);
    }

    /** Looks for a user by the matching attribute. */
    Exchange match(EntraUser user) {
        return match("/Users", usersBy, user.value(usersBy)).is(200);
    }

    /** Looks for a user or group by an attribute. */
    Exchange match(String endpoint, String attribute, String value) {
        String excluded = endpoint.equals("/Groups") ? "excludedAttributes=members&" : "";
        return wire.get(endpoint + "?" + excluded + "filter="
                + Wire.encoded(attribute).replace("%20", "+") + "+eq+%22" + Wire.encoded(value) + "%22");
    }

    /** Provisions a user who is not there: looks for it, and creates it; its id. */
    String provision(EntraUser user) {
        assertEquals(0, match(user).totalResults(), () -> user + " is there already");
        return create(user).is(201).id();
    }

    Exchange create(EntraUser user) {
        return wire.post("/Users", user.json().toString());
    }

    /** Changes a user: reads it, and sends the operations. */
    Exchange update(String id, String... operations) {
        wire.get("/Users/" + id).is(200);
        return wire.operations("/Users/" + id, operations);
    }

    /** What becomes of a user who is deleted, unassigned or blocked in Entra ID. */
    void softDelete(String id) {
        assertEquals("false", update(id, replace("active", "False")).is(200).text("/active"));
    }

    /** Thirty days after the soft deletion. */
    void delete(String id) {
        wire.delete("/Users/" + id).is(204);
    }

    /** Provisions a group that is not there: looks for it, creates it without members, adds them then; its id. */
    String provisionGroup(String externalId, String displayName, String... members) {
        String matched = groupsBy.equals("externalId") ? externalId : displayName;
        assertEquals(
                0, match("/Groups", groupsBy, matched).is(200).totalResults(), () -> matched + " is there already");
        ObjectNode group = JsonNodeFactory.instance.objectNode();
        group.putArray("schemas").add(GROUP).add(OWN_GROUP);
        group.put("externalId", externalId).put("displayName", displayName);
        group.putObject("meta").put("resourceType", "Group");
        String id = wire.post("/Groups", group.toString()).is(201).id();
        if (members.length > 0) {
            updateGroup(id, members("Add", members));
        }
        return id;
    }

    /** Changes a group: reads it without its members, and sends the operations. */
    void updateGroup(String id, String... operations) {
        wire.get("/Groups/" + id + "?excludedAttributes=members").is(200);
        wire.operations("/Groups/" + id, operations).is(204);
    }

    static String add(String target, String value) {
        return operation("Add", target).put("value", value).toString();
    }

    static String replace(String target, String value) {
        return operation("Replace", target).put("value", value).toString();
    }

    static String remove(String target) {
        return operation("Remove", target).toString();
    }

    /** {@code Add} or {@code Remove} of members. */
    static String members(String op, String... ids) {
        ObjectNode operation = operation(op, "members");
        ArrayNode members = operation.putArray("value");
        for (String id : ids) {
            members.addObject().putNull("$ref").put("value", id);
        }
        return operation.toString();
    }

    private static ObjectNode operation(String op, String target) {
        return JsonNodeFactory.instance.objectNode().put("op", op).put("path", target);
    }
}
