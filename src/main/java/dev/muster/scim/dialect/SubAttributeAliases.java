package dev.muster.scim.dialect;

import dev.muster.scim.schema.Attribute;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names that identity providers use for sub-attributes which the schema calls otherwise. */
public final class SubAttributeAliases {

    /** Entra ID's {@code manager.id} and its role objects {@code {"id", "displayName", "value"}}. */
    private static final Map<String, String> ALIASES = Map.of("id", "value", "displayname", "display");

    private SubAttributeAliases() {}

    /**
     * The sub-attribute that {@code name} means in {@code complex} although it has none of that name.
     *
     * @return empty where {@code complex} has a sub-attribute of that very name, or none that the name could mean
     */
    public static Optional<Attribute> find(Attribute complex, String name) {
        String meant = ALIASES.get(name.toLowerCase(Locale.ROOT));
        return meant == null || complex.subAttribute(name).isPresent() ? Optional.empty() : complex.subAttribute(meant);
    }
}
