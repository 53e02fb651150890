package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import java.util.List;
import java.util.Random;

/** Canonical values from a small vocabulary, so that they meet often. */
final class RandomValues {

    private static final List<String> WORDS = List.of("a", "A", "b", "work", "home");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** A value for an attribute, or for one element of it. */
    JsonNode of(AttributeRef target, boolean element) {
        boolean single = !target.target().multiValued() || (element && target.subAttribute() == null);
        return single ? one(target.target()) : several(target.target());
    }

    /** One value for an attribute that is not complex. */
    JsonNode simple(Attribute attribute) {
        return one(attribute);
    }

    private ArrayNode several(Attribute attribute) {
        ArrayNode values = JSON.arrayNode();
        int count = 1 + random.nextInt(3);
        boolean primary = false;
        for (int i = 0; i < count; i++) {
            JsonNode value = one(attribute);
            if (primary && value instanceof ObjectNode object) {
                object.remove("primary");
            }
            primary |= value.path("primary").asBoolean();
            if (!value.isContainerNode() || !value.isEmpty()) {
                values.add(value);
            }
        }
        return values.isEmpty() ? several(attribute) : values;
    }

    private JsonNode one(Attribute attribute) {
        return switch (attribute.type()) {
            case STRING, REFERENCE, BINARY -> JSON.textNode(WORDS.get(random.nextInt(WORDS.size())));
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case INTEGER -> JSON.numberNode(random.nextInt(3));
            case DECIMAL -> JSON.numberNode(java.math.BigDecimal.valueOf(random.nextInt(30), 1));
            case DATE_TIME -> JSON.textNode("2024-01-0" + (1 + random.nextInt(9)) + "T00:00:00Z");
            case COMPLEX -> complex(attribute);
        };
    }

    private ObjectNode complex(Attribute attribute) {
        ObjectNode value = JSON.objectNode();
        while (value.isEmpty()) {
            attribute.subAttributes().stream()
                    .filter(sub -> sub.mutability() != Mutability.READ_ONLY && random.nextBoolean())
                    .forEach(sub -> value.set(sub.name(), sub.multiValued() ? several(sub) : one(sub)));
        }
        return value;
    }
}
