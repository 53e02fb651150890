package dev.muster.scim.patch;

import static dev.muster.scim.patch.DevicePatch.device;
import static dev.muster.scim.patch.DevicePatch.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.SampleTypes;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.filter.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for any document and any operations. A failure prints the seed; {@code -Dtest.seed} runs it again. */
class PatchPropertyTest {

    private static final int CASES = Integer.getInteger("test.cases", 10_000);
    private static final Set<ScimType> REFUSALS =
            Set.of(ScimType.NO_TARGET, ScimType.MUTABILITY, ScimType.INVALID_VALUE);
    private static final List<String> PATHS = List.of(
            "userName",
            "title",
            "active",
            "count",
            "tags",
            "codes",
            "sizes",
            "name",
            "name.givenName",
            "name.familyName",
            "emails",
            "emails.display",
            "emails.primary",
            "emails[type eq \"work\"]",
            "emails[type eq \"work\"].value",
            "emails[primary eq true].value",
            "emails[value co \"a\"].primary",
            "emails[type eq \"home\"].primary",
            "emails[type eq \"work\" or value eq \"b\"].display",
            "addresses",
            "addresses[type eq \"work\"].locality",
            "members",
            "members[value eq \"a\"]",
            "tags[value eq \"b\"]",
            "maker",
            "origin",
            "origin.note",
            "origin.marks",
            "origin.plant",
            "EXT:department",
            "EXT:manager",
            "EXT:manager.value");

    private final long seed = Long.getLong("test.seed", System.nanoTime());

    @Test
    void everyOutcomeIsCanonicalAndEveryInputUntouched() {
        Random random = new Random(seed);
        int applied = 0;
        for (int i = 0; i < CASES; i++) {
            Conformance conformance = Conformance.values()[random.nextInt(2)];
            ObjectNode document = document(random);
            ObjectNode copy = document.deepCopy();
            List<PatchOperation> operations = operations(random, random.nextInt(5));
            String context = "seed " + seed + " case " + i + " " + conformance + " " + document + " " + operations;

            Optional<ObjectNode> outcome = apply(conformance, document, operations, context);

            assertEquals(copy, document, context);
            assertEquals(outcome, apply(conformance, document, operations, context), context);
            outcome.ifPresent(result -> requireCanonical(result, context));
            applied += outcome.isPresent() ? 1 : 0;
        }
        assertTrue(applied > CASES / 3, "seed " + seed + ": only " + applied + " cases were applied");
    }

    @Test
    void replacingAttributesTwiceIsReplacingThemOnce() {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            List<PatchOperation> operations = new ArrayList<>();
            for (PatchOperation operation : operations(random, 4)) {
                var target = operation.path().attribute();
                boolean settled =
                        target.subAttribute() == null || !target.attribute().multiValued();
                if (operation instanceof PatchOperation.Replace
                        && operation.path().valueFilter() == null
                        && settled) {
                    operations.add(operation);
                }
            }
            ObjectNode document = document(random);
            String context = "seed " + seed + " case " + i + " " + document + " " + operations;
            apply(Conformance.COMPAT, document, operations, context)
                    .ifPresent(once -> assertEquals(
                            Optional.of(once), apply(Conformance.COMPAT, once, operations, context), context));
        }
    }

    private static Optional<ObjectNode> apply(
            Conformance conformance, ObjectNode document, List<PatchOperation> operations, String context) {
        try {
            return Optional.of(new PatchApplier(SampleTypes.DEVICE, conformance).apply(document, operations));
        } catch (ScimException e) {
            assertTrue(REFUSALS.contains(e.error().scimType()), context + e.error());
            return Optional.empty();
        }
    }

    private static void requireCanonical(JsonNode value, String context) {
        assertFalse(value.isNull(), context);
        if (value.isContainerNode()) {
            assertFalse(value.isEmpty(), context + " -> " + value);
            value.forEach(member -> requireCanonical(member, context));
        }
        if (value.isArray()) {
            long primary = value.valueStream()
                    .filter(e -> e.path("primary").asBoolean())
                    .count();
            assertTrue(primary <= 1, context + " -> " + value);
        }
    }

    private ObjectNode document(Random random) {
        ObjectNode document = device("{'userName':'u'}");
        for (String path :
                List.of("title", "tags", "emails", "addresses", "members", "name", "origin", "EXT:manager", "maker")) {
            if (random.nextBoolean()) {
                PatchOperation part = new PatchOperation.Add(path(path), value(path(path), random));
                document = apply(Conformance.COMPAT, document, List.of(part), "seed " + seed)
                        .orElse(document);
            }
        }
        return document;
    }

    private static List<PatchOperation> operations(Random random, int count) {
        List<PatchOperation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path.OfAttribute path = path(PATHS.get(random.nextInt(PATHS.size())));
            boolean whole = path.valueFilter() == null && path.attribute().subAttribute() == null;
            operations.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new PatchOperation.Add(path, value(path, random));
                        case 1 -> new PatchOperation.Remove(path, null);
                        case 2 -> new PatchOperation.Remove(path, whole ? value(path, random) : null);
                        default -> new PatchOperation.Replace(path, value(path, random));
                    });
        }
        return operations;
    }

    private static JsonNode value(Path.OfAttribute path, Random random) {
        return new RandomValues(random).of(path.attribute(), path.valueFilter() != null);
    }
}
