package dev.muster.directory;

import dev.muster.scim.error.ScimException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order of a search (RFC 7644 §3.4.2.3): by a key, resources without a value last when ascending and first when descending;
 * by id where keys are equal, or where there is none. Read backwards, it is the same with the other direction.
 *
 * @param keys one for each part of the query, empty where the resources of a part have no value
 * @param keyType the SQL type of the keys; null where the order is that of the ids alone
 */
record Ordering(List<Optional<SortKey>> keys, @Nullable String keyType, boolean descending) {

    /**
     * The order that a query asks for.
     *
     * @throws ScimException 400 {@code invalidValue}: the attribute has no order, or not the same in two types
     */
    static Ordering of(SearchQuery query) {
        List<Optional<SortKey>> keys = query.parts().stream()
                .map(part -> Optional.ofNullable(part.sortBy()).flatMap(new SortSql(part.type())::key))
                .toList();
        List<String> types = keys.stream()
                .flatMap(Optional::stream)
                .map(SortKey::type)
                .distinct()
                .toList();
        if (types.size() > 1) {
            throw ScimException.invalidValue(
                    "sortBy: the attribute is of another type in another resource type; ask for one resource type.");
        }
        return new Ordering(keys, types.isEmpty() ? null : types.getFirst(), query.descending());
    }

    Ordering {
        keys = List.copyOf(keys);
    }

    Ordering reversed() {
        return new Ordering(keys, keyType, !descending);
    }

    boolean byIdAlone() {
        return keyType == null;
    }

    /** The key of the resources of a part; null in SQL where they have none. */
    String key(int part) {
        return keys.get(part).map(SortKey::expression).orElse("null::" + keyType);
    }

    /** What resources that stand behind others have: a greater or a smaller key. */
    String behind() {
        return descending ? "<" : ">";
    }

    /** The {@code order by} clause. */
    String clause(String key, String id) {
        String byId = id + (descending ? " desc" : "");
        return " order by "
                + (byIdAlone() ? byId : key + (descending ? " desc nulls first, " : " asc nulls last, ") + byId);
    }
}
