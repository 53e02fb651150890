package dev.muster.directory;

import dev.muster.scim.error.ScimException;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.CommonAttributes;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import dev.muster.scim.schema.Returned;
import java.util.Optional;

/**
 * Sorting (RFC 7644 §3.4.2.3) as an {@code order by} clause over the alias {@code r} of table {@code resource}. Resources
 * without a value come last when ascending and first when descending; ties are broken by id, so that pages do not overlap.
 */
public final class SortSql {

    /** The order where the client asks for none. */
    public static final String BY_ID = "order by r.id";

    private final ResourceType type;

    public SortSql(ResourceType type) {
        this.type = type;
    }

    /**
     * The clause, {@code order by} included; it needs no parameters.
     *
     * @param sortBy the attribute; a complex one is sorted by its {@code value}
     * @throws ScimException 400 {@code invalidValue}: the attribute has no order or is never returned
     */
    public String orderBy(AttributeRef sortBy, boolean descending) {
        AttributeRef attribute = simple(sortBy);
        String direction = descending ? " desc nulls first" : " asc nulls last";
        String id = descending ? ", r.id desc" : ", r.id";
        String key = ResourceColumn.of(type, attribute)
                .map(column -> column.value().sortKey())
                .orElseGet(() -> documentKey(attribute));
        return "order by " + key + direction + id;
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

    private static String documentKey(AttributeRef attribute) {
        String parent = JsonValues.document(attribute.extension());
        JsonValues whole = JsonValues.member(parent, attribute.attribute(), "e");
        Optional<Attribute> sub = Optional.ofNullable(attribute.subAttribute());
        JsonValues value = sub.map(whole::member).orElse(whole);
        String key = SqlValue.of(attribute.target(), value.json(), value.text()).sortKey();
        if (value.from().isEmpty()) {
            return key;
        }
        boolean several = attribute.attribute().multiValued();
        String first = several ? " order by coalesce(e.v->'primary' = 'true', false) desc, e.n" : "";
        return "(select " + key + " from " + numbered(String.join(", ", value.from())) + first + " limit 1)";
    }

    private static String numbered(String from) {
        return from.replace(" e(v)", " with ordinality e(v, n)");
    }
}
