package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.filter.Path;
import org.jspecify.annotations.Nullable;

/** What an operation makes of a single-valued attribute. */
final class SingleValuedEdit {

    private final Conformance conformance;

    SingleValuedEdit(Conformance conformance) {
        this.conformance = conformance;
    }

    /**
     * The value after {@code operation}; {@code current} may be changed in place.
     *
     * @return null where the attribute is unassigned afterwards
     */
    @Nullable
    JsonNode apply(PatchOperation operation, @Nullable JsonNode current) {
        return switch (operation) {
            case PatchOperation.Add add -> assign(add, target(add, current), add.value(), true);
            case PatchOperation.Replace replace -> assign(replace, target(replace, current), replace.value(), false);
            case PatchOperation.Remove remove -> remove(remove.path(), current);
        };
    }

    private @Nullable JsonNode target(PatchOperation operation, @Nullable JsonNode current) {
        Filter filter = operation.path().valueFilter();
        if (filter == null || (current != null && FilterEvaluator.matchesElement(filter, current))) {
            return current;
        }
        if (current != null) {
            throw NoTarget.of(operation.path());
        }
        return NoTarget.created(operation, filter, conformance);
    }

    private JsonNode assign(PatchOperation operation, @Nullable JsonNode current, JsonNode given, boolean append) {
        Path.OfAttribute path = operation.path();
        if (!path.attribute().attribute().complex()) {
            return given.deepCopy();
        }
        ObjectNode value = current == null ? JsonNodeFactory.instance.objectNode() : (ObjectNode) current;
        boolean whole = path.attribute().subAttribute() == null;
        if (whole && !append && conformance == Conformance.STRICT) {
            return ComplexValue.replaced(path.attribute(), value, given);
        }
        if (whole) {
            ComplexValue.merge(path.attribute(), value, given, append);
        } else {
            ComplexValue.set(path.attribute(), value, given, append);
        }
        return value;
    }

    private static @Nullable JsonNode remove(Path.OfAttribute path, @Nullable JsonNode current) {
        Filter filter = path.valueFilter();
        if (current == null || (filter != null && !FilterEvaluator.matchesElement(filter, current))) {
            return current;
        }
        if (path.attribute().subAttribute() == null) {
            return null;
        }
        ComplexValue.remove(path.attribute(), (ObjectNode) current);
        return current.isEmpty() ? null : current;
    }
}
