package dev.muster.scim.schema;

import dev.muster.scim.schema.ResourceType.SchemaExtension;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource type that are on. Besides those that are named: what is required, and {@code id},
 * {@code schemas} and {@code meta}. Of a multi-valued attribute that is on in parts, also the parts by which its values are told
 * apart.
 */
final class AttributeSelection {

    private static final Set<String> ALWAYS = Set.of("id", "schemas", "meta");
    private static final Set<String> TELL_APART = Set.of("value", "type", "primary");

    private final Collection<AttributeRef> named;

    /** @param named attributes, and sub-attributes that are on while others of their attribute are not */
    AttributeSelection(Collection<AttributeRef> named) {
        this.named = List.copyOf(named);
    }

    /** {@code type} without what is off; {@code type} itself where nothing is. */
    ResourceType of(ResourceType type) {
        List<Attribute> common = type.common().stream()
                .filter(attribute -> ALWAYS.contains(attribute.name()) || isNamed(null, attribute))
                .toList();
        List<SchemaExtension> extensions =
                type.extensions().stream().flatMap(this::selected).toList();
        Schema schema = type.schema().with(selected(null, type.schema().attributes()));
        ResourceType selected = new ResourceType(
                type.name(), type.endpoint(), type.description(), common, schema, extensions, type.partial());
        return selected.equals(type)
                ? type
                : new ResourceType(type.name(), type.endpoint(), type.description(), common, schema, extensions, true);
    }

    /** None where all of its attributes are off; a required extension of which nothing is named is on as a whole. */
    private Stream<SchemaExtension> selected(SchemaExtension extension) {
        Schema schema = extension.schema();
        List<Attribute> attributes = selected(schema.id(), schema.attributes());
        if (attributes.isEmpty()) {
            return extension.required() ? Stream.of(extension) : Stream.empty();
        }
        return Stream.of(new SchemaExtension(schema.with(attributes), extension.required()));
    }

    private List<Attribute> selected(@Nullable String extension, List<Attribute> attributes) {
        return attributes.stream()
                .flatMap(attribute -> selected(extension, attribute).stream())
                .toList();
    }

    private Optional<Attribute> selected(@Nullable String extension, Attribute attribute) {
        if (attribute.required() || isNamed(extension, attribute)) {
            return Optional.of(attribute);
        }
        Set<String> parts = Set.copyOf(named.stream()
                .filter(reference -> isOf(reference, extension, attribute))
                .map(reference ->
                        Objects.requireNonNull(reference.subAttribute()).name())
                .toList());
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(attribute.with(attribute.subAttributes().stream()
                        .filter(sub -> parts.contains(sub.name())
                                || sub.required()
                                || (attribute.multiValued() && TELL_APART.contains(sub.name())))
                        .toList()));
    }

    private boolean isNamed(@Nullable String extension, Attribute attribute) {
        return named.stream()
                .anyMatch(reference -> reference.subAttribute() == null && isOf(reference, extension, attribute));
    }

    private static boolean isOf(AttributeRef reference, @Nullable String extension, Attribute attribute) {
        return Objects.equals(reference.extension(), extension)
                && reference.attribute().name().equals(attribute.name());
    }
}
