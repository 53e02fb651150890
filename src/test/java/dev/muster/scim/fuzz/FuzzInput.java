package dev.muster.scim.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.scim.SampleTypes;
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

    /** Bounded as request bodies are. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(200)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private FuzzInput() {}

    static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** The JSON that the bytes are; empty where they are none. */
    static Optional<JsonNode> json(byte[] input) {
        try {
            return Optional.ofNullable(JSON.readTree(text(input))).filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }
}
