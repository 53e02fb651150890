package dev.muster.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.filter.Path;
import dev.muster.scim.filter.PathParser;
import dev.muster.scim.resource.PathValues;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.settings.AccountField;
import java.util.Locale;
import java.util.Optional;

/** Gives one field of an account: a column mapping at work. */
@FunctionalInterface
interface FieldSource {

    /** The field's value for a user; empty where it has none. */
    Optional<JsonNode> of(ObjectNode user);

    /** As the settings say. A path of which the tenant's schemas know nothing any more gives no value. */
    static FieldSource of(ResourceType type, AccountField field) {
        FieldSource source = field.constant() == null
                ? at(type, String.valueOf(field.from()))
                : user -> Optional.of(TextNode.valueOf(field.constant()));
        return user -> source.of(user)
                .map(value -> value.isTextual() ? TextNode.valueOf(mapped(field, value.textValue())) : value)
                .or(() -> Optional.ofNullable(field.otherwise()).map(TextNode::valueOf));
    }

    /** What stands at a path. */
    static FieldSource at(ResourceType type, String path) {
        try {
            return new PathParser(type, Conformance.COMPAT, FilterLimits.DEFAULT).parse(path)
                            instanceof Path.OfAttribute attribute
                    ? user -> PathValues.first(attribute, user)
                    : user -> Optional.empty();
        } catch (ScimException unknown) {
            return user -> Optional.empty();
        }
    }

    private static String mapped(AccountField field, String value) {
        String found = field.lookup().getOrDefault(value, value);
        return switch (field.letters()) {
            case null -> found;
            case LOWER -> found.toLowerCase(Locale.ROOT);
            case UPPER -> found.toUpperCase(Locale.ROOT);
        };
    }
}
