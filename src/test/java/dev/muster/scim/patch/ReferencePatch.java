package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.filter.Literal;
import dev.muster.scim.filter.Operator;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PATCH (RFC 7644 §3.5.2) written down as naively as it goes: lists are searched, everything is copied. What
 * {@link PatchApplier} says it does is done here another time, to compare.
 */
final class ReferencePatch {

    /** A refusal. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final ScimType type;

        Refused(ScimType type) {
            super(type.keyword());
            this.type = type;
        }
    }

    private record Element(JsonNode value, boolean primaryBefore) {
        boolean primary() {
            return value.path("primary").asBoolean();
        }
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ResourceType type;
    private final boolean compat;

    ReferencePatch(ResourceType type, Conformance conformance) {
        this.type = type;
        this.compat = conformance == Conformance.COMPAT;
    }

    ObjectNode apply(ObjectNode document, List<PatchOperation> operations) {
        ObjectNode result = document.deepCopy();
        operations.forEach(operation -> apply(result, operation));
        for (PatchOperation operation : operations) {
            AttributeRef whole = operation.path().attribute().whole();
            boolean removed = operations.stream()
                    .anyMatch(other -> other instanceof PatchOperation.Remove
                            && other.path().attribute().whole().equals(whole));
            requireRequired(whole, get(document, whole), get(result, whole), removed);
        }
        ArrayNode schemas = JSON.arrayNode().add(type.schema().id());
        for (ResourceType.SchemaExtension extension : type.extensions()) {
            if (extension.required()
                    && document.has(extension.schema().id())
                    && !result.has(extension.schema().id())) {
                throw new Refused(ScimType.MUTABILITY);
            }
            if (result.has(extension.schema().id())) {
                schemas.add(extension.schema().id());
            }
        }
        result.set("schemas", schemas);
        return result;
    }

    private static void requireRequired(
            AttributeRef whole, @Nullable JsonNode before, @Nullable JsonNode after, boolean removed) {
        if (whole.attribute().required() && before != null && after == null) {
            throw new Refused(ScimType.MUTABILITY);
        }
        for (Attribute sub : whole.attribute().subAttributes()) {
            for (JsonNode element : elements(after)) {
                boolean demanded = sub.required() && sub.mutability() != Mutability.READ_ONLY;
                if (demanded && !element.has(sub.name()) && !elements(before).contains(element)) {
                    throw new Refused(removed ? ScimType.MUTABILITY : ScimType.INVALID_VALUE);
                }
            }
        }
    }

    private void apply(ObjectNode resource, PatchOperation operation) {
        AttributeRef target = operation.path().attribute();
        Attribute attribute = target.attribute();
        if (attribute.mutability() == Mutability.READ_ONLY || target.target().mutability() == Mutability.READ_ONLY) {
            throw new Refused(ScimType.MUTABILITY);
        }
        JsonNode before = get(resource, target.whole());
        JsonNode after = attribute.multiValued() ? several(operation, before) : single(operation, before);
        boolean frozen = attribute.mutability() == Mutability.IMMUTABLE && before != null;
        if (frozen && !Objects.equals(before, after)) {
            throw new Refused(ScimType.MUTABILITY);
        }
        set(resource, target.whole(), after);
    }

    private @Nullable JsonNode single(PatchOperation operation, @Nullable JsonNode before) {
        Attribute attribute = operation.path().attribute().attribute();
        Filter filter = operation.path().valueFilter();
        boolean selected = filter == null || (before != null && FilterEvaluator.matchesElement(filter, before));
        if (operation instanceof PatchOperation.Remove) {
            if (before == null || !selected) {
                return before;
            }
            return operation.path().attribute().subAttribute() == null ? null : without(operation, before);
        }
        if (!attribute.complex()) {
            return value(operation);
        }
        if (!selected && before != null) {
            throw new Refused(ScimType.NO_TARGET);
        }
        ObjectNode start = before != null ? (ObjectNode) before : selected ? JSON.objectNode() : demanded(operation);
        return changed(operation, start, !compat);
    }

    private @Nullable JsonNode several(PatchOperation operation, @Nullable JsonNode before) {
        List<Element> elements = new ArrayList<>();
        elements(before)
                .forEach(element -> elements.add(
                        new Element(element, element.path("primary").asBoolean())));
        boolean whole = operation.path().valueFilter() == null
                && operation.path().attribute().subAttribute() == null;
        List<Element> edited = whole ? edited(operation, elements) : editedByPath(operation, elements);
        List<Element> made = edited.stream()
                .filter(element -> element.primary() && !element.primaryBefore())
                .toList();
        if (made.size() > 1) {
            throw new Refused(ScimType.INVALID_VALUE);
        }
        ArrayNode after = JSON.arrayNode();
        for (Element element : edited) {
            boolean loses = !made.isEmpty() && element.primary() && element != made.getFirst();
            after.add(loses ? ((ObjectNode) element.value().deepCopy()).put("primary", false) : element.value());
        }
        return after.isEmpty() ? null : after;
    }

    private List<Element> edited(PatchOperation operation, List<Element> elements) {
        Attribute attribute = operation.path().attribute().attribute();
        List<Element> edited = new ArrayList<>();
        switch (operation) {
            case PatchOperation.Replace replace ->
                elements(replace.value()).forEach(value -> edited.add(new Element(value, false)));
            case PatchOperation.Remove remove -> {
                List<JsonNode> named = elements(remove.value());
                elements.stream()
                        .filter(element -> remove.value() != null
                                && named.stream().noneMatch(name -> names(attribute, name, element.value())))
                        .forEach(edited::add);
            }
            case PatchOperation.Add add -> {
                edited.addAll(elements);
                elements(add.value()).forEach(value -> join(operation, edited, value));
            }
        }
        return edited;
    }

    private void join(PatchOperation operation, List<Element> elements, JsonNode added) {
        Attribute attribute = operation.path().attribute().attribute();
        for (int i = 0; i < elements.size(); i++) {
            JsonNode present = elements.get(i).value();
            if (sameValue(attribute, present, added)) {
                JsonNode joined = attribute.complex() ? merged(attribute, (ObjectNode) present, added, true) : present;
                elements.set(i, new Element(joined, elements.get(i).primaryBefore()));
                return;
            }
        }
        elements.add(new Element(added, false));
    }

    private List<Element> editedByPath(PatchOperation operation, List<Element> elements) {
        AttributeRef target = operation.path().attribute();
        Filter filter = operation.path().valueFilter();
        List<Element> edited = new ArrayList<>();
        int selected = 0;
        for (Element element : elements) {
            if (filter != null && !FilterEvaluator.matchesElement(filter, element.value())) {
                edited.add(element);
                continue;
            }
            selected++;
            if (!(operation instanceof PatchOperation.Remove)) {
                boolean anew = target.subAttribute() == null && operation instanceof PatchOperation.Replace;
                JsonNode changed = target.attribute().complex()
                        ? changed(operation, (ObjectNode) element.value(), true)
                        : value(operation);
                edited.add(new Element(changed, !anew && element.primaryBefore()));
            } else if (target.subAttribute() != null) {
                JsonNode rest = without(operation, element.value());
                if (rest != null && saysSomething((ObjectNode) rest)) {
                    edited.add(new Element(rest, element.primaryBefore()));
                }
            }
        }
        if (operation instanceof PatchOperation.Remove) {
            return edited;
        }
        JsonNode given = value(operation);
        boolean makesPrimary = target.subAttribute() == null
                ? given.path("primary").asBoolean()
                : target.subAttribute().name().equals("primary") && given.asBoolean();
        if (selected > 1 && makesPrimary) {
            throw new Refused(ScimType.INVALID_VALUE);
        }
        if (selected == 0) {
            ObjectNode created = filter == null ? JSON.objectNode() : demanded(operation);
            if (!target.attribute().complex()) {
                edited.add(new Element(given, false));
            } else if (target.subAttribute() == null) {
                created.setAll((ObjectNode) given);
                edited.add(new Element(created, false));
            } else {
                created.set(target.subAttribute().name(), given);
                edited.add(new Element(created, false));
            }
        }
        return edited;
    }

    /** @param replaces whether replacing the whole value replaces what is not given, too */
    private ObjectNode changed(PatchOperation operation, ObjectNode value, boolean replaces) {
        AttributeRef target = operation.path().attribute();
        boolean adds = operation instanceof PatchOperation.Add;
        if (target.subAttribute() != null) {
            ObjectNode member = JSON.objectNode();
            member.set(target.subAttribute().name(), value(operation));
            return merged(target.attribute(), value, member, adds);
        }
        if (adds || !replaces) {
            return merged(target.attribute(), value, value(operation), adds);
        }
        ObjectNode kept = JSON.objectNode();
        ObjectNode demanded = target.attribute().multiValued() && compat
                ? terms(operation.path().valueFilter())
                : null;
        for (Attribute sub : target.attribute().subAttributes()) {
            boolean stays = sub.mutability() == Mutability.IMMUTABLE || (demanded != null && demanded.has(sub.name()));
            if (stays && value.has(sub.name())) {
                kept.set(sub.name(), value.get(sub.name()));
            }
        }
        return merged(target.attribute(), kept, value(operation), false);
    }

