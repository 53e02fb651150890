package dev.muster.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** What Entra ID says of a user: values by the target attributes of its mappings. */
record EntraUser(SequencedMap<String, String> values) {

    static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /** What is sent with every new user, whatever is mapped; it says nothing. */
    static final Set<String> UNMAPPED = Set.of("meta", "roles");

    static final String EMAIL = "emails[type eq \"work\"].value";

    EntraUser {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** Somebody with what every mapping has: an externalId, a userName, a work email address and a name. */
    static EntraUser called(String givenName, String familyName) {
        String address = (givenName + "." + familyName + "@contoso.example").toLowerCase(Locale.ROOT);
        SequencedMap<String, String> values = new LinkedHashMap<>();
        values.put("externalId", UUID.randomUUID().toString());
        values.put("userName", address);
        values.put("active", "True");
        values.put(EMAIL, address);
        values.put("name.givenName", givenName);
        values.put("name.familyName", familyName);
        return new EntraUser(values);
    }

    EntraUser with(String target, String value) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(values);
        changed.put(target, value);
        return new EntraUser(changed);
    }

    EntraUser without(String target) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(values);
        changed.remove(target);
        return new EntraUser(changed);
    }

    String value(String target) {
        return values.get(target);
    }

    String externalId() {
        return value("externalId");
    }

    String userName() {
        return value("userName");
    }

    /** The body of the request that creates the user. */
    ObjectNode json() {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        ArrayNode schemas = user.putArray("schemas").add(CORE).add(ENTERPRISE);
        values.keySet().stream()
                .filter(target -> target.startsWith("urn:") && !target.startsWith(ENTERPRISE))
                .map(target -> target.substring(0, target.lastIndexOf(':')))
                .distinct()
                .forEach(schemas::add);
        for (Map.Entry<String, String> value : values.entrySet()) {
            TargetAttribute.of(value.getKey()).put(user, value.getValue());
        }
        user.putArray("roles");
        user.putObject("meta").put("resourceType", "User");
        return user;
    }

    /** All that is said of the user stands in the resource. */
    void assertIn(JsonNode resource) {
        values.forEach((target, value) -> assertIn(resource, target, value));
    }

    /** The resource has this value at the target, as its schema has it. */
    static void assertIn(JsonNode resource, String target, String value) {
        JsonNode expected =
                target.equals("active") ? BooleanNode.valueOf(value.equals("True")) : TextNode.valueOf(value);
        assertEquals(expected, TargetAttribute.of(target).in(resource), () -> target + " in " + resource);
    }

    /** The resource has no value at the target. */
    static void assertNotIn(JsonNode resource, String target) {
        assertTrue(TargetAttribute.of(target).in(resource).isMissingNode(), () -> target + " in " + resource);
    }
}
