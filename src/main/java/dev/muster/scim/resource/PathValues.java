package dev.muster.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.filter.Path;
import dev.muster.scim.schema.AttributeRef;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What stands at a path of a canonical document. */
public final class PathValues {

    private static final String VALUE = "value";

    private PathValues() {}

    /**
     * All values at the path, the primary one first; of a complex attribute that has a sub-attribute {@code value}, that
     * (RFC 7643 §2.4).
     */
    public static List<JsonNode> all(Path.OfAttribute path, ObjectNode document) {
        AttributeRef reference = path.attribute();
        JsonNode container = reference.extension() == null ? document : document.path(reference.extension());
        return elements(container.path(reference.attribute().name()))
                .filter(element ->
                        path.valueFilter() == null || FilterEvaluator.matchesElement(path.valueFilter(), element))
                .sorted((a, b) -> Boolean.compare(isPrimary(b), isPrimary(a)))
                .flatMap(element -> elements(part(reference, element)))
                .toList();
    }

    /** The primary value at the path, else the first. */
    public static Optional<JsonNode> first(Path.OfAttribute path, ObjectNode document) {
        return all(path, document).stream().findFirst();
    }

    private static JsonNode part(AttributeRef reference, JsonNode element) {
        if (reference.subAttribute() != null) {
            return element.path(reference.subAttribute().name());
        }
        return reference.attribute().subAttribute(VALUE).isPresent() ? element.path(VALUE) : element;
    }

    private static boolean isPrimary(JsonNode element) {
        return element.path("primary").booleanValue();
    }

    private static Stream<JsonNode> elements(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false);
        }
        return value.isMissingNode() || value.isNull() ? Stream.empty() : Stream.of(value);
    }
}
