package dev.muster.scim.resource;

import dev.muster.scim.filter.AttributeNames;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The attributes and sub-attributes that a request names. An attribute is itself: it stands in one schema only. */
final class NamedAttributes {

    static final NamedAttributes NONE = new NamedAttributes();

    private final Set<Attribute> whole = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<Attribute, Set<Attribute>> parts = new IdentityHashMap<>();

    private NamedAttributes() {}

    static NamedAttributes of(AttributeNames names, List<String> list) {
        NamedAttributes named = new NamedAttributes();
        for (String name : list) {
            Optional<AttributeRef> attribute = names.resolve(name);
            if (attribute.isPresent()) {
                named.add(attribute.get());
            } else {
                names.schema(name).ifPresent(schema -> named.whole.addAll(schema.attributes()));
            }
        }
        return named;
    }

    private void add(AttributeRef attribute) {
        Attribute sub = attribute.subAttribute();
        if (sub == null) {
            whole.add(attribute.attribute());
        } else {
            parts.computeIfAbsent(attribute.attribute(), key -> Collections.newSetFromMap(new IdentityHashMap<>()))
                    .add(sub);
        }
    }

    boolean whole(Attribute attribute) {
        return whole.contains(attribute);
    }

    boolean part(Attribute attribute, Attribute sub) {
        Set<Attribute> subs = parts.get(attribute);
        return subs != null && subs.contains(sub);
    }

    boolean mentions(Attribute attribute) {
        return whole(attribute) || parts.containsKey(attribute);
    }
}