    private static ObjectNode merged(Attribute attribute, ObjectNode value, JsonNode given, boolean adds) {
        ObjectNode merged = value.deepCopy();
        for (Attribute sub : attribute.subAttributes()) {
            JsonNode current = value.get(sub.name());
            JsonNode next = given.get(sub.name());
            if (next == null) {
                continue;
            }
            if (adds && sub.multiValued() && current != null) {
                ArrayNode union = JSON.arrayNode();
                elements(current).forEach(element -> addOnce(sub, union, element));
                elements(next).forEach(element -> addOnce(sub, union, element));
                next = union;
            }
            if (current != null && sub.mutability() == Mutability.IMMUTABLE && !current.equals(next)) {
                throw new Refused(ScimType.MUTABILITY);
            }
            merged.set(sub.name(), next);
        }
        return merged;
    }

    private static void addOnce(Attribute attribute, ArrayNode union, JsonNode element) {
        for (JsonNode present : union) {
            if (same(attribute, present, element)) {
                return;
            }
        }
        union.add(element);
    }

    private static @Nullable JsonNode without(PatchOperation operation, JsonNode value) {
        Attribute sub = Objects.requireNonNull(operation.path().attribute().subAttribute());
        ObjectNode rest = value.deepCopy();
        if (rest.remove(sub.name()) != null && sub.mutability() == Mutability.IMMUTABLE) {
            throw new Refused(ScimType.MUTABILITY);
        }
        return rest.isEmpty() ? null : rest;
    }

