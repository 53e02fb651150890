package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.Json;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.util.List;

/** Whole PATCH requests on the standard users and groups. {@code ENT} in texts stands for the enterprise schema. */
final class UserPatch {

    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    static final ResourceType USER =
            SchemaRegistry.standard().resourceType("User").orElseThrow();
    static final ResourceType GROUP =
            SchemaRegistry.standard().resourceType("Group").orElseThrow();

    private UserPatch() {}

    static ObjectNode json(String text) {
        return Json.object(text.replace("ENT", ENTERPRISE));
    }

    /** A request with these operations, in RFC form otherwise. */
    static ObjectNode request(String... operations) {
        return json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':["
                + String.join(",", operations) + "]}");
    }

    static List<PatchOperation> parse(ResourceType type, Conformance conformance, JsonNode request) {
        return new PatchParser(type, conformance, PatchLimits.DEFAULT).parse(request);
    }

    /** The canonical document of a resource that was created so. */
    static ObjectNode created(ResourceType type, String body) {
        return new Canonicalizer(type, Conformance.COMPAT).resource(json(body)).document();
    }

    /** What the request makes of a user that was created by {@code before}, {@code userName} added. */
    static ObjectNode patched(Conformance conformance, String before, JsonNode request) {
        return new PatchApplier(USER, conformance).apply(user(before), parse(USER, conformance, request));
    }

    static ObjectNode user(String members) {
        ObjectNode body = json(members);
        if (!body.has("userName")) {
            body.put("userName", "bjensen");
        }
        return created(USER, body.toString());
    }

    static ObjectNode compat(String before, String... operations) {
        return patched(Conformance.COMPAT, before, request(operations));
    }
}
