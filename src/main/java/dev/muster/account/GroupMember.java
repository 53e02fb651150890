package dev.muster.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A member of a group, as the product knows it. */
public sealed interface GroupMember {

    /** As the product and operators read it; what is not there is left out. */
    ObjectNode json();

    /** A person; {@code id} is the account's. */
    record Person(
            UUID id,
            @Nullable String userName,
            @Nullable String externalId,
            @Nullable String email,
            AccountStatus status)
            implements GroupMember {

        @Override
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("type", "account").put("id", id.toString());
            put(json, "userName", userName);
            put(json, "externalId", externalId);
            put(json, "email", email);
            return json.put("status", status.keyword());
        }
    }

    /** A group in the group. */
    record Group(
            UUID id, @Nullable String displayName, @Nullable String externalId) implements GroupMember {

        @Override
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("type", "group").put("id", id.toString());
            put(json, "displayName", displayName);
            put(json, "externalId", externalId);
            return json;
        }
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
