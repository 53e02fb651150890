package dev.muster.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountGroup;
import dev.muster.account.AccountQueries;
import dev.muster.account.GroupMember;
import dev.muster.rest.AccountParameters;
import dev.muster.rest.QueryParameters;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's groups and who is in them, as the product sees them. */
@Tag(name = "Groups (operators)", description = "Admin API: a tenant's groups, as the product sees them")
@Path("/admin/api/tenants/{id}/groups")
@Produces(MediaType.APPLICATION_JSON)
public class GroupsEndpoint {

    private final Tenants tenants;
    private final AccountQueries queries;

    GroupsEndpoint(Tenants tenants, AccountQueries queries) {
        this.tenants = tenants;
        this.queries = queries;
    }

    /**
     * A page of groups.
     *
     * @param nextCursor for {@code after}; null on the last page
     */
    public record GroupPage(
            List<ObjectNode> groups, @Nullable String nextCursor) {}

    /**
     * A page of members.
     *
     * @param nextCursor for {@code after}; null on the last page
     */
    public record MemberPage(
            List<ObjectNode> members, @Nullable String nextCursor) {}

    /** Finds groups, by id. */
    @Operation(summary = "Finds groups by the same parameters as the product's API")
    @Parameter(name = "externalId", in = ParameterIn.QUERY, description = "the identity provider's id")
    @Parameter(name = "displayName", in = ParameterIn.QUERY, description = "without regard to case")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    public Uni<GroupPage> list(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_GROUPS);
        return tenants.get(id)
                .chain(() -> queries.groups(id, AccountParameters.groups(sent), sent.cursor(), sent.limit()))
                .map(page -> new GroupPage(
                        page.items().stream().map(AccountGroup::json).toList(), page.nextCursor()));
    }

    /** Who is directly in a group. */
    @Operation(summary = "Who is directly in a group: accounts, and groups as such")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    @Path("/{groupId}/members")
    public Uni<MemberPage> members(
            @PathParam("id") String id, @PathParam("groupId") String groupId, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_PAGE);
        return tenants.get(id)
                .chain(() -> queries.members(id, GivenId.of(groupId, "groupId"), sent.cursor(), sent.limit()))
                .map(page -> new MemberPage(
                        page.items().stream().map(GroupMember::json).toList(), page.nextCursor()));
    }
}
