package dev.muster.scim.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.filter.PathText;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any operations on any document of any type do what the {@link ReferencePatch} says. {@code -Dtest.seed} repeats a run. */
class PatchReferenceTest {

    private static final int CASES = Integer.getInteger("test.cases", 10_000);

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    @Test
    void operationsDoWhatTheReferenceSays() {
        Random random = new Random(seed);
        int applied = 0;
        for (int i = 0; i < CASES; i++) {
            ResourceType type = RandomType.next(random);
            Conformance conformance = Conformance.values()[random.nextInt(2)];
            ObjectNode document = document(random, type);
            List<PatchOperation> operations = operations(random, type);
            String context = "seed " + seed + " case " + i + " " + conformance + "\n" + type + "\n" + document + "\n"
                    + operations + "\n";
            Object expected = expected(type, conformance, document, operations);
            assertEquals(expected, outcome(type, conformance, document, operations), context);
            applied += expected instanceof JsonNode ? 1 : 0;
        }
        assertTrue(applied > CASES / 4, "seed " + seed + ": only " + applied + " cases were applied");
    }

    @Test
    void pathsAreReadAsTheyWereWritten() {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            ResourceType type = RandomType.next(random);
            Path path = new RandomPaths(random, type).next();
            String text = PathText.of(path);
            for (Conformance conformance : Conformance.values()) {
                assertEquals(
                        path,
                        new PathParser(type, conformance, FilterLimits.DEFAULT).parse(text),
                        "seed " + seed + ": " + text);
            }
        }
    }

    private static Object expected(
            ResourceType type, Conformance conformance, ObjectNode document, List<PatchOperation> operations) {
        try {
            return new ReferencePatch(type, conformance).apply(document, operations);
        } catch (ReferencePatch.Refused refused) {
            return refused.type;
        }
    }

    private static Object outcome(
            ResourceType type, Conformance conformance, ObjectNode document, List<PatchOperation> operations) {
        try {
            return new PatchApplier(type, conformance).apply(document, operations);
        } catch (ScimException refused) {
            return Objects.requireNonNull(refused.error().scimType());
        }
    }

    private static ObjectNode document(Random random, ResourceType type) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        RandomValues values = new RandomValues(random);
        for (AttributeRef attribute : new RandomPaths(random, type).attributes()) {
            if (random.nextInt(3) > 0 && attribute.attribute().mutability() != Mutability.READ_ONLY) {
                ObjectNode owner =
                        attribute.extension() == null ? document : document.withObjectProperty(attribute.extension());
                owner.set(attribute.attribute().name(), values.of(attribute, false));
            }
        }
        new ResourceRules(type).refreshSchemas(document);
        return document;
    }

    private static List<PatchOperation> operations(Random random, ResourceType type) {
        RandomPaths paths = new RandomPaths(random, type);
        RandomValues values = new RandomValues(random);
        List<PatchOperation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Path.OfAttribute path = paths.next();
            boolean whole = path.valueFilter() == null && path.attribute().subAttribute() == null;
            boolean named = whole && path.attribute().attribute().multiValued() && random.nextBoolean();
            operations.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new PatchOperation.Add(path, values.of(path.attribute(), path.valueFilter() != null));
                        case 1 -> new PatchOperation.Remove(path, named ? values.of(path.attribute(), false) : null);
                        default ->
                            new PatchOperation.Replace(path, values.of(path.attribute(), path.valueFilter() != null));
                    });
        }
        return operations;
    }
}
