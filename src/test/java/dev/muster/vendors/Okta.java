package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.Wire;
import dev.muster.scim.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Okta with an app of its integration wizard: base URL, the token as it is in the HTTP header, {@code userName} as the unique
 * identifier. It sends whole resources by PUT, deactivates users and never deletes them.
 */
record Okta(Wire wire) {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";

    static Okta of(Api api) {
        return new Okta(new Wire(api));
    }

    /** <em>Test Connector Configuration</em>: the first users and groups, and nobody of a name that nobody has. */
    void testConnectorConfiguration() {
        for (String query : new String[] {"/Users?startIndex=1&count=2", "/Groups?startIndex=1&count=100"}) {
            Exchange answer = send("GET", query, null).is(200);
            assertEquals(
                    "urn:ietf:params:scim:api:messages:2.0:ListResponse", answer.text("/schemas/0"), answer::request);
            assertEquals(1, answer.at("/startIndex").intValue(), answer::request);
        }
        assertEquals(0, find("nobody@atko.example").totalResults());
    }

    /** The app's profile of somebody as Okta sends it when it creates a user. */
    static ObjectNode profile(String givenName, String familyName) {
        return Json.object("""
                {'schemas':['%3$s'],'userName':'%1$s.%2$s@atko.example','name':{'givenName':'%1$s','familyName':'%2$s'},
                 'emails':[{'primary':true,'value':'%1$s.%2$s@atko.example','type':'work'}],'displayName':'%1$s %2$s',
                 'locale':'en-US','externalId':'00u-%1$s','groups':[],'password':'1mz050nq-%1$s','active':true}
                """.formatted(givenName, familyName, USER));
    }

    /** Gives the profile a custom attribute, by external namespace and external name. */
    static ObjectNode with(ObjectNode profile, String namespace, String name, String value) {
        ArrayNode schemas = (ArrayNode) profile.path("schemas");
        if (schemas.valueStream().noneMatch(schema -> schema.asText().equals(namespace))) {
            schemas.add(namespace);
        }
        ObjectNode target = profile.withObjectProperty(namespace);
        int dot = name.indexOf('.');
        if (dot < 0) {
            target.put(name, value);
        } else {
            target.withObjectProperty(name.substring(0, dot)).put(name.substring(dot + 1), value);
        }
        return profile;
    }

    /** <em>Push New Users</em>: looks for the user, creates one who is not there, and takes over one who is; the id. */
    String push(ObjectNode profile) {
        Exchange found = find(profile.path("userName").asText());
        if (found.totalResults() == 0) {
            return create(profile).is(201).id();
        }
        String id = found.text("/Resources/0/id");
        update(id, profile).is(200);
        return id;
    }

    Exchange create(ObjectNode profile) {
        return send("POST", "/Users", profile);
    }

    /** <em>Push Profile Updates</em>: reads the user, and sends the whole profile. */
    Exchange update(String id, ObjectNode profile) {
        send("GET", "/Users/" + id, null).is(200);
        return send("PUT", "/Users/" + id, profile.deepCopy().put("id", id));
    }

    /** <em>Deactivate Users</em>. */
    Exchange deactivate(String id, ObjectNode profile) {
        return update(id, profile.deepCopy().put("active", false));
    }

    private Exchange find(String userName) {
        return send("GET", "/Users" + Wire.filter("userName eq \"" + userName + "\"") + "&startIndex=1&count=100", null)
                .is(200);
    }

    /** <em>Push Groups</em>: creates a group with its members; the id. */
    String pushGroup(String displayName, String... members) {
        return send("POST", "/Groups", group(displayName, members)).is(201).id();
    }

    /** Pushes a group again: its name and all of its members. */
    Exchange updateGroup(String id, String displayName, String... members) {
        return send("PUT", "/Groups/" + id, group(displayName, members).put("id", id));
    }

    /** Unlinks a pushed group. */
    void deleteGroup(String id) {
        send("DELETE", "/Groups/" + id, null).is(204);
    }

    private static ObjectNode group(String displayName, String... members) {
        ObjectNode group = JsonNodeFactory.instance.objectNode().put("displayName", displayName);
        group.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:Group");
        ArrayNode sent = group.putArray("members");
        for (String member : members) {
            sent.addObject().put("value", member).put("display", "somebody");
        }
        return group;
    }

    private Exchange send(String method, String path, @Nullable ObjectNode body) {
        Map<String, String> headers = Map.of(
                "Authorization", wire.api().token(),
                "Accept-Charset", "utf-8",
                "Content-Type", "application/scim+json; charset=utf-8",
                "User-Agent", "Okta SCIM Client 1.0.0");
        return wire.send(method, path, headers, body == null ? null : body.toString());
    }
}
