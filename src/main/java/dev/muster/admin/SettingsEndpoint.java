package dev.muster.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.directory.EntityTags;
import dev.muster.scim.resource.ChangedAttributes;
import dev.muster.tenant.SettingsDocuments;
import dev.muster.tenant.TenantProblem;
import dev.muster.tenant.TenantSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.LongPredicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** A tenant's settings document. */
@Tag(name = "Settings", description = "Admin API: a tenant's rules")
@Path("/admin/api/tenants/{id}/settings")
@Produces(MediaType.APPLICATION_JSON)
public class SettingsEndpoint {

    private final SettingsDocuments documents;

    SettingsEndpoint(SettingsDocuments documents) {
        this.documents = documents;
    }

    /** The settings, defaults written out; 304 where the reader has this version. */
    @Operation(summary = "The settings, defaults written out; 304 where the reader has this version")
    @GET
    public Uni<RestResponse<ObjectNode>> read(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        return documents
                .get(id)
                .map(settings -> ifNoneMatch != null && EntityTags.matches(ifNoneMatch, settings.version())
                        ? ResponseBuilder.<ObjectNode>notModified()
                                .header(HttpHeaders.ETAG, tag(settings))
                                .build()
                        : whole(settings));
    }

    /** Replaces the settings; 412 where they are not those of the header If-Match any more. */
    @Operation(summary = "Replaces the settings; 412 where they are not those of the header If-Match any more")
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<ObjectNode>> replace(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable JsonNode settings,
            @Context RoutingContext routing) {
        if (!(settings instanceof ObjectNode document)) {
            throw TenantProblem.invalid("/", "The settings must be a JSON object.");
        }
        return documents.put(id, document, expected(ifMatch)).map(saved -> changed(saved, routing));
    }

    /** Changes the settings by a merge patch (RFC 7396); 412 where they are not those of the header If-Match any more. */
    @Operation(
            summary =
                    "Changes the settings by a merge patch; 412 where they are not those of the header If-Match any more")
    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    public Uni<RestResponse<ObjectNode>> change(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable JsonNode patch,
            @Context RoutingContext routing) {
        if (!(patch instanceof ObjectNode document)) {
            throw TenantProblem.invalid("/", "A merge patch of the settings must be a JSON object (RFC 7396).");
        }
        return documents.patch(id, document, expected(ifMatch)).map(saved -> changed(saved, routing));
    }

    private static LongPredicate expected(@Nullable String ifMatch) {
        return version -> ifMatch == null || EntityTags.matches(ifMatch, version);
    }

    private static RestResponse<ObjectNode> changed(SettingsDocuments.Settings settings, RoutingContext routing) {
        OperatorLog.of(routing).changes(new ChangedAttributes(List.of(), settings.changed(), List.of()));
        return whole(settings);
    }

    private static RestResponse<ObjectNode> whole(SettingsDocuments.Settings settings) {
        return ResponseBuilder.ok(TenantSettings.withDefaults(settings.document()))
                .header(HttpHeaders.ETAG, tag(settings))
                .build();
    }

    private static String tag(SettingsDocuments.Settings settings) {
        return "\"" + settings.version() + "\"";
    }
}
