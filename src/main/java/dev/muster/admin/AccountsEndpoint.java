package dev.muster.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.Account;
import dev.muster.account.AccountFilter;
import dev.muster.account.AccountJson;
import dev.muster.account.AccountQueries;
import dev.muster.account.OperatedAccounts;
import dev.muster.account.PendingList;
import dev.muster.rest.AccountParameters;
import dev.muster.rest.BaseUrl;
import dev.muster.rest.QueryParameters;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.scim.resource.Identity;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's accounts as operators see them: as the product does, and with what waits about them. */
@Tag(name = "Accounts", description = "Admin API: a tenant's accounts")
@Path("/admin/api/tenants/{id}/accounts")
@Produces(MediaType.APPLICATION_JSON)
public class AccountsEndpoint {

    private final Tenants tenants;
    private final AccountQueries queries;
    private final OperatedAccounts accounts;
    private final PendingList pending;
    private final BaseUrl baseUrl;

    AccountsEndpoint(
            Tenants tenants, AccountQueries queries, OperatedAccounts accounts, PendingList pending, BaseUrl baseUrl) {
        this.tenants = tenants;
        this.queries = queries;
        this.accounts = accounts;
        this.pending = pending;
        this.baseUrl = baseUrl;
    }

    /**
     * A page of accounts, each as the product reads it.
     *
     * @param nextCursor for {@code after}; null on the last page
     */
    public record AccountPage(
            List<ObjectNode> accounts, @Nullable String nextCursor) {}

    /** Finds accounts. */
    @Operation(
            summary = "Finds accounts by the same parameters as the product's API",
            description = "Accounts that have been erased are found by status=deleted alone.")
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
    public Uni<AccountPage> list(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_ACCOUNTS);
        AccountFilter filter = AccountParameters.accounts(sent);
        return tenants.get(id)
                .chain(() -> queries.accounts(id, filter, sent.cursor(), sent.limit()))
                .map(page -> new AccountPage(
                        page.items().stream().map(AccountJson::of).toList(), page.nextCursor()));
    }

    /** An account, with what waits about it. */
    @Operation(summary = "An account, with what waits about it")
    @GET
    @Path("/{accountId}")
    public Uni<AccountView> read(
            @PathParam("id") String id, @PathParam("accountId") String accountId, @Context UriInfo uri) {
        return accounts.get(id, GivenId.of(accountId, "accountId")).chain(account -> view(id, account, uri));
    }

    /** Activates an account that waits for it; 409 where it does not. */
    @Operation(summary = "Activates an account that waits for it; 409 where it does not")
    @POST
    @Path("/{accountId}/activate")
    public Uni<AccountView> activate(
            @PathParam("id") String id,
            @PathParam("accountId") String accountId,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        UUID account = GivenId.of(accountId, "accountId");
        return accounts.activate(id, account)
                .invoke(activated -> note(activated, routing))
                .chain(activated -> view(id, activated, uri));
    }

    private static void note(Account activated, RoutingContext routing) {
        OperatorLog.of(routing)
                .who(new Identity(
                        activated.profile().userName(), activated.profile().externalId(), null));
        OperatorLog.of(routing).changes(new ChangedAttributes(List.of(), List.of("status"), List.of()));
        UUID resource = activated.resourceId();
        if (resource != null) {
            OperatorLog.of(routing).resource(resource);
        }
    }

    private Uni<AccountView> view(String id, Account account, UriInfo uri) {
        return pending.ofAccount(id, account)
                .map(found -> AccountView.of(account, found, baseUrl.of(uri) + "/t/" + id + "/scim/v2"));
    }
}
