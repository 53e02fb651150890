package dev.muster.tenant;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The JSON Schema of the settings document: what each setting may be. */
public final class SettingsSchema {

    private static final JsonNode DOCUMENT = SettingsResource.read("settings.schema.json");

    /** The sentences are ours: the library's own name its insides. */
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                    SchemaLocation.of("urn:muster:settings"),
                    DOCUMENT,
                    SchemaValidatorsConfig.builder()
                            .pathType(PathType.JSON_POINTER)
                            .messageSource((key, otherwise, locale, arguments) -> key)
                            .build());

    private SettingsSchema() {}

    /** The schema itself. */
    public static JsonNode document() {
        return DOCUMENT;
    }

    /** What is wrong with a document as it was written, in the order of the schema. */
    static List<Fault> faults(JsonNode document) {
        return SCHEMA.validate(document).stream().map(SettingsSchema::fault).toList();
    }

    private static Fault fault(ValidationMessage message) {
        String place = pointer(message.getInstanceLocation());
        String name = message.getProperty();
        return switch (message.getType()) {
            case "additionalProperties" -> new Fault(Pointers.member(place, name), unknown(message));
            case "required" -> new Fault(Pointers.member(place, name), "Is required.");
            case "propertyNames" ->
                new Fault(
                        Pointers.member(place, String.valueOf(name)),
                        "A name is a letter and then at most 62 letters, digits, - or _.");
            default -> new Fault(place.isEmpty() ? "/" : place, wrong(message.getType(), message.getSchemaNode()));
        };
    }

    private static String wrong(String keyword, JsonNode bound) {
        return switch (keyword) {
            case "type" -> "Must be " + types(bound) + ".";
            case "enum" -> "Must be one of " + keywords(bound) + ".";
            case "minimum" -> "Must be " + bound + " or more.";
            case "exclusiveMinimum" -> "Must be more than " + bound + ".";
            case "maximum" -> "Must be " + bound + " or less.";
            case "minLength" -> "Must not be empty.";
            case "maxLength" -> "Must have " + bound + " characters at most.";
            case "minItems" -> "Must have " + bound + " element at least.";
            case "maxItems" -> "Must have " + bound + " elements at most.";
            case "maxProperties" -> "Must have " + bound + " members at most.";
            case "uniqueItems" -> "Must not have an element twice.";
            case "pattern" -> "Must match " + bound.asText() + ".";
            default -> "Is not what this setting can be; see /admin/api/settings-schema.";
        };
    }

    private static String unknown(ValidationMessage message) {
        JsonPointer rule =
                JsonPointer.compile(message.getSchemaLocation().getFragment().toString());
        return "There is no such setting. The settings here are: "
                + DOCUMENT.at(Objects.requireNonNull(rule.head()))
                        .path("properties")
                        .propertyStream()
                        .map(property -> property.getKey())
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String types(JsonNode bound) {
        return (bound.isArray() ? elements(bound) : Stream.of(bound))
                .map(type -> switch (type.asText()) {
                    case "integer" -> "a whole number";
                    case "array", "object" -> "an " + type.asText();
                    case "null" -> "null";
                    case "boolean" -> "true or false";
                    default -> "a " + type.asText();
                })
                .collect(Collectors.joining(" or "));
    }

    private static String keywords(JsonNode bound) {
        return elements(bound).map(JsonNode::toString).collect(Collectors.joining(", "));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** The library does not escape what stands in a pointer. */
    private static String pointer(JsonNodePath path) {
        String pointer = "";
        for (int i = 0; i < path.getNameCount(); i++) {
            pointer = Pointers.member(pointer, path.getName(i));
        }
        return pointer;
    }
}
