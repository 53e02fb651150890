package dev.muster.scim.schema;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Attributes whose values are to be unique although their schemas do not say so. */
final class UniqueAttributes {

    private final Set<AttributeRef> targets;

    /**
     * @param named attributes; a complex one means its {@code value}
     * @throws ScimException invalidValue for one whose values cannot be unique
     */
    UniqueAttributes(Collection<AttributeRef> named) {
        this.targets = named.stream().map(UniqueAttributes::target).collect(Collectors.toUnmodifiableSet());
    }

    private static AttributeRef target(AttributeRef named) {
        AttributeRef target = !named.target().complex()
                ? named
                : named.attribute().subAttribute("value").map(named::sub).orElse(named);
        if (!target.target().canBeUnique()) {
            throw ScimException.invalidValue("values of " + named + " cannot be unique: they are "
                    + target.target().type().keyword());
        }
        return target;
    }

    /** {@code type} with these attributes marked. */
    ResourceType of(ResourceType type) {
        return new ResourceType(
                type.name(),
                type.endpoint(),
                type.description(),
                marked(null, type.common()),
                type.schema().with(marked(null, type.schema().attributes())),
                type.extensions().stream().map(this::marked).toList(),
                type.partial());
    }

    private SchemaExtension marked(SchemaExtension extension) {
        Schema schema = extension.schema();
        return new SchemaExtension(schema.with(marked(schema.id(), schema.attributes())), extension.required());
    }

    private List<Attribute> marked(@Nullable String extension, List<Attribute> attributes) {
        return attributes.stream()
                .map(attribute -> marked(extension, attribute))
                .toList();
    }

    private Attribute marked(@Nullable String extension, Attribute attribute) {
        if (targets.stream().noneMatch(target -> isOf(target, extension, attribute))) {
            return attribute;
        }
        Attribute parts = attribute.with(attribute.subAttributes().stream()
                .map(sub -> targets.contains(new AttributeRef(extension, attribute, sub)) ? sub.unique() : sub)
                .toList());
        return targets.contains(new AttributeRef(extension, attribute, null)) ? parts.unique() : parts;
    }

    private static boolean isOf(AttributeRef target, @Nullable String extension, Attribute attribute) {
        return Objects.equals(target.extension(), extension)
                && target.attribute().equals(attribute);
    }
}
