package dev.muster.scim.schema;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/**
 * An immutable list of attributes that finds one by its name in constant time: every attribute of every request is looked
 * up. Where two share a name (which no checked schema has), the first is found.
 */
final class AttributeList extends AbstractList<Attribute> implements RandomAccess {

    private final List<Attribute> attributes;
    /** By the name as the schema spells it, which clients nearly always do too, and by the name in lower case. */
    private final Map<String, Attribute> byName;

    private AttributeList(List<Attribute> attributes) {
        this.attributes = List.copyOf(attributes);
        this.byName = HashMap.newHashMap(2 * attributes.size());
        for (Attribute attribute : attributes) {
            byName.putIfAbsent(attribute.name(), attribute);
            byName.putIfAbsent(attribute.name().toLowerCase(Locale.ROOT), attribute);
        }
    }

    /** The attributes with an index, which is made only where there is none yet. */
    static AttributeList copyOf(List<Attribute> attributes) {
        return attributes instanceof AttributeList indexed ? indexed : new AttributeList(attributes);
    }

    /** The attribute of that name, in any case. */
    static Optional<Attribute> find(List<Attribute> attributes, String name) {
        return copyOf(attributes).named(name);
    }

    private Optional<Attribute> named(String name) {
        Attribute exact = byName.get(name);
        return exact != null ? Optional.of(exact) : Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Attribute get(int index) {
        return attributes.get(index);
    }

    @Override
    public int size() {
        return attributes.size();
    }
}
