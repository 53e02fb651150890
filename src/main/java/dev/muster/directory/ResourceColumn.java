package dev.muster.directory;

import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.AttributeType;
import dev.muster.scim.schema.CommonAttributes;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Uniqueness;
import java.util.Optional;

/**
 * Which attributes of a resource stand in columns of table {@code resource} (alias {@code r}) rather than, or as well as, in its
 * searchable document. {@code user_name}, {@code display_name} and {@code active} belong to the single-valued core
 * attribute of that name and type, whichever the resource type; text is there as in the searchable document, null where the
 * document has none.
 *
 * @param name the column's name
 * @param indexed whether equality finds rows by an index
 */
record ResourceColumn(String name, SqlColumn value, boolean indexed) {

    /** The column of {@code attribute}, or the value computed from columns, if it has one. */
    static Optional<ResourceColumn> of(ResourceType type, AttributeRef attribute) {
        if (attribute.extension() != null) {
            return Optional.empty();
        }
        if (attribute.attribute().equals(CommonAttributes.META)) {
            return Optional.ofNullable(attribute.subAttribute()).flatMap(sub -> meta(type, sub.name()));
        }
        if (attribute.subAttribute() != null || attribute.attribute().multiValued()) {
            return Optional.empty();
        }
        return switch (attribute.attribute().name()) {
            case "id" -> Optional.of(new ResourceColumn("id", new SqlColumn.Id("r.id"), true));
            case "externalId" -> text("external_id");
            // The column has a unique index; a type of a tenant's own may have a userName that need not be unique.
            case "userName" ->
                attribute.attribute().uniqueness() == Uniqueness.NONE
                        ? Optional.empty()
                        : folded(attribute, "user_name");
            case "displayName" -> folded(attribute, "display_name");
            case "active" ->
                attribute.attribute().type() == AttributeType.BOOLEAN
                        ? Optional.of(new ResourceColumn("active", new SqlColumn.Flag("r.active"), false))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ResourceColumn> meta(ResourceType type, String name) {
        return switch (name) {
            case "created" -> Optional.of(new ResourceColumn("created", new SqlColumn.Moment("r.created"), false));
            case "lastModified" ->
                Optional.of(new ResourceColumn("last_modified", new SqlColumn.Moment("r.last_modified"), false));
            case "version" -> Optional.of(new ResourceColumn("version", new SqlColumn.Version("r.version"), false));
            case "resourceType" -> Optional.of(new ResourceColumn("type", new SqlColumn.Computed("r.type"), false));
            case "location" -> {
                SqlColumn location = new SqlColumn.Location(SqlLiteral.of(type.endpoint() + "/"), "r.id");
                yield Optional.of(new ResourceColumn("id", location, false));
            }
            default -> Optional.empty();
        };
    }

    /** The columns hold folded text: an attribute that is caseExact is compared on the searchable document instead. */
    private static Optional<ResourceColumn> folded(AttributeRef attribute, String name) {
        boolean held = attribute.attribute().type() == AttributeType.STRING
                && !attribute.attribute().caseExact();
        return held ? text(name) : Optional.empty();
    }

    private static Optional<ResourceColumn> text(String name) {
        return Optional.of(new ResourceColumn(name, new SqlColumn.TextColumn("r." + name), true));
    }
}
