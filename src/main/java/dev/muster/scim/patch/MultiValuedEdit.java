package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.filter.Path;
import dev.muster.scim.schema.AttributeRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an operation makes of the values of a multi-valued attribute. Elements may be changed in place, lists are not. */
final class MultiValuedEdit {

    /** Sub-attributes that only say which value it is: an element that has nothing else left says nothing. */
    private static final Set<String> LABELS = Set.of("type", "primary");

    private final Conformance conformance;

    MultiValuedEdit(Conformance conformance) {
        this.conformance = conformance;
    }

    /** The elements after {@code operation}. */
    List<JsonNode> apply(PatchOperation operation, List<JsonNode> elements) {
        Path.OfAttribute path = operation.path();
        boolean whole = path.valueFilter() == null && path.attribute().subAttribute() == null;
        return switch (operation) {
            case PatchOperation.Add add when whole -> union(path.attribute(), elements, list(add.value()));
            case PatchOperation.Add add -> assign(add, elements, add.value());
            case PatchOperation.Replace replace when whole -> copies(list(replace.value()));
            case PatchOperation.Replace replace -> assign(replace, elements, replace.value());
            case PatchOperation.Remove remove when whole -> removeNamed(path.attribute(), remove.value(), elements);
            case PatchOperation.Remove remove -> remove(path, elements);
        };
    }

    private static List<JsonNode> removeNamed(
            AttributeRef attribute, @Nullable JsonNode named, List<JsonNode> elements) {
        return named == null
                ? List.of()
                : NamedValues.of(attribute.attribute(), list(named)).removedFrom(elements);
    }

    private static List<JsonNode> union(AttributeRef attribute, List<JsonNode> elements, List<JsonNode> added) {
        ElementIndex index = new ElementIndex(attribute, elements);
        added.forEach(index::add);
        return index.elements();
    }

    private List<JsonNode> assign(PatchOperation operation, List<JsonNode> elements, JsonNode given) {
        Path.OfAttribute path = operation.path();
        List<JsonNode> result = new ArrayList<>(elements.size() + 1);
        int matched = 0;
        for (JsonNode element : elements) {
            boolean selected = selects(path, element);
            matched += selected ? 1 : 0;
            result.add(selected ? assigned(operation, element, given) : element);
        }
        if (matched > 1) {
            PrimaryRule.requireNotMade(path.attribute(), given);
        }
        if (matched == 0) {
            Filter filter = path.valueFilter();
            ObjectNode created = filter == null
                    ? JsonNodeFactory.instance.objectNode()
                    : NoTarget.created(operation, filter, conformance);
            result.add(created(path.attribute(), created, given));
        }
        return result;
    }

    private static JsonNode created(AttributeRef attribute, ObjectNode terms, JsonNode given) {
        if (!attribute.attribute().complex()) {
            return given.deepCopy();
        }
        if (attribute.subAttribute() == null) {
            terms.setAll((ObjectNode) given.deepCopy());
        } else {
            terms.set(attribute.subAttribute().name(), given.deepCopy());
        }
        return terms;
    }

    private JsonNode assigned(PatchOperation operation, JsonNode element, JsonNode given) {
        AttributeRef attribute = operation.path().attribute();
        boolean append = operation instanceof PatchOperation.Add;
        if (!attribute.attribute().complex()) {
            return given.deepCopy();
        }
        ObjectNode value = (ObjectNode) element;
        if (attribute.subAttribute() != null) {
            ComplexValue.set(attribute, value, given, append);
            return value;
        }
        if (append) {
            ComplexValue.merge(attribute, value, given, true);
            return value;
        }
        return replaced(operation.path(), value, given);
    }

    /**
     * RFC 7644 §3.5.2.3: "all matching record values SHALL be replaced": the whole element. In {@link Conformance#COMPAT} it
     * keeps what the filter selected it by, so that it is still the "work" address when the value does not say so again.
     */
    private JsonNode replaced(Path.OfAttribute path, ObjectNode element, JsonNode given) {
        Filter filter = path.valueFilter();
        Set<String> kept = new HashSet<>();
        if (conformance == Conformance.COMPAT && filter != null) {
            EqualityTerms.of(filter).ifPresent(terms -> terms.fieldNames().forEachRemaining(kept::add));
        }
        return ComplexValue.replaced(path.attribute(), element, given, kept);
    }

    private List<JsonNode> remove(Path.OfAttribute path, List<JsonNode> elements) {
        if (path.attribute().subAttribute() == null) {
            return elements.stream().filter(element -> !selects(path, element)).toList();
        }
        List<JsonNode> result = new ArrayList<>(elements.size());
        for (JsonNode element : elements) {
            boolean selected = selects(path, element);
            if (selected) {
                ComplexValue.remove(path.attribute(), (ObjectNode) element);
            }
            if (!selected || saysSomething(element)) {
                result.add(element);
            }
        }
        return result;
    }

    private boolean saysSomething(JsonNode element) {
        if (conformance == Conformance.STRICT) {
            return !element.isEmpty();
        }
        Set<String> names = new HashSet<>();
        element.fieldNames().forEachRemaining(names::add);
        names.removeAll(LABELS);
        return !names.isEmpty();
    }

    private static boolean selects(Path.OfAttribute path, JsonNode element) {
        Filter filter = path.valueFilter();
        return filter == null || FilterEvaluator.matchesElement(filter, element);
    }

    private static List<JsonNode> list(JsonNode value) {
        List<JsonNode> elements = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(elements::add);
        } else {
            elements.add(value);
        }
        return elements;
    }

    private static List<JsonNode> copies(List<JsonNode> elements) {
        return elements.stream().<JsonNode>map(JsonNode::deepCopy).toList();
    }
}
