package dev.muster.scim.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.resource.ResourceRules;
import dev.muster.scim.resource.SearchForm;
import dev.muster.scim.schema.ResourceType;
import java.util.Optional;

/** Any JSON is a resource or refused with 400; what is canonical stays as it is, in both modes, and can be replaced by itself. */
public final class ResourceFuzz {

    private ResourceFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput.json(input).ifPresent(body -> {
            for (ResourceType type : FuzzInput.TYPES) {
                for (Conformance conformance : Conformance.values()) {
                    canonical(type, conformance, body).ifPresent(document -> check(type, conformance, document));
                }
            }
        });
    }

    private static void check(ResourceType type, Conformance conformance, ObjectNode document) {
        requireSame(document, canonical(type, conformance, document));
        requireSame(document, canonical(type, Conformance.STRICT, document));
        requireSame(
                document, Optional.of(new ResourceRules(type).replaced(document, document.deepCopy(), conformance)));
    }

    private static void requireSame(ObjectNode document, Optional<ObjectNode> other) {
        if (!other.equals(Optional.of(document))) {
            throw new AssertionError(document + " became " + other);
        }
    }

    /** The canonical document, as it would be stored. */
    static Optional<ObjectNode> canonical(ResourceType type, Conformance conformance, JsonNode body) {
        try {
            ObjectNode document =
                    new Canonicalizer(type, conformance).resource(body).document();
            new ResourceRules(type).check(document);
            SearchForm.of(type, document);
            return Optional.of(document);
        } catch (ScimException e) {
            if (e.error().status() != 400) {
                throw new AssertionError(e.error().toString());
            }
            return Optional.empty();
        }
    }
}
