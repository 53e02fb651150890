package dev.muster.scim.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A resource type (RFC 7643 §6) with its schemas at hand.
 *
 * @param name the type's name and id, such as {@code User}; the value of {@code meta.resourceType}
 * @param endpoint the path under the SCIM base, with a leading slash, such as {@code /Users}
 * @param common the common attributes, which stand in no schema
 * @param schema the core schema, without the common attributes
 * @param extensions the schemas that a resource of this type may carry besides
 * @param partial whether some of its attributes are switched off: stored documents may hold more than it has
 */
public record ResourceType(
        String name,
        String endpoint,
        String description,
        List<Attribute> common,
        Schema schema,
        List<SchemaExtension> extensions,
        boolean partial) {

    /** A schema extension and whether every resource must carry it (RFC 7643 §6). */
    public record SchemaExtension(Schema schema, boolean required) {}

    public ResourceType {
        common = AttributeList.copyOf(common);
        extensions = List.copyOf(extensions);
    }

    /** A resource type with all common attributes, and all of its schemas' attributes switched on. */
    public ResourceType(
            String name, String endpoint, String description, Schema schema, List<SchemaExtension> extensions) {
        this(name, endpoint, description, CommonAttributes.ALL, schema, extensions, false);
    }

    /** This type with other schema extensions. */
    ResourceType with(List<SchemaExtension> otherExtensions) {
        return new ResourceType(name, endpoint, description, common, schema, otherExtensions, partial);
    }

    /** The attributes every core resource has: the common attributes of RFC 7643 §3.1, {@code schemas}, and the schema's own. */
    public Stream<Attribute> coreAttributes() {
        return Stream.concat(common.stream(), schema.attributes().stream());
    }

    /** The extension schema with that id, in any case. */
    public Optional<Schema> extension(String schemaId) {
        for (SchemaExtension extension : extensions) {
            if (extension.schema().id().equalsIgnoreCase(schemaId)) {
                return Optional.of(extension.schema());
            }
        }
        return Optional.empty();
    }

    /**
     * The attribute that a name, with or without a schema URI in front, means for this type.
     *
     * @param schemaId the URI in front of the name, null where there is none: then the core schema is meant
     * @param name the attribute's name
     * @param subName the sub-attribute's name, null for the whole attribute
     * @return empty where no schema of this type has such an attribute
     */
    public Optional<AttributeRef> resolve(@Nullable String schemaId, String name, @Nullable String subName) {
        if (schemaId == null || schemaId.equalsIgnoreCase(schema.id())) {
            return AttributeList.find(common, name)
                    .or(() -> schema.attribute(name))
                    .flatMap(attribute -> reference(null, attribute, subName));
        }
        return extension(schemaId)
                .flatMap(extension ->
                        extension.attribute(name).flatMap(attribute -> reference(extension.id(), attribute, subName)));
    }

    private static Optional<AttributeRef> reference(
            @Nullable String extension, Attribute attribute, @Nullable String subName) {
        return subName == null
                ? Optional.of(new AttributeRef(extension, attribute, null))
                : attribute.subAttribute(subName).map(sub -> new AttributeRef(extension, attribute, sub));
    }
}
