package dev.muster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.account.PreviewResult;
import dev.muster.account.SettingsPreview;
import dev.muster.tenant.SettingsDocuments;
import dev.muster.tenant.TenantProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What settings would do to a tenant's accounts, before they are saved. */
@Tag(name = "Settings", description = "Admin API: a tenant's rules")
@Path("/admin/api/tenants/{id}/settings/preview")
@Produces(MediaType.APPLICATION_JSON)
public class PreviewEndpoint {

    private final SettingsDocuments documents;
    private final SettingsPreview preview;

    PreviewEndpoint(SettingsDocuments documents, SettingsPreview preview) {
        this.documents = documents;
        this.preview = preview;
    }

    /** What would become of the accounts with these settings. Nothing is saved. */
    @Operation(summary = "What would become of the accounts with these settings; nothing is saved")
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<PreviewResult> replaced(@PathParam("id") String id, @Nullable JsonNode settings) {
        if (!(settings instanceof ObjectNode document)) {
            throw TenantProblem.invalid("/", "The settings must be a JSON object.");
        }
        return documents.tried(id, document).chain(preview::of);
    }

    /** What would become of the accounts after this merge patch (RFC 7396) of the settings. Nothing is saved. */
    @Operation(summary = "What would become of the accounts after this merge patch of the settings; nothing is saved")
    @POST
    @Consumes("application/merge-patch+json")
    public Uni<PreviewResult> changed(@PathParam("id") String id, @Nullable JsonNode patch) {
        if (!(patch instanceof ObjectNode document)) {
            throw TenantProblem.invalid("/", "A merge patch of the settings must be a JSON object (RFC 7396).");
        }
        return documents.triedPatch(id, document).chain(preview::of);
    }
}
