package dev.muster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.directory.Reindexing;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.TenantSettings;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's settings document. */
@Tag(name = "Settings", description = "Admin API: a tenant's rules")
@Path("/admin/api/tenants/{id}/settings")
@Produces(MediaType.APPLICATION_JSON)
public class SettingsEndpoint {

    private final Tenants tenants;
    private final Reindexing reindexing;

    SettingsEndpoint(Tenants tenants, Reindexing reindexing) {
        this.tenants = tenants;
        this.reindexing = reindexing;
    }

    /** The settings, defaults written out. */
    @Operation(summary = "The settings, defaults written out")
    @GET
    public Uni<ObjectNode> read(@PathParam("id") String id) {
        return tenants.settings(id).map(TenantSettings::withDefaults);
    }

    /** Replaces the settings. */
    @Operation(summary = "Replaces the settings")
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<ObjectNode> replace(
            @PathParam("id") String id, @Nullable JsonNode settings, @Context RoutingContext routing) {
        if (!(settings instanceof ObjectNode document)) {
            throw TenantProblem.invalid("/", "The settings must be a JSON object.");
        }
        return tenants.putSettings(id, document).map(saved -> changed(id, saved, routing));
    }

    /** Changes the settings by a merge patch (RFC 7396). */
    @Operation(summary = "Changes the settings by a merge patch")
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Uni<ObjectNode> change(
            @PathParam("id") String id, @Nullable JsonNode patch, @Context RoutingContext routing) {
        if (!(patch instanceof ObjectNode document)) {
            throw TenantProblem.invalid("/", "A merge patch of the settings must be a JSON object (RFC 7396).");
        }
        return tenants.patchSettings(id, document).map(saved -> changed(id, saved, routing));
    }

    private ObjectNode changed(String id, Tenants.Settings settings, RoutingContext routing) {
        OperatorLog.of(routing).changes(new ChangedAttributes(List.of(), settings.changed(), List.of()));
        if (settings.schemasChanged()) {
            reindexing.begin(id);
        }
        return TenantSettings.withDefaults(settings.document());
    }
}
