package dev.muster.admin;

import dev.muster.directory.TenantErasure;
import dev.muster.rest.BaseUrl;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tenants: create, list, read, enable and disable, delete. */
@Tag(name = "Tenants", description = "Admin API: customers of the vendor")
@Path("/admin/api/tenants")
@Produces(MediaType.APPLICATION_JSON)
public class TenantsEndpoint {

    private static final int LARGEST_PAGE = 1_000;

    private final Tenants tenants;
    private final TenantErasure erasure;
    private final BaseUrl baseUrl;

    TenantsEndpoint(Tenants tenants, TenantErasure erasure, BaseUrl baseUrl) {
        this.tenants = tenants;
        this.erasure = erasure;
        this.baseUrl = baseUrl;
    }

    /** A new tenant. */
    public record NewTenant(@Nullable String id, @Nullable String displayName) {}

    /** What may be changed of a tenant; what is absent stays (RFC 7396). */
    public record TenantChange(
            @Nullable String displayName, @Nullable Boolean enabled) {}

    /**
     * A page of tenants by id.
     *
     * @param nextCursor for {@code after}; null on the last page
     */
    public record TenantPage(
            List<TenantView> tenants, @Nullable String nextCursor) {}

    /** Lists tenants by id. */
    @Operation(summary = "Lists tenants by id")
    @GET
    public Uni<TenantPage> list(
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") int limit,
            @Context UriInfo uri) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw TenantProblem.invalid("limit", "Must lie between 1 and " + LARGEST_PAGE + ".");
        }
        String base = baseUrl.of(uri);
        return tenants.list(after, limit + 1).map(found -> {
            List<TenantView> page = found.stream()
                    .limit(limit)
                    .map(tenant -> TenantView.of(tenant, base))
                    .toList();
            return new TenantPage(page, found.size() > limit ? page.getLast().id() : null);
        });
    }

    /** Creates a tenant. */
    @Operation(summary = "Creates a tenant")
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Response> create(@Nullable NewTenant request, @Context UriInfo uri, @Context RoutingContext routing) {
        if (request == null || request.id() == null) {
            throw TenantProblem.invalid("id", "Is required; it must match [a-z0-9-]{1,63}.");
        }
        OperatorLog.of(routing).tenant(request.id());
        return tenants.create(request.id(), request.displayName())
                .map(tenant -> Response.created(URI.create(baseUrl.of(uri) + "/admin/api/tenants/" + tenant.id()))
                        .entity(TenantView.of(tenant, baseUrl.of(uri)))
                        .build());
    }

    /** Reads a tenant. */
    @Operation(summary = "Reads a tenant")
    @GET
    @Path("/{id}")
    public Uni<TenantView> read(@PathParam("id") String id, @Context UriInfo uri) {
        return tenants.get(id).map(tenant -> TenantView.of(tenant, baseUrl.of(uri)));
    }

    /** Renames a tenant, or opens and closes its SCIM endpoint. */
    @Operation(summary = "Renames a tenant, or opens and closes its SCIM endpoint")
    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Uni<TenantView> change(
            @PathParam("id") String id,
            @Nullable TenantChange change,
            @Context UriInfo uri,
            @Context RoutingContext routing) {
        if (change == null) {
            throw TenantProblem.invalid("/", "A JSON object with displayName or enabled is required.");
        }
        return tenants.update(id, change.displayName(), change.enabled())
                .invoke(() ->
                        OperatorLog.of(routing).changes(new ChangedAttributes(List.of(), names(change), List.of())))
                .map(tenant -> TenantView.of(tenant, baseUrl.of(uri)));
    }

    private static List<String> names(TenantChange change) {
        List<String> names = new ArrayList<>();
        if (change.displayName() != null) {
            names.add("displayName");
        }
        if (change.enabled() != null) {
            names.add("enabled");
        }
        return names;
    }

    /** Deletes a tenant with everything in it: out of sight at once; 202 where erasing its data goes on in the background. */
    @Operation(
            summary =
                    "Deletes a tenant with everything in it: out of sight at once; 202 where erasing its data goes on in the background")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") String id) {
        return erasure.erase(id)
                .map(erased -> Response.status(erased ? Response.Status.NO_CONTENT : Response.Status.ACCEPTED)
                        .build());
    }
}
