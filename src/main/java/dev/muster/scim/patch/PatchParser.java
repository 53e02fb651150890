package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.error.ScimError;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.resource.AttributeValue;
import dev.muster.scim.resource.Canonicalizer;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads PATCH requests (RFC 7644 §3.5.2) for resources of one type into canonical operations. Immutable.
 *
 * <p>An operation without a path, or with a schema URI as its path, becomes one operation per attribute, in the order of its
 * value. In {@link Conformance#COMPAT} what identity providers send is understood: {@code Add}, member names in any case, a
 * missing {@code schemas}, read-only attributes in a path-less value (left out), values to remove beside the path. In
 * {@link Conformance#STRICT} the forms that the {@link InteropProfile} takes away are refused.
 */
public final class PatchParser {

    private static final String MEMBERS = "members";

    private final ResourceType type;
    private final Conformance conformance;
    private final PatchMessage message;
    private final PathParser paths;
    private final Unsupported unsupported;
    private final Canonicalizer canonicalizer;
    private final AttributeOperations operations;

    public PatchParser(ResourceType type, Conformance conformance, PatchLimits limits) {
        this(type, conformance, limits, FilterLimits.DEFAULT);
    }

    public PatchParser(ResourceType type, Conformance conformance, PatchLimits limits, FilterLimits pathLimits) {
        this(type, conformance, limits, pathLimits, Unsupported.usual(conformance), name -> {});
    }

    /**
     * For one request.
     *
     * @param unsupported what becomes of attributes that the type does not have
     * @param ignored hears the names of attributes that were sent and dropped, for the log; never values
     */
    public PatchParser(
            ResourceType type,
            Conformance conformance,
            PatchLimits limits,
            FilterLimits pathLimits,
            Unsupported unsupported,
            Consumer<String> ignored) {
        this.type = type;
        this.conformance = conformance;
        this.message = new PatchMessage(conformance, limits);
        this.paths = new PathParser(type, conformance, pathLimits);
        this.unsupported = unsupported;
        this.canonicalizer = new Canonicalizer(type, conformance, unsupported, ignored);
        this.operations = new AttributeOperations(canonicalizer, conformance, limits);
    }

    /**
     * The operations that {@code body} asks for; none where it asks for nothing, such as adding null.
     *
     * @throws ScimException invalidSyntax where the body is no PATCH request; invalidPath, invalidFilter for a path;
     *     noTarget for a remove without a path; invalidValue for a value that its target cannot have, or too many;
     *     mutability for a path to a read-only attribute
     */
    public List<PatchOperation> parse(JsonNode body) {
        List<RawOperation> raw = message.read(body);
        List<PatchOperation> parsed = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            try {
                parsed.addAll(operations(raw.get(i)));
            } catch (ScimException e) {
                throw raw.size() == 1 ? e : inOperation(i + 1, e.error());
            }
        }
        return List.copyOf(parsed);
    }

    private static ScimException inOperation(int number, ScimError error) {
        return new ScimException(
                new ScimError(error.status(), error.scimType(), "Operation " + number + ": " + error.detail()));
    }

    private List<PatchOperation> operations(RawOperation operation) {
        if (conformance == Conformance.STRICT) {
            InteropProfile.requirePath(operation);
        }
        String path = operation.path();
        if (path != null) {
            return meant(path).map(meant -> at(meant, operation, false)).orElseGet(List::of);
        }
        if (operation.kind() == RawOperation.Kind.REMOVE) {
            throw ScimException.noTarget("A remove operation needs a 'path' that says what to remove.");
        }
        return members(operation, object(operation));
    }

    /** Empty where the path leads to nothing that the type has, and that is dropped. */
    private Optional<Path> meant(String path) {
        if (unsupported != Unsupported.IGNORED) {
            return Optional.of(paths.parse(path));
        }
        Optional<Path> meant = paths.find(path);
        if (meant.isEmpty()) {
            canonicalizer.ignore(path);
        }
        return meant;
    }

    private List<PatchOperation> at(Path path, RawOperation operation, boolean implied) {
        return switch (path) {
            case Path.OfAttribute attribute -> {
                if (conformance == Conformance.STRICT) {
                    InteropProfile.requireSubAttribute(attribute, operation.kind());
                }
                yield operations.of(operation, attribute, implied);
            }
            case Path.OfSchema schema -> onSchema(schema.schema(), operation);
        };
    }

    /** One operation for each attribute that {@code value} has. */
    private List<PatchOperation> members(RawOperation operation, ObjectNode value) {
        List<PatchOperation> result = new ArrayList<>();
        for (AttributeValue member : canonicalizer.values(value)) {
            if (saysNothing(member)) {
                continue;
            }
            result.addAll(at(paths.parse(member.path()), operation.on(member.path(), member.value()), true));
        }
        return result;
    }

    /** A client that writes what it does not know as null must not empty a group by renaming it. */
    private boolean saysNothing(AttributeValue member) {
        return conformance == Conformance.COMPAT
                && member.value().isNull()
                && member.path().equalsIgnoreCase(MEMBERS);
    }

    private List<PatchOperation> onSchema(Schema schema, RawOperation operation) {
        JsonNode value = operation.value();
        boolean unassigns = operation.kind() == RawOperation.Kind.REPLACE && value != null && value.isNull();
        if (unassigns || operation.kind() == RawOperation.Kind.REMOVE) {
            return removal(schema);
        }
        if (value != null && value.isNull()) {
            return List.of();
        }
        ObjectNode object = object(operation);
        boolean core = schema.id().equalsIgnoreCase(type.schema().id());
        return members(
                operation, core ? object : JsonNodeFactory.instance.objectNode().set(schema.id(), object));
    }

    private List<PatchOperation> removal(Schema schema) {
        String extension = type.extension(schema.id()).map(Schema::id).orElse(null);
        return schema.attributes().stream()
                .map(attribute -> new AttributeRef(extension, attribute, null))
                .filter(attribute -> !AttributeOperations.readOnly(attribute))
                .<PatchOperation>map(
                        attribute -> new PatchOperation.Remove(new Path.OfAttribute(attribute, null), null))
                .toList();
    }

    private static ObjectNode object(RawOperation operation) {
        @Nullable JsonNode value = operation.value();
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw ScimException.invalidValue(
                "Without a 'path' to one attribute, 'value' must be an object that holds the attributes to set.");
    }
}
