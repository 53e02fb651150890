package dev.muster.endpoint;

import dev.muster.directory.Search;
import dev.muster.directory.SearchQuery;
import dev.muster.limit.Limits;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.filter.FilterOutline;
import dev.muster.scim.filter.FilterOverTypes;
import dev.muster.scim.filter.FilterParser;
import dev.muster.scim.message.Paging;
import dev.muster.scim.message.SearchRequest;
import dev.muster.scim.message.SortOrder;
import dev.muster.scim.resource.Projection;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.ResourceType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers queries (RFC 7644 §3.4.2), however and wherever they were asked. */
@ApplicationScoped
class Queries {

    private static final String ROOT = "/";

    private final Search search;
    private final Bodies bodies;
    private final RequestBodies requestBodies;
    private final Limits limits;

    Queries(Search search, Bodies bodies, RequestBodies requestBodies, Limits limits) {
        this.search = search;
        this.bodies = bodies;
        this.requestBodies = requestBodies;
        this.limits = limits;
    }

    /** The query in the parameters of an address. */
    SearchRequest inAddress(ContainerRequestContext context) {
        MultivaluedMap<String, String> parameters = context.getUriInfo().getQueryParameters();
        return new SearchRequest(
                Projection.names(parameters.getFirst("attributes")),
                Projection.names(parameters.getFirst("excludedAttributes")),
                parameters.getFirst("filter"),
                parameters.getFirst("sortBy"),
                SortOrder.of(parameters.getFirst("sortOrder")),
                Paging.of(
                        parameters.getFirst("startIndex"),
                        parameters.getFirst("cursor"),
                        parameters.getFirst("count"),
                        limits.page()));
    }

    /** The query in the body of a POST to {@code .search} (RFC 7644 §3.4.3), where no log of addresses sees it. */
    SearchRequest inBody(ContainerRequestContext context, byte[] body) {
        return SearchRequest.of(
                requestBodies.parse(context.getHeaderString(HttpHeaders.CONTENT_TYPE), body), limits.page());
    }

    /** Of the resources of one type. */
    Uni<Response> ofType(ScimRequest request, ResourceType type, SearchRequest asked) {
        Conformance conformance = request.tenant().settings().conformance();
        FilterParser parser = new FilterParser(type, conformance, limits.filter());
        Filter filter = asked.filter() == null ? null : parser.parse(asked.filter());
        AttributeRef sortBy = asked.sortBy() == null ? null : SortAttribute.of(type, conformance, asked.sortBy());
        Representation representation = representation(request, type, asked);
        SearchQuery.Part part = new SearchQuery.Part(type, filter, sortBy, representation.wantsGroups());
        return answer(request, type.endpoint(), asked, List.of(part), Map.of(type.name(), representation));
    }

    /** Of all resources of the tenant (RFC 7644 §3.4.2.1). */
    Uni<Response> ofAllTypes(ScimRequest request, SearchRequest asked) {
        List<ResourceType> types = request.tenant().schemas().resourceTypes();
        Conformance conformance = request.tenant().settings().conformance();
        Map<String, Representation> representations = types.stream()
                .collect(Collectors.toMap(ResourceType::name, type -> representation(request, type, asked)));
        SortAttribute sortBy =
                asked.sortBy() == null ? null : SortAttribute.ofOneOf(types, conformance, asked.sortBy());
        List<SearchQuery.Part> parts = meant(types, conformance, asked).stream()
                .map(meant -> new SearchQuery.Part(
                        meant.type(),
                        meant.filter().equals(Filter.Constant.TRUE) ? null : meant.filter(),
                        sortBy == null ? null : sortBy.in(meant.type()).orElse(null),
                        representation(request, meant.type(), asked).wantsGroups()))
                .toList();
        return answer(request, ROOT, asked, parts, representations);
    }

    private List<FilterOverTypes.ForType> meant(
            List<ResourceType> types, Conformance conformance, SearchRequest asked) {
        return asked.filter() == null
                ? types.stream()
                        .map(type -> new FilterOverTypes.ForType(type, Filter.Constant.TRUE))
                        .toList()
                : new FilterOverTypes(types, conformance, limits.filter()).parse(asked.filter());
    }

    private Uni<Response> answer(
            ScimRequest request,
            String endpoint,
            SearchRequest asked,
            List<SearchQuery.Part> parts,
            Map<String, Representation> representations) {
        SearchQuery query = new SearchQuery(
                endpoint,
                parts,
                asked.sortBy() != null && asked.sortOrder() == SortOrder.DESCENDING,
                asked.page(),
                (asked.attributes() + "-" + asked.excludedAttributes()).toLowerCase(Locale.ROOT),
                request.reader());
        request.log().query(outline(parts));
        return search.page(request.tenant(), query)
                .chain(page -> bodies.list(request.tenant(), representations, page))
                .map(body -> ScimResponses.ok(body).build());
    }

    private static List<String> outline(List<SearchQuery.Part> parts) {
        return parts.stream()
                .flatMap(part -> FilterOutline.of(part.filter()).stream())
                .distinct()
                .toList();
    }

    private static Representation representation(ScimRequest request, ResourceType type, SearchRequest asked) {
        Projection projection = Projection.of(
                type, request.tenant().settings().conformance(), asked.attributes(), asked.excludedAttributes());
        return new Representation(type, projection, request.base());
    }
}
