package dev.muster.product;

import dev.muster.delivery.EventFeed;
import dev.muster.rest.AccountParameters;
import dev.muster.rest.QueryParameters;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What has happened to the accounts and groups of a tenant, for a product that follows it. */
@Tag(name = "Events", description = "The product's API: what has happened to accounts and groups")
@Path(ProductAddress.BASE + "/events")
@Produces(MediaType.APPLICATION_JSON)
public class EventsEndpoint {

    private final EventFeed feed;

    EventsEndpoint(EventFeed feed) {
        this.feed = feed;
    }

    /** Events in their order. */
    @Operation(summary = "Events in their order; 410 where some behind the cursor are not kept any more")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    public Uni<EventFeed.Page> list(@PathParam(ProductAddress.TENANT) String tenant, @Context UriInfo uri) {
        QueryParameters sent = new QueryParameters(uri.getQueryParameters(), AccountParameters.OF_PAGE);
        return feed.page(tenant, sent.cursor(), sent.limit());
    }
}
