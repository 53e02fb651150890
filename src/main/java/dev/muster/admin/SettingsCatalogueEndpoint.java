package dev.muster.admin;

import dev.muster.tenant.Preset;
import dev.muster.tenant.SettingsSchema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What settings there are, and what they can be taken from. */
@Tag(name = "Settings", description = "Admin API: a tenant's rules")
@Path("/admin/api")
public class SettingsCatalogueEndpoint {

    /** The presets. */
    public record Presets(List<Preset> presets) {}

    /** The JSON Schema (2020-12) of a settings document. */
    @Operation(summary = "The JSON Schema (2020-12) of a settings document")
    @GET
    @Path("/settings-schema")
    @Produces("application/schema+json")
    public String schema() {
        return SettingsSchema.document().toPrettyString();
    }

    /** The presets that the setting preset can name, with what they say. */
    @Operation(summary = "The presets that the setting preset can name, with what they say")
    @GET
    @Path("/presets")
    @Produces(MediaType.APPLICATION_JSON)
    public Presets presets() {
        return new Presets(Preset.all());
    }
}