    private boolean saysSomething(ObjectNode element) {
        ObjectNode rest = element.deepCopy();
        return !compat || !rest.without(List.of("type", "primary")).isEmpty();
    }

    private ObjectNode demanded(PatchOperation operation) {
        ObjectNode terms = operation instanceof PatchOperation.Replace && !compat
                ? null
                : terms(operation.path().valueFilter());
        if (terms == null) {
            throw new Refused(ScimType.NO_TARGET);
        }
        return terms;
    }

    /** What a conjunction of equalities says; null for any other filter. */
    private static @Nullable ObjectNode terms(@Nullable Filter filter) {
        ObjectNode terms = JSON.objectNode();
        for (Filter term :
                filter instanceof Filter.And and ? and.operands() : List.of(Objects.requireNonNull(filter))) {
            if (!(term instanceof Filter.Comparison comparison) || comparison.operator() != Operator.EQ) {
                return null;
            }
            JsonNode value = switch (comparison.value()) {
                case Literal.Text text -> JSON.textNode(text.value());
                case Literal.Bool bool -> JSON.booleanNode(bool.value());
                case Literal.Number number -> JSON.numberNode(number.value().intValueExact());
                case Literal.DateTime dateTime -> throw new IllegalArgumentException();
                case Literal.Null none -> null;
            };
            Attribute sub = comparison.attribute().subAttribute();
            if (value == null || (sub != null && sub.mutability() == Mutability.READ_ONLY)) {
                return null;
            }
            if (sub != null) {
                JsonNode earlier = terms.get(sub.name());
                JsonNode now = sub.multiValued() ? JSON.arrayNode().add(value) : value;
                if (earlier != null && !same(sub, earlier, now)) {
                    return null;
                }
                terms.set(sub.name(), now);
            }
        }
        return terms;
    }

