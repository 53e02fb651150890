package dev.muster.endpoint;

import dev.muster.stream.StreamedJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Only in tests: endpoints under a Tenant URL that break. */
@Path("/t/{tenant}/scim/v2/Broken")
public class FailingEndpoint {

    /** Fails before there is an answer. */
    @Operation(hidden = true)
    @GET
    public Uni<Response> fails() {
        throw new IllegalStateException("secret internals");
    }

    /** Fails in the middle of an answer. */
    @Operation(hidden = true)
    @GET
    @Path("/half")
    public Uni<Response> failsHalfWay() {
        Multi<String> chunks = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item("{\"Resources\":["),
                        Multi.createFrom().failure(new IllegalStateException("secret internals")));
        return Uni.createFrom().item(ScimResponses.ok(new StreamedJson(chunks)).build());
    }
}
