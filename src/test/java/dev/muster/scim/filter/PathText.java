package dev.muster.scim.filter;

import dev.muster.scim.schema.Attribute;

/** Writes a path in the grammar of RFC 7644 §3.5.2; reading it again yields an equal path. */
public final class PathText {

    private PathText() {}

    public static String of(Path path) {
        return switch (path) {
            case Path.OfSchema schema -> schema.schema().id();
            case Path.OfAttribute attribute
            when attribute.valueFilter() == null -> attribute.attribute().toString();
            case Path.OfAttribute attribute -> {
                String selected =
                        FilterText.of(new Filter.ValuePath(attribute.attribute().whole(), attribute.valueFilter()));
                Attribute sub = attribute.attribute().subAttribute();
                yield sub == null ? selected : selected + "." + sub.name();
            }
        };
    }
}