    /** RFC 7643 §2.4: the same (type, value) combination; a type that never changes belongs to the value. */
    private static boolean sameValue(Attribute attribute, JsonNode one, JsonNode other) {
        if (!attribute.complex() || !one.has("value") || !other.has("value")) {
            return same(attribute, one, other);
        }
        Attribute value = attribute.subAttribute("value").orElseThrow();
        Attribute type = attribute.subAttribute("type").orElse(null);
        boolean typeCounts = type != null && type.mutability() != Mutability.IMMUTABLE;
        return same(value, one.get("value"), other.get("value"))
                && (!typeCounts || sameOrBothAbsent(type, one.get("type"), other.get("type")));
    }

    private static boolean names(Attribute attribute, JsonNode name, JsonNode element) {
        return name.has("value")
                ? element.has("value")
                        && same(attribute.subAttribute("value").orElseThrow(), name.get("value"), element.get("value"))
                : same(attribute, name, element);
    }

    private static boolean sameOrBothAbsent(Attribute attribute, @Nullable JsonNode one, @Nullable JsonNode other) {
        return one == null || other == null ? one == other : same(attribute, one, other);
    }

    private static boolean same(Attribute attribute, JsonNode one, JsonNode other) {
        if (one.isArray()) {
            List<JsonNode> these = elements(one);
            List<JsonNode> those = elements(other);
            for (int i = 0; i < these.size() && these.size() == those.size(); i++) {
                if (!same(attribute, these.get(i), those.get(i))) {
                    return false;
                }
            }
            return these.size() == those.size();
        }
        if (one.isObject()) {
            return attribute.subAttributes().stream()
                    .allMatch(sub -> sameOrBothAbsent(sub, one.get(sub.name()), other.get(sub.name())));
        }
        if (one.isTextual() && !attribute.caseExact()) {
            return one.textValue()
                    .toLowerCase(Locale.ROOT)
                    .equals(other.asText().toLowerCase(Locale.ROOT));
        }
        return one.isNumber() ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
    }

    private static JsonNode value(PatchOperation operation) {
        return switch (operation) {
            case PatchOperation.Add add -> add.value().deepCopy();
            case PatchOperation.Replace replace -> replace.value().deepCopy();
            case PatchOperation.Remove remove -> throw new IllegalArgumentException();
        };
    }

    private static List<JsonNode> elements(@Nullable JsonNode value) {
        List<JsonNode> elements = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.forEach(elements::add);
        } else if (value != null) {
            elements.add(value);
        }
        return elements;
    }

    private static @Nullable JsonNode get(ObjectNode resource, AttributeRef whole) {
        JsonNode container = whole.extension() == null ? resource : resource.path(whole.extension());
        return container.get(whole.attribute().name());
    }

    private static void set(ObjectNode resource, AttributeRef whole, @Nullable JsonNode value) {
        String extension = whole.extension();
        ObjectNode container = extension == null ? resource : resource.withObjectProperty(extension);
        if (value == null || (value.isContainerNode() && value.isEmpty())) {
            container.remove(whole.attribute().name());
        } else {
            container.set(whole.attribute().name(), value);
        }
        if (extension != null && container.isEmpty()) {
            resource.remove(extension);
        }
    }
}
