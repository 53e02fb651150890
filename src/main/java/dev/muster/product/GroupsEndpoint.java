package dev.muster.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountGroup;
import dev.muster.account.AccountQueries;
import dev.muster.account.GroupMember;
import dev.muster.rest.AccountParameters;
import dev.muster.rest.QueryParameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The groups of a tenant and who is in them, as the product should see them. */
@Tag(name = "Groups", description = "The product's API: groups and who is in them")
@Path(ProductAddress.BASE + "/groups")
@Produces(MediaType.APPLICATION_JSON)
public class GroupsEndpoint {

    private final AccountQueries queries;

    GroupsEndpoint(AccountQueries queries) {
        this.queries = queries;
    }

    /** Finds groups, by id. */
    @Operation(summary = "Finds groups")
    @Parameter(name = "externalId", in = ParameterIn.QUERY, description = "the identity provider's id")
    @Parameter(name = "displayName", in = ParameterIn.QUERY, description = "without regard to case")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    public Uni<ObjectNode> list(@PathParam(ProductAddress.TENANT) String tenant, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_GROUPS);
        return queries.groups(tenant, AccountParameters.groups(sent), sent.cursor(), sent.limit())
                .map(page -> Representations.page("groups", page, AccountGroup::json));
    }

    /** Reads a group. */
    @Operation(summary = "Reads a group without its members; 304 where If-None-Match has its ETag")
    @GET
    @Path("/{id}")
    public Uni<Response> read(
            @PathParam(ProductAddress.TENANT) String tenant,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return queries.group(tenant, ProductAddress.id(id, "group"))
                .map(group -> Representations.tagged(group.json(), group.version(), ifNoneMatch));
    }

    /** Who is directly in a group. */
    @Operation(summary = "Who is directly in a group: accounts, and groups as such")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    @Path("/{id}/members")
    public Uni<ObjectNode> members(
            @PathParam(ProductAddress.TENANT) String tenant, @PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_PAGE);
        return queries.members(tenant, ProductAddress.id(id, "group"), sent.cursor(), sent.limit())
                .map(page -> Representations.page("members", page, GroupMember::json));
    }
}
