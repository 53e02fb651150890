package dev.muster.scim.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.resource.HiddenAttributes;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** For any attributes that are off: a client reads what it has written, and what it cannot see is not lost. */
class HiddenAttributesPropertyTest {

    private static final int CASES = Integer.getInteger("test.cases", 3_000);

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    @Test
    void whatIsWrittenIsReadAndWhatIsHiddenStays() {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            ResourceType type = RandomSelection.next(random);
            ObjectNode stored = document(random);
            ObjectNode seen = HiddenAttributes.without(type, stored);
            ObjectNode written = HiddenAttributes.without(type, document(random));
            String context = "seed " + seed + " case " + i + "\n" + type + "\n" + stored + "\n" + written;
            assertEquals(sorted(stored), sorted(HiddenAttributes.kept(type, stored, seen)), context);
            assertEquals(
                    written, HiddenAttributes.without(type, HiddenAttributes.kept(type, stored, written)), context);
        }
    }

    private static ObjectNode document(Random random) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        RandomValues values = new RandomValues(random);
        for (AttributeRef attribute : RandomSelection.ALL) {
            if (random.nextInt(3) > 0) {
                JsonNode value = values.of(attribute, false);
                if (!value.isContainerNode() || !value.isEmpty()) {
                    ObjectNode owner = attribute.extension() == null
                            ? document
                            : document.withObjectProperty(attribute.extension());
                    owner.set(attribute.attribute().name(), value);
                }
            }
        }
        new ResourceRules(RandomSelection.WHOLE).refreshSchemas(document);
        return document;
    }

    /** Members and elements in an order of their own: values that are wholly hidden may have moved to the end. */
    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, JsonNode> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return JsonNodeFactory.instance.objectNode().setAll(members);
        }
        if (node.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            node.valueStream()
                    .map(HiddenAttributesPropertyTest::sorted)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(elements::add);
            return elements;
        }
        return node;
    }
}
