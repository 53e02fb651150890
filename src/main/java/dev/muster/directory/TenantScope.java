package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterAttributes;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.resource.HiddenAttributes;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as it is seen through SCIM. A user that the setting {@code scope} does not mean does not exist there: nothing reads,
 * finds, counts, changes or deletes it, by its id, by a filter or as a member, and no write puts a user there. Everything else
 * of the tenant is seen whole. What counts is the user as it is now.
 *
 * <p>Whatever reads resources or members for SCIM asks for a scope instead of a tenant's id, so that nobody can forget it. Without
 * the setting no statement is another.
 *
 * @param tenant the tenant's id
 * @param limit null: all users are seen
 */
record TenantScope(String tenant, @Nullable Limit limit) {

    /**
     * Which users are seen.
     *
     * @param users their type
     */
    record Limit(ResourceType users, Filter filter) {}

    static TenantScope of(Tenant tenant) {
        Filter filter = tenant.scope();
        return filter == null
                ? whole(tenant.id())
                : new TenantScope(
                        tenant.id(),
                        new Limit(tenant.schemas().byEndpoint("/Users").orElseThrow(), filter));
    }

    /** All of a tenant. */
    static TenantScope whole(String tenant) {
        return new TenantScope(tenant, null);
    }

    boolean isWhole() {
        return limit == null;
    }

    /** Whether SCIM sees this resource. */
    boolean shows(StoredResource resource) {
        return limitOf(resource.type())
                .map(filter -> FilterEvaluator.matches(filter, shown(Documents.parse(resource.document()))))
                .orElse(true);
    }

    /**
     * Checks what a client wants to store.
     *
     * @throws ScimException 403 where SCIM would not see it any more
     */
    void check(ResourceType type, ObjectNode document) {
        limitOf(type.name())
                .filter(filter -> !FilterEvaluator.matches(filter, document))
                .ifPresent(filter -> {
                    throw outside(filter);
                });
    }

    /** A user's document as far as its attributes are on. */
    private ObjectNode shown(ObjectNode stored) {
        return limit == null ? stored : HiddenAttributes.without(limit.users(), stored);
    }

    /** What resources of a type must meet to be seen. */
    private Optional<Filter> limitOf(String type) {
        return Optional.ofNullable(limit)
                .filter(known -> known.users().name().equals(type))
                .map(Limit::filter);
    }

    /** The same query, whose pages do not continue those of the query in another scope. */
    SearchQuery bound(SearchQuery query) {
        return limit == null
                ? query
                : new SearchQuery(
                        query.endpoint(),
                        query.parts(),
                        query.descending(),
                        query.page(),
                        query.shown() + '\0' + limit.filter(),
                        query.reader());
    }

    /** Whether a page of the query may have to pass by many users that are not seen. */
    boolean passesBy(SearchQuery query) {
        return query.parts().stream()
                .anyMatch(part ->
                        part.filter() == null && limitOf(part.type().name()).isPresent());
    }

    /**
     * What follows a condition on table {@code resource}, alias {@code r}, so that it means seen resources only; may be empty. It
     * leads to no resource by an index: a scope means many, and what a client asks for means few.
     */
    String andShown(SqlParameters parameters) {
        return limit == null ? "" : " and (r.type <> 'User' or (" + condition(limit, parameters) + "))";
    }

    /** What follows a condition on table {@code membership}, alias {@code m}, so that it means seen members only; may be empty. */
    String andShownMember(SqlParameters parameters) {
        return limit == null
                ? ""
                : " and (m.member_type <> 'User' or exists (select 1 from resource r where r.tenant_id = $1"
                        + " and r.id = m.member_id and (" + condition(limit, parameters) + ")))";
    }

    private String condition(Limit known, SqlParameters parameters) {
        return new FilterSql(known.users(), this).exact(known.filter(), parameters);
    }

    private static ScimException outside(Filter filter) {
        String attributes =
                FilterAttributes.of(filter).stream().map(AttributeRef::toString).collect(Collectors.joining(", "));
        return ScimException.of(
                403,
                "This would not be one of the users that this endpoint manages; " + attributes
                        + " decides about that. Nothing was changed; send other values, or do not provision this user.");
    }
}
