package dev.muster.scim.filter;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.ResourceType.SchemaExtension;
import dev.muster.scim.schema.Schema;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What attribute names in RFC 7644 §3.10 notation mean for a resource type: the one place where names are resolved, so that
 * filters, paths, {@code sortBy} and {@code attributes} agree.
 */
public final class AttributeNames implements Names {

    private final ResourceType type;
    private final boolean compat;
    private final List<Schema> schemas;

    public AttributeNames(ResourceType type, Conformance conformance) {
        this.type = type;
        this.compat = conformance == Conformance.COMPAT;
        this.schemas = Stream.concat(
                        Stream.of(type.schema()), type.extensions().stream().map(SchemaExtension::schema))
                .sorted(Comparator.comparingInt((Schema schema) -> schema.id().length())
                        .reversed())
                .toList();
    }

    /** The schema of this type with that URI, in any case. */
    public Optional<Schema> schema(String uri) {
        return schemas.stream()
                .filter(schema -> schema.id().equalsIgnoreCase(uri))
                .findFirst();
    }

    /**
     * The attribute or sub-attribute that {@code name} means, in any case; a schema URI in front is found by the longest
     * known one, since URIs hold colons and dots themselves. In {@code COMPAT} the URI may end in a dot instead of a colon,
     * as some products' guides have it, and a name that only one extension has needs no URI: Entra ID asks for
     * {@code id eq … and manager eq …}.
     *
     * @return empty where this type has no such attribute
     */
    @Override
    public Optional<AttributeRef> resolve(String name) {
        for (Schema schema : schemas) {
            int length = schema.id().length();
            if (name.length() > length
                    && (name.charAt(length) == ':' || (compat && name.charAt(length) == '.'))
                    && name.regionMatches(true, 0, schema.id(), 0, length)) {
                return resolve(schema.id(), name.substring(length + 1));
            }
        }
        Optional<AttributeRef> core = resolve(null, name);
        return core.isPresent() || !compat ? core : resolveInOnlyExtension(name);
    }

    private Optional<AttributeRef> resolveInOnlyExtension(String name) {
        List<AttributeRef> found = type.extensions().stream()
                .flatMap(extension -> resolve(extension.schema().id(), name).stream())
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Optional<AttributeRef> resolve(@Nullable String schemaId, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return type.resolve(schemaId, path, null);
        }
        return type.resolve(schemaId, path.substring(0, dot), null)
                .flatMap(whole -> subAttribute(whole, path.substring(dot + 1)));
    }

    /**
     * The sub-attribute {@code name} of {@code whole}. In {@code COMPAT}, {@code id} means {@code value} where there is only
     * that: Entra's guides write {@code manager.id}.
     */
    @Override
    public Optional<AttributeRef> subAttribute(AttributeRef whole, String name) {
        Attribute attribute = whole.attribute();
        Optional<Attribute> found = attribute.subAttribute(name);
        if (found.isEmpty() && compat && name.equalsIgnoreCase("id")) {
            found = attribute.subAttribute("value");
        }
        return found.map(whole::sub);
    }
}
