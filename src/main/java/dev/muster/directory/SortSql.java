package dev.muster.directory;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.CommonAttributes;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Returned;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns {@code sortBy} (RFC 7644 §3.4.2.3) for the resources of one type into SQL. */
final class SortSql {

    private final ResourceType type;

    SortSql(ResourceType type) {
        this.type = type;
    }

    /**
     * The key to sort by; empty where the order of the ids is the one that is meant.
     *
     * @param sortBy the attribute; a complex one is sorted by its {@code value}
     * @throws ScimException 400 {@code invalidValue}: the attribute has no order or is never returned
     */
    Optional<SortKey> key(AttributeRef sortBy) {
        AttributeRef attribute = simple(sortBy);
        Optional<SqlColumn> column = ResourceColumn.of(type, attribute).map(ResourceColumn::value);
        if (column.isPresent()) {
            return column.filter(found -> !(found instanceof SqlColumn.Id))
                    .map(found -> found instanceof SqlColumn.Location location
                            ? new SortKey(location.endpoint() + "::text collate \"C\"", "text")
                            : new SortKey(found.sortKey(), found.sortType()));
        }
        return Optional.of(documentKey(attribute));
    }

    private AttributeRef simple(AttributeRef sortBy) {
        boolean hidden = sortBy.target().returned() == Returned.NEVER
                || sortBy.attribute().mutability() == Mutability.WRITE_ONLY;
        if (hidden
                || Membership.of(type, sortBy).isPresent()
                || sortBy.attribute().equals(CommonAttributes.SCHEMAS)) {
            throw unsortable(sortBy);
        }
        return sortBy.target().complex()
                ? sortBy.attribute().subAttribute("value").map(sortBy::sub).orElseThrow(() -> unsortable(sortBy))
                : sortBy;
    }

    private static ScimException unsortable(AttributeRef attribute) {
        return ScimException.invalidValue("sortBy: resources cannot be sorted by '" + attribute
                + "'; name an attribute or sub-attribute with a value.");
    }

    private static SortKey documentKey(AttributeRef attribute) {
        String parent = JsonValues.document(attribute.extension());
        JsonValues whole = JsonValues.member(parent, attribute.attribute(), "e");
        Optional<Attribute> sub = Optional.ofNullable(attribute.subAttribute());
        JsonValues value = sub.map(whole::member).orElse(whole);
        SqlValue sorted = SqlValue.of(attribute.target(), value.json(), value.text());
        if (value.from().isEmpty()) {
            return new SortKey("(" + sorted.sortKey() + ")", sorted.sortType());
        }
        String from = String.join(", ", value.from());
        String select =
                "(select " + sorted.sortKey() + " from " + numbered(from) + " order by " + firstOf(from) + " limit 1)";
        return new SortKey(select, sorted.sortType());
    }

    /** The elements with their numbers, e of the attribute and s of a multi-valued sub-attribute. */
    private static String numbered(String from) {
        return from.replace(" e(v)", " with ordinality e(v, n)").replace(" s(v)", " with ordinality s(v, n)");
    }

    private static String firstOf(String from) {
        return Stream.of(
                        from.contains(" e(v)") ? "coalesce(e.v->'primary' = 'true', false) desc, e.n" : "",
                        from.contains(" s(v)") ? "s.n" : "")
                .filter(order -> !order.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
