package dev.muster.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the envelope of a PATCH request: {@code schemas}, {@code Operations}, and the members of each operation. */
final class PatchMessage {

    private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final Set<String> BODY = Set.of("schemas", "Operations");
    private static final Set<String> OPERATION = Set.of("op", "path", "value");

    private final Conformance conformance;
    private final PatchLimits limits;

    PatchMessage(Conformance conformance, PatchLimits limits) {
        this.conformance = conformance;
        this.limits = limits;
    }

    /** The operations of {@code body}, at least one. */
    List<RawOperation> read(JsonNode body) {
        requireObject(body, "The body");
        requireKnown(body, BODY);
        requireSchema(body);
        JsonNode operations = member(body, "Operations").orElse(null);
        if (operations == null || !operations.isArray() || operations.isEmpty()) {
            throw ScimException.invalidSyntax("'Operations' must be an array of at least one operation.");
        }
        if (operations.size() > limits.maxOperations()) {
            throw ScimException.invalidValue("A PATCH request can have at most " + limits.maxOperations()
                    + " operations; split it into several requests.");
        }
        List<RawOperation> read = new ArrayList<>(operations.size());
        for (JsonNode operation : operations) {
            read.add(operation(operation));
        }
        return read;
    }

    private RawOperation operation(JsonNode operation) {
        requireObject(operation, "Every element of 'Operations'");
        requireKnown(operation, OPERATION);
        return new RawOperation(
                kind(member(operation, "op").orElse(null)),
                path(member(operation, "path").orElse(null)),
                member(operation, "value").orElse(null));
    }

    /** RFC 7644 §3.5.2: the value of {@code op} "MAY be one of "add", "remove", or "replace""; Entra ID sends {@code Add}. */
    private RawOperation.Kind kind(@Nullable JsonNode op) {
        String written = op != null && op.isTextual() ? op.textValue() : "";
        String name = conformance == Conformance.COMPAT ? written.strip().toLowerCase(Locale.ROOT) : written;
        return switch (name) {
            case "add" -> RawOperation.Kind.ADD;
            case "remove" -> RawOperation.Kind.REMOVE;
            case "replace" -> RawOperation.Kind.REPLACE;
            default -> throw ScimException.invalidSyntax("'op' must be one of \"add\", \"remove\" and \"replace\".");
        };
    }

    private @Nullable String path(@Nullable JsonNode path) {
        if (path == null || path.isNull()) {
            return null;
        }
        if (!path.isTextual()) {
            throw ScimException.invalidPath("'path' must be a string.");
        }
        String text = path.textValue();
        return text.isBlank() && conformance == Conformance.COMPAT ? null : text;
    }

    private void requireSchema(JsonNode body) {
        JsonNode schemas = member(body, "schemas").orElse(null);
        if (schemas == null && conformance == Conformance.COMPAT) {
            return;
        }
        boolean named = schemas != null
                && schemas.isArray()
                && schemas.valueStream()
                        .anyMatch(uri -> uri.isTextual() && uri.textValue().equalsIgnoreCase(SCHEMA));
        if (!named) {
            throw ScimException.invalidSyntax("'schemas' must be [\"" + SCHEMA + "\"].");
        }
    }

    private static void requireObject(JsonNode node, String what) {
        if (!node.isObject()) {
            throw ScimException.invalidSyntax(what + " must be a JSON object.");
        }
    }

    private void requireKnown(JsonNode object, Set<String> names) {
        if (conformance == Conformance.STRICT) {
            object.propertyStream()
                    .map(Map.Entry::getKey)
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .ifPresent(n -> {
                        throw ScimException.invalidSyntax(
                                "Only " + names.stream().sorted().toList() + " can stand here, written exactly so.");
                    });
        }
    }

    private Optional<JsonNode> member(JsonNode object, String name) {
        List<JsonNode> members = matching(object, name).toList();
        if (members.size() > 1) {
            throw ScimException.invalidSyntax("'" + name + "' stands more than once; send it once.");
        }
        return members.stream().findFirst();
    }

    private Stream<JsonNode> matching(JsonNode object, String name) {
        return object.propertyStream()
                .filter(member -> conformance == Conformance.COMPAT
                        ? member.getKey().equalsIgnoreCase(name)
                        : member.getKey().equals(name))
                .map(Map.Entry::getValue);
    }
}
