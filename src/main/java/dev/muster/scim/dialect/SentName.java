package dev.muster.scim.dialect;

import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a JSON member means where an identity provider writes a path for a name: {@code name.givenName},
 * {@code urn:…:User:department}, {@code urn:…:User.department}, {@code emails[type eq "work"].value}.
 *
 * @param attribute the attribute or sub-attribute
 * @param selector which value of a multi-valued attribute is meant, null where the name does not say
 */
public record SentName(AttributeRef attribute, @Nullable Selector selector) {

    /** {@code [sub eq "value"]}. */
    public record Selector(Attribute sub, String value) {
        @Override
        public String toString() {
            return "[" + sub.name() + " eq \"" + value + "\"]";
        }
    }

    private static final int MAX_LENGTH = 1_024;
    private static final Pattern PATH = Pattern.compile("([A-Za-z][\\w$-]*)"
            + "(?:\\[\\s*([A-Za-z][\\w$-]*)\\s+(?i:eq)\\s+\"?([^\"\\\\\\[\\]]*)\"?\\s*])?"
            + "(?:\\.([A-Za-z$][\\w$-]*))?");

    /** The meaning of {@code name} for a resource of {@code type}; empty where it has none. */
    public static Optional<SentName> parse(ResourceType type, String name) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Optional<SentName> core = inSchema(type, null, type.schema().id(), name);
        if (core.isPresent()) {
            return core;
        }
        for (SchemaExtension extension : type.extensions()) {
            String id = extension.schema().id();
            Optional<SentName> meant = inSchema(type, id, id, name);
            if (meant.isPresent()) {
                return meant;
            }
        }
        return path(type, null, name);
    }

    /** The path as RFC 7644 §3.10 writes it. */
    @Override
    public String toString() {
        if (selector == null) {
            return attribute.toString();
        }
        String whole = attribute.whole().toString() + selector;
        Attribute sub = attribute.subAttribute();
        return sub == null ? whole : whole + "." + sub.name();
    }

    private static Optional<SentName> inSchema(
            ResourceType type, @Nullable String extension, String schemaId, String name) {
        int length = schemaId.length();
        boolean prefixed = name.length() > length
                && (name.charAt(length) == ':' || name.charAt(length) == '.')
                && name.regionMatches(true, 0, schemaId, 0, length);
        return prefixed ? path(type, extension, name.substring(length + 1)) : Optional.empty();
    }

    private static Optional<SentName> path(ResourceType type, @Nullable String schemaId, String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return type.resolve(schemaId, matcher.group(1), null).flatMap(whole -> {
            Optional<AttributeRef> attribute = sub(whole, matcher.group(4));
            if (matcher.group(2) == null) {
                return attribute.map(found -> new SentName(found, null));
            }
            return !whole.attribute().multiValued()
                    ? Optional.empty()
                    : attribute.flatMap(found -> whole.attribute()
                            .subAttribute(matcher.group(2))
                            .map(sub -> new SentName(found, new Selector(sub, matcher.group(3)))));
        });
    }

    private static Optional<AttributeRef> sub(AttributeRef whole, @Nullable String name) {
        return name == null
                ? Optional.of(whole)
                : whole.attribute()
                        .subAttribute(name)
                        .or(() -> SubAttributeAliases.find(whole.attribute(), name))
                        .map(whole::sub);
    }
}
