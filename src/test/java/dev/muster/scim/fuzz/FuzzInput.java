package dev.muster.scim.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.JsonLimits;
import dev.muster.scim.message.SentJson;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the bytes of a fuzzer are taken for. */
final class FuzzInput {

    static final ResourceType USER =
            SchemaRegistry.standard().resourceType("User").orElseThrow();
    static final ResourceType GROUP =
            SchemaRegistry.standard().resourceType("Group").orElseThrow();
    static final List<ResourceType> TYPES = List.of(USER, GROUP, SampleTypes.DEVICE);

    private static final SentJson JSON = new SentJson(JsonLimits.DEFAULT);

    private FuzzInput() {}

    static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** The JSON that the bytes are; empty where they are none. */
    static Optional<JsonNode> json(byte[] input) {
        try {
            return Optional.of(JSON.parse(text(input), "The input"));
        } catch (ScimException notJson) {
            return Optional.empty();
        }
    }
}
