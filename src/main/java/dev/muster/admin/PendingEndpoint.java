package dev.muster.admin;

import dev.muster.account.Decision;
import dev.muster.account.PendingDecisions;
import dev.muster.account.PendingEntry;
import dev.muster.account.PendingList;
import dev.muster.account.PendingQuery;
import dev.muster.account.PendingReason;
import dev.muster.audit.LogDraft;
import dev.muster.rest.QueryParameters;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.tenant.TenantProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** What waits to be applied to a tenant's accounts and groups, and what operators decide of it. */
@Tag(name = "Pending", description = "Admin API: what waits to reach the product, and why; decisions")
@Path("/admin/api/tenants/{id}/pending")
@Produces(MediaType.APPLICATION_JSON)
public class PendingEndpoint {

    private static final int MOST_CHOSEN = 10_000;
    private static final int ACCEPTED = 202;
    private static final Set<String> TYPES = Set.of("User", "Group");
    private static final Set<String> OF_PAGE = Set.of("reason", "type", "limit", "after");

    private final PendingList list;
    private final PendingDecisions decisions;

    PendingEndpoint(PendingList list, PendingDecisions decisions) {
        this.list = list;
        this.decisions = decisions;
    }

    /**
     * A page of what waits.
     *
     * @param nextCursor for {@code after}; null on the last page
     */
    public record PendingPage(
            List<PendingView> pending, @Nullable String nextCursor) {}

    /** How many resources of a type wait for a reason. */
    public record Waiting(String reason, String type, long count) {}

    /** What waits, counted. */
    public record PendingSummary(long total, List<Waiting> counts) {}

    /**
     * What is released.
     *
     * @param ids of resources; all that wait because of dry-run where it is left out
     */
    public record Release(@Nullable List<String> ids) {}

    /** How many have been released; they are applied in order, which may take a moment. */
    public record Released(int released) {}

    /**
     * Of what is decided: either is given.
     *
     * @param ids of resources
     * @param reason {@code deletion-guard}: of all that the deletion guard holds
     */
    public record Choice(
            @Nullable List<String> ids, @Nullable String reason) {}

    /** Of how many it has been decided; the decisions are carried out in order, which may take a moment. */
    public record Decided(int decided) {}

    /** The account that a user is the owner of: one of the candidates. */
    public record Link(@Nullable String accountId) {}

