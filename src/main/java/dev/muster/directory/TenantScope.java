package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterAttributes;
import dev.muster.scim.filter.FilterEvaluator;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import dev.muster.tenant.Tenant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return limit == null
                || !resource.type().equals(limit.users().name())
                || FilterEvaluator.matches(limit.filter(), Documents.parse(resource.document()));
    }

    /**
     * Checks what a client wants to store.
     *
     * @throws ScimException 403 where SCIM would not see it any more
     */
    void check(ResourceType type, ObjectNode document) {
        if (limit != null
                && type.name().equals(limit.users().name())
                && !FilterEvaluator.matches(limit.filter(), document)) {
            throw outside(limit.filter());
        }
    }

    /** The query for what SCIM sees. Pages of the same query under another scope do not continue each other. */
    SearchQuery narrowed(SearchQuery query) {
        return limit == null
                ? query
                : new SearchQuery(
                        query.endpoint(),
                        query.parts().stream().map(this::narrowed).toList(),
                        query.descending(),
                        query.page(),
                        query.shown() + '\0' + limit.filter(),
                        query.reader());
    }

    private SearchQuery.Part narrowed(SearchQuery.Part part) {
        return limit == null || !part.type().name().equals(limit.users().name())
                ? part
                : new SearchQuery.Part(
                        part.type(), both(part.filter(), limit.filter()), part.sortBy(), part.withGroups());
    }

    private static Filter both(@Nullable Filter asked, Filter scope) {
        return asked == null
                ? scope
                : new Filter.And(Stream.of(asked, scope)
                        .flatMap(filter ->
                                (filter instanceof Filter.And and ? and.operands() : List.of(filter)).stream())
                        .toList());
    }

    /** What follows a condition on table {@code resource}, alias {@code r}, so that it means seen resources only; may be empty. */
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
