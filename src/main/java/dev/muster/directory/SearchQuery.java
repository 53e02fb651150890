package dev.muster.directory;

import dev.muster.scim.filter.Filter;
import dev.muster.scim.message.PageRequest;
import dev.muster.scim.message.Paging;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query over the resources of one type or of several (RFC 7644 §3.4.2).
 *
 * @param endpoint where it was asked: the path of the type's endpoint, or a slash for the root
 * @param parts what it means for each type that it can find resources of; none: it finds nothing
 * @param descending only with an attribute to sort by
 * @param shown what else must be the same from page to page: the attributes that were asked for
 * @param reader who asks
 */
public record SearchQuery(
        String endpoint, List<Part> parts, boolean descending, Paging page, String shown, String reader) {

    /**
     * What a query means for the resources of one type.
     *
     * @param filter null: all
     * @param sortBy null: these resources have no value to sort by; if it is null in every part, the order is that of creation
     * @param withGroups whether the groups that a resource is a member of are wanted
     */
    public record Part(
            ResourceType type,
            @Nullable Filter filter,
            @Nullable AttributeRef sortBy,
            boolean withGroups) {

        /** Whether all resources of the type are looked at, counted or sorted: no index leads to those that are meant. */
        private boolean scans(Paging page) {
            return filter == null
                    ? sortBy != null || page instanceof PageRequest
                    : !new FilterCandidates(type, "").lead(filter);
        }

        private String identity() {
            return type.name() + '\0' + filter + '\0' + sortBy;
        }
    }

    public SearchQuery {
        parts = List.copyOf(parts);
    }

    /** Whether the cost of a page grows with the number of resources that the tenant has. */
    boolean scans() {
        return parts.stream().anyMatch(part -> part.scans(page));
    }

    /** Equal for queries of which one continues the other: all but the page, and in whatever spelling they were sent. */
    String identity() {
        return parts.stream()
                .map(Part::identity)
                .collect(Collectors.joining("\0", endpoint + '\0' + descending + '\0' + shown + '\0', ""));
    }
}