    /** Lists what waits, the longest waiting first, with what would become of it. */
    @Operation(summary = "Lists what waits, the longest waiting first, with what would become of it")
    @Parameter(
            name = "reason",
            in = ParameterIn.QUERY,
            description = "dry-run, deletion-guard, department, review or conflict")
    @Parameter(name = "type", in = ParameterIn.QUERY, description = "User or Group")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    public Uni<PendingPage> page(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), OF_PAGE);
        int limit = sent.limit();
        PendingQuery query = new PendingQuery(
                sent.value(
                        "reason",
                        "Must be dry-run, deletion-guard, department, review or conflict.",
                        text -> PendingReason.of(text).orElseThrow(IllegalArgumentException::new)),
                sent.value(
                        "type",
                        "Must be User or Group.",
                        text -> Optional.of(text).filter(TYPES::contains).orElseThrow(IllegalArgumentException::new)),
                sent.value(
                        "after",
                        "Must be the nextCursor of a page.",
                        text -> PendingCursor.parse(text).orElseThrow(IllegalArgumentException::new)),
                limit + 1);
        return list.page(id, query).map(found -> page(found, limit));
    }

    private static PendingPage page(List<PendingEntry> found, int limit) {
        List<PendingEntry> page = found.stream().limit(limit).toList();
        return new PendingPage(
                page.stream().map(PendingView::of).toList(),
                found.size() > limit
                        ? PendingCursor.of(PendingQuery.Place.of(page.getLast().pending()))
                        : null);
    }

    /** Counts what waits. */
    @Operation(summary = "Counts what waits, by reason and type")
    @GET
    @Path("/summary")
    public Uni<PendingSummary> summary(@PathParam("id") String id) {
        return list.counts(id).map(counts -> {
            List<Waiting> shown = counts.stream()
                    .map(one -> new Waiting(one.reason().keyword(), one.type(), one.count()))
                    .toList();
            return new PendingSummary(shown.stream().mapToLong(Waiting::count).sum(), shown);
        });
    }

    /** Releases what waits because of dry-run: all, or chosen resources. */
    @Operation(summary = "Releases what waits because of dry-run: all, or chosen resources")
    @POST
    @Path("/release")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    public Uni<Released> release(
            @PathParam("id") String id, @Nullable Release release, @Context RoutingContext routing) {
        return several(id, release == null ? null : release.ids(), Decision.RELEASE, routing)
                .map(Released::new);
    }

    /** Lets pass what the deletion guard holds: of chosen resources, or all. */
    @Operation(summary = "Lets pass what the deletion guard holds: of chosen resources, or all")
    @POST
    @Path("/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    public Uni<Decided> approve(@PathParam("id") String id, @Nullable Choice choice, @Context RoutingContext routing) {
        return decide(id, choice, Decision.APPROVE, routing);
    }

    /** Keeps accounts that the deletion guard holds as they are: of chosen resources, or all. */
    @Operation(summary = "Keeps accounts that the deletion guard holds as they are: of chosen resources, or all")
    @POST
    @Path("/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    public Uni<Decided> reject(@PathParam("id") String id, @Nullable Choice choice, @Context RoutingContext routing) {
        return decide(id, choice, Decision.REJECT, routing);
    }

    private Uni<Decided> decide(String id, @Nullable Choice choice, Decision decision, RoutingContext routing) {
        if (choice == null || (choice.ids() == null) == (choice.reason() == null)) {
            throw TenantProblem.invalid("ids", "Either ids or \"reason\": \"deletion-guard\" must be given.");
        }
        if (choice.reason() != null && !choice.reason().equals(PendingReason.DELETION_GUARD.keyword())) {
            throw TenantProblem.invalid("reason", "Must be deletion-guard: nothing else is approved or rejected.");
        }
        return several(id, choice.ids(), decision, routing).map(Decided::new);
    }

    private Uni<Integer> several(String id, @Nullable List<String> chosen, Decision decision, RoutingContext routing) {
        return (chosen == null ? decisions.all(id, decision) : decisions.chosen(id, ids(chosen), decision))
                .invoke(count ->
                        OperatorLog.of(routing).changes(count == 0 ? ChangedAttributes.NONE : noted(decision)));
    }

    /** The log names what has been decided where it names settings or attributes else. */
    private static ChangedAttributes noted(Decision decision) {
        return new ChangedAttributes(List.of(), List.of(decision.keyword()), List.of());
    }

    /** Lets one deprovisioning pass that the deletion guard holds. */
    @Operation(summary = "Lets one deprovisioning pass that the deletion guard holds")
    @APIResponse(responseCode = "202", description = "Accepted")
    @POST
    @Path("/{resourceId}/approve")
    @ResponseStatus(ACCEPTED)
    public Uni<Void> approve(
            @PathParam("id") String id, @PathParam("resourceId") String resource, @Context RoutingContext routing) {
        return one(id, resource, Decision.APPROVE, null, routing);
    }

    /** Keeps one account that the deletion guard holds as it is, until its user is active again. */
    @Operation(summary = "Keeps one account that the deletion guard holds as it is, until its user is active again")
    @APIResponse(responseCode = "202", description = "Accepted")
    @POST
    @Path("/{resourceId}/reject")
    @ResponseStatus(ACCEPTED)
    public Uni<Void> reject(
            @PathParam("id") String id, @PathParam("resourceId") String resource, @Context RoutingContext routing) {
        return one(id, resource, Decision.REJECT, null, routing);
    }

    /** Says which of the accounts in question is the user's. */
    @Operation(summary = "Says which of the accounts in question is the user's")
    @APIResponse(responseCode = "202", description = "Accepted")
    @POST
    @Path("/{resourceId}/link")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    public Uni<Void> link(
            @PathParam("id") String id,
            @PathParam("resourceId") String resource,
            @Nullable Link link,
            @Context RoutingContext routing) {
        UUID account = GivenId.of(link == null ? null : link.accountId(), "accountId");
        return one(id, resource, Decision.LINK, account, routing);
    }

    /** Says that none of the accounts in question is the user's: it gets a new one. */
    @Operation(summary = "Says that none of the accounts in question is the user's: it gets a new one")
    @APIResponse(responseCode = "202", description = "Accepted")
    @POST
    @Path("/{resourceId}/create")
    @ResponseStatus(ACCEPTED)
    public Uni<Void> create(
            @PathParam("id") String id, @PathParam("resourceId") String resource, @Context RoutingContext routing) {
        return one(id, resource, Decision.CREATE, null, routing);
    }

    private Uni<Void> one(
            String id, String resource, Decision decision, @Nullable UUID account, RoutingContext routing) {
        UUID resourceId = GivenId.of(resource, "resourceId");
        LogDraft log = OperatorLog.of(routing);
        log.resource(resourceId);
        return decisions.one(id, resourceId, decision, account).invoke(() -> log.changes(noted(decision)));
    }

    private static List<UUID> ids(List<String> sent) {
        if (sent.size() > MOST_CHOSEN) {
            throw TenantProblem.invalid("ids", "At most " + MOST_CHOSEN + " resources at once.");
        }
        return sent.stream().map(text -> GivenId.of(text, "ids")).toList();
    }
}
