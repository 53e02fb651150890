package dev.muster.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.resource.SearchForm;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Uniqueness;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value that no other resource of its type and tenant may have, because its attribute's uniqueness is {@code server} or
 * {@code global} (RFC 7643 §7). {@code userName} is not among them where a column with a unique index holds it.
 *
 * @param path the attribute, for the person who must choose another value
 * @param key SHA-256 of type, path and the value as it is compared
 */
record UniqueValue(String path, Buffer key) {

    /** The values of a resource's search form that must be unique. */
    static List<UniqueValue> of(ResourceType type, ObjectNode search) {
        List<UniqueValue> values = new ArrayList<>();
        collect(values, type, "", type.common(), search);
        collect(values, type, "", type.schema().attributes(), search);
        for (ResourceType.SchemaExtension extension : type.extensions()) {
            if (search.get(extension.schema().id()) instanceof ObjectNode part) {
                collect(
                        values,
                        type,
                        extension.schema().id() + ":",
                        extension.schema().attributes(),
                        part);
            }
        }
        return values;
    }

    /** The values of a stored resource that must be unique. */
    static List<UniqueValue> of(ResourceType type, String document) {
        return of(type, SearchForm.of(type, Documents.parse(document)));
    }

    /** Whether {@code type} has an attribute whose values must be unique at all. */
    static boolean declaredBy(ResourceType type) {
        return Stream.concat(
                        type.coreAttributes(),
                        type.extensions().stream().flatMap(extension -> extension.schema().attributes().stream()))
                .filter(attribute -> !hasColumn(type, attribute))
                .flatMap(attribute -> Stream.concat(Stream.of(attribute), attribute.subAttributes().stream()))
                .anyMatch(attribute -> attribute.uniqueness() != Uniqueness.NONE);
    }

    /** By identity: an extension may define an attribute that is equal. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean hasColumn(ResourceType type, Attribute attribute) {
        return type.resolve(null, "userName", null)
                .filter(core -> core.attribute() == attribute)
                .flatMap(core -> ResourceColumn.of(type, core))
                .isPresent();
    }

    private static void collect(
            List<UniqueValue> values,
            ResourceType type,
            String prefix,
            List<Attribute> attributes,
            ObjectNode document) {
        for (Attribute attribute : attributes) {
            JsonNode value = document.get(attribute.name());
            if (value != null && !hasColumn(type, attribute)) {
                collect(values, type, prefix + attribute.name(), attribute, value);
            }
        }
    }

    private static void collect(
            List<UniqueValue> values, ResourceType type, String path, Attribute attribute, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> collect(values, type, path, attribute, element));
            return;
        }
        if (attribute.uniqueness() != Uniqueness.NONE && value.isValueNode()) {
            UniqueValue unique = new UniqueValue(path, key(type.name(), path, value.asText()));
            if (!values.contains(unique)) {
                values.add(unique);
            }
        }
        for (Attribute sub : attribute.subAttributes()) {
            JsonNode subValue = value.get(sub.name());
            if (subValue != null) {
                collect(values, type, path + "." + sub.name(), sub, subValue);
            }
        }
    }

    private static Buffer key(String type, String path, String value) {
        try {
            byte[] text = (type + '\0' + path + '\0' + value).getBytes(StandardCharsets.UTF_8);
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
