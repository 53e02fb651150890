package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.LenientValues;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Path;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.CommonAttributes;
import dev.muster.scim.schema.Mutability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the operation on one attribute canonical: its value, and what null and nothing mean. */
final class AttributeOperations {

    private final Canonicalizer canonicalizer;
    private final Conformance conformance;
    private final PatchLimits limits;

    AttributeOperations(Canonicalizer canonicalizer, Conformance conformance, PatchLimits limits) {
        this.canonicalizer = canonicalizer;
        this.conformance = conformance;
        this.limits = limits;
    }

    /**
     * The operation on {@code path}; none where nothing is asked for.
     *
     * @param implied whether the attribute stood in the value of an operation without a path to it
     */
    List<PatchOperation> of(RawOperation operation, Path.OfAttribute path, boolean implied) {
        if (implied && conformance == Conformance.COMPAT && managed(path.attribute())) {
            return List.of();
        }
        if (readOnly(path.attribute())) {
            throw ScimException.mutability("'" + path.attribute() + "' is read-only; leave it out of the request.");
        }
        requireSize(path.attribute(), operation.value());
        return switch (operation.kind()) {
            case ADD -> add(path, given(operation, path));
            case REPLACE -> replace(path, given(operation, path));
            case REMOVE -> remove(path, operation.value());
        };
    }

    static boolean readOnly(AttributeRef reference) {
        Attribute sub = reference.subAttribute();
        return reference.attribute().mutability() == Mutability.READ_ONLY
                || (sub != null && sub.mutability() == Mutability.READ_ONLY);
    }

    /** What Muster itself keeps, and clients send back without meaning to change it. */
    private static boolean managed(AttributeRef reference) {
        return readOnly(reference)
                || (reference.extension() == null
                        && reference.attribute().name().equals(CommonAttributes.SCHEMAS.name()));
    }

    /** To a multi-valued attribute "a new value is added" (RFC 7644 §3.5.2.1): that one need not stand in an array. */
    private List<PatchOperation> add(Path.OfAttribute path, JsonNode given) {
        JsonNode value = canonical(path, several(path) ? LenientValues.array(given) : given);
        if (value != null) {
            return List.of(new PatchOperation.Add(path, value));
        }
        boolean emptied = given.isTextual() && !path.attribute().target().multiValued();
        return emptied ? List.of(new PatchOperation.Remove(path, null)) : List.of();
    }

    private List<PatchOperation> replace(Path.OfAttribute path, JsonNode given) {
        JsonNode value = canonical(path, given);
        boolean merges = conformance == Conformance.COMPAT
                && path.attribute().target().complex()
                && given.isObject()
                && !given.isEmpty();
        if (merges) {
            return replaceMembers(path, given, value);
        }
        return List.of(value == null ? new PatchOperation.Remove(path, null) : new PatchOperation.Replace(path, value));
    }

    /** Null in a complex value unassigns that sub-attribute (RFC 7643 §2.5) and leaves its siblings alone. */
    private List<PatchOperation> replaceMembers(Path.OfAttribute path, JsonNode given, @Nullable JsonNode value) {
        List<PatchOperation> result = new ArrayList<>();
        if (value != null) {
            result.add(new PatchOperation.Replace(path, value));
        }
        for (Map.Entry<String, JsonNode> member : given.properties()) {
            Attribute sub =
                    path.attribute().attribute().subAttribute(member.getKey()).orElse(null);
            if (sub != null && sub.mutability() != Mutability.READ_ONLY && unassigns(sub, member.getValue())) {
                result.add(new PatchOperation.Remove(
                        new Path.OfAttribute(path.attribute().sub(sub), path.valueFilter()), null));
            }
        }
        return result;
    }

    private boolean unassigns(Attribute sub, JsonNode value) {
        boolean emptyReference = conformance == Conformance.COMPAT
                && sub.name().equals("value")
                && value.isTextual()
                && value.textValue().isEmpty();
        return value.isNull() || (value.isContainerNode() && value.isEmpty()) || emptyReference;
    }

    /** Entra ID names values to remove beside a path to the whole attribute; an empty list of them removes nothing. */
    private List<PatchOperation> remove(Path.OfAttribute path, @Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return List.of(new PatchOperation.Remove(path, null));
        }
        if (conformance == Conformance.STRICT) {
            throw ScimException.invalidSyntax(
                    "A remove operation has no 'value'; select what to remove by a value filter in 'path'.");
        }
        if (!several(path)) {
            return List.of(new PatchOperation.Remove(path, null));
        }
        JsonNode named = canonical(path, given);
        return named == null ? List.of() : List.of(new PatchOperation.Remove(path, named));
    }

    /** Whether all values of a multi-valued attribute are meant. */
    private static boolean several(Path.OfAttribute path) {
        return path.attribute().target().multiValued()
                && path.attribute().subAttribute() == null
                && path.valueFilter() == null;
    }

    private @Nullable JsonNode canonical(Path.OfAttribute path, JsonNode given) {
        if (given.isNull()) {
            return null;
        }
        AttributeRef target = path.attribute();
        boolean oneElement =
                target.subAttribute() == null && target.attribute().multiValued() && path.valueFilter() != null;
        if (!oneElement) {
            return canonicalizer.value(target, given);
        }
        boolean wrapped = conformance == Conformance.COMPAT && given.isArray() && given.size() == 1;
        return canonicalizer.element(target, wrapped ? given.get(0) : given);
    }

    private static JsonNode given(RawOperation operation, Path.OfAttribute path) {
        JsonNode value = operation.value();
        if (value == null) {
            throw ScimException.invalidValue("The operation on '" + path.attribute()
                    + "' needs a 'value'; to remove the attribute use the remove operation.");
        }
        return value;
    }

    private void requireSize(AttributeRef attribute, @Nullable JsonNode value) {
        if (value != null && value.isArray() && value.size() > limits.maxValues()) {
            throw ScimException.invalidValue("An operation on '" + attribute + "' can have at most "
                    + limits.maxValues() + " values; split it into several operations.");
        }
    }
}
