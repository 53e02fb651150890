package dev.muster.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.audit.LogEntry;
import dev.muster.audit.LogQuery;
import dev.muster.audit.ProvisioningLog;
import dev.muster.stream.StreamedJson;
import dev.muster.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A tenant's provisioning log: what was asked, by whom, about whom, what became of it and what to do. */
@Tag(name = "Log", description = "Admin API: what identity providers and operators did, why it failed, what to do")
@Path("/admin/api/tenants/{id}/log")
public class LogEndpoint {

    private static final String NDJSON = "application/x-ndjson";

    private final Tenants tenants;
    private final ProvisioningLog log;
    private final ObjectMapper json;

    LogEndpoint(Tenants tenants, ProvisioningLog log, ObjectMapper json) {
        this.tenants = tenants;
        this.log = log;
        this.json = json;
    }

    /**
     * A page of entries.
     *
     * @param nextCursor for {@code after}; null on the last page
     */
    public record LogPage(
            List<LogEntryView> entries, @Nullable String nextCursor) {}

    /** Finds entries, the newest first. */
    @Operation(summary = "Finds entries, the newest first")
    @Parameter(name = "outcome", in = ParameterIn.QUERY, description = "success, unchanged or error")
    @Parameter(
            name = "person",
            in = ParameterIn.QUERY,
            description = "userName, externalId, displayName or id, exactly")
    @Parameter(name = "resourceId", in = ParameterIn.QUERY, description = "the id of a resource")
    @Parameter(name = "method", in = ParameterIn.QUERY, description = "such as POST")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "date and time with an offset, inclusive")
    @Parameter(name = "until", in = ParameterIn.QUERY, description = "date and time with an offset, exclusive")
    @Parameter(name = "requestId", in = ParameterIn.QUERY, description = "what X-Request-Id has said")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 by default")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "the nextCursor of the page before")
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<LogPage> page(@PathParam("id") String id, @Context UriInfo uri) {
        LogParameters parameters = new LogParameters(uri.getQueryParameters(), LogParameters.OF_PAGE);
        LogQuery query = parameters.query();
        int limit = parameters.limit();
        UUID after = parameters.after();
        return tenants.get(id)
                .chain(tenant -> log.page(tenant.id(), query, after, limit + 1))
                .map(found -> page(found, limit));
    }

    /** All entries that match, the oldest first, a JSON object a line. */
    @Operation(summary = "All entries that match, the oldest first, a JSON object a line")
    @Parameter(name = "outcome", in = ParameterIn.QUERY, description = "success, unchanged or error")
    @Parameter(
            name = "person",
            in = ParameterIn.QUERY,
            description = "userName, externalId, displayName or id, exactly")
    @Parameter(name = "resourceId", in = ParameterIn.QUERY, description = "the id of a resource")
    @Parameter(name = "method", in = ParameterIn.QUERY, description = "such as POST")
    @Parameter(name = "since", in = ParameterIn.QUERY, description = "date and time with an offset, inclusive")
    @Parameter(name = "until", in = ParameterIn.QUERY, description = "date and time with an offset, exclusive")
    @Parameter(name = "requestId", in = ParameterIn.QUERY, description = "what X-Request-Id has said")
    @GET
    @Path("/export")
    @Produces(NDJSON)
    public Uni<Response> export(@PathParam("id") String id, @Context UriInfo uri) {
        LogQuery query = new LogParameters(uri.getQueryParameters(), LogParameters.OF_EXPORT).query();
        return tenants.get(id)
                .map(tenant -> Response.ok(
                                new StreamedJson(log.export(tenant.id(), query).map(this::lines)))
                        .header(HttpHeaders.CONTENT_TYPE, NDJSON)
                        .build());
    }

    private String lines(List<LogEntry> page) {
        StringBuilder lines = new StringBuilder();
        for (LogEntry entry : page) {
            try {
                lines.append(json.writeValueAsString(LogEntryView.of(entry))).append('\n');
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines.toString();
    }

    private static LogPage page(List<LogEntry> found, int limit) {
        List<LogEntryView> page =
                found.stream().limit(limit).map(LogEntryView::of).toList();
        return new LogPage(page, found.size() > limit ? page.getLast().id().toString() : null);
    }
}
