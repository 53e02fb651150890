package dev.muster.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account as the product and operators read it. */
public final class AccountJson {

    private AccountJson() {}

    /** What is not there is left out. */
    public static ObjectNode of(Account account) {
        Profile profile = account.profile();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", account.id().toString());
        put(json, "productId", account.productId());
        UUID resource = account.resourceId();
        put(json, "scimId", resource == null ? null : resource.toString());
        json.put("status", account.status().keyword());
        put(json, "externalId", profile.externalId());
        put(json, "userName", profile.userName());
        put(json, "email", profile.email());
        put(json, "employeeNumber", profile.employeeNumber());
        put(json, "department", profile.department());
        profile.roles().forEach(json.putArray("roles")::add);
        json.put("signIn", AccountRepository.keyword(profile.signIn()));
        json.set("fields", profile.fields());
        json.put("version", account.version());
        json.put("created", account.created().toString());
        json.put("lastModified", account.lastModified().toString());
        put(
                json,
                "eraseAt",
                account.eraseAt() == null ? null : account.eraseAt().toString());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
