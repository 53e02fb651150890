package dev.muster.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.AccountGroup;
import dev.muster.account.AccountJson;
import dev.muster.account.AccountQueries;
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

/** The accounts of a tenant: people as the product should see them. */
@Tag(name = "Accounts", description = "The product's API: people as the product should see them")
@Path(ProductAddress.BASE + "/accounts")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsEndpoint {

    private final AccountQueries queries;

    AccountsEndpoint(AccountQueries queries) {
        this.queries = queries;
    }

    /** Finds accounts. */
    @Operation(
            summary = "Finds accounts",
            description =
                    "All parameters are combined, and compared exactly; email and userName without regard to case."
                            + " Accounts that have been erased are found by status=deleted alone. Ordered by id; with"
                            + " modifiedSince by the time of the last change, so that what changes meanwhile comes again.")
    @Parameter(name = "status", in = ParameterIn.QUERY, description = "pending, active, inactive, blocked or deleted")
    @Parameter(name = "email", in = ParameterIn.QUERY, description = "without regard to case")
    @Parameter(name = "userName", in = ParameterIn.QUERY, description = "without regard to case")
    @Parameter(name = "externalId", in = ParameterIn.QUERY, description = "the identity provider's id")
    @Parameter(name = "employeeNumber", in = ParameterIn.QUERY, description = "exactly")
    @Parameter(name = "department", in = ParameterIn.QUERY, description = "the product's department")
    @Parameter(name = "productId", in = ParameterIn.QUERY, description = "the product's own id of an imported account")
    @Parameter(name = "role", in = ParameterIn.QUERY, description = "a role that the account has")
    @Parameter(name = "groupId", in = ParameterIn.QUERY, description = "a group that the account is directly in")
    @Parameter(name = "modifiedSince", in = ParameterIn.QUERY, description = "date and time with an offset, inclusive")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    public Uni<ObjectNode> list(@PathParam(ProductAddress.TENANT) String tenant, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_ACCOUNTS);
        return queries.accounts(tenant, AccountParameters.accounts(sent), sent.cursor(), sent.limit())
                .map(page -> Representations.page("accounts", page, AccountJson::of));
    }

    /** Reads an account. */
    @Operation(summary = "Reads an account; 304 where If-None-Match has its ETag")
    @GET
    @Path("/{id}")
    public Uni<Response> read(
            @PathParam(ProductAddress.TENANT) String tenant,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return queries.account(tenant, ProductAddress.id(id, "account"))
                .map(account -> Representations.tagged(AccountJson.of(account), account.version(), ifNoneMatch));
    }

    /** The groups that an account is directly in. */
    @Operation(summary = "The groups that an account is directly in")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    @Path("/{id}/groups")
    public Uni<ObjectNode> groups(
            @PathParam(ProductAddress.TENANT) String tenant, @PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_PAGE);
        return queries.groupsOf(tenant, ProductAddress.id(id, "account"), sent.cursor(), sent.limit())
                .map(page -> Representations.page("groups", page, AccountGroup::json));
    }
}
