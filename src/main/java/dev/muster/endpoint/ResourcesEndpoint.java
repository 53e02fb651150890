package dev.muster.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.audit.LogDraft;
import dev.muster.directory.AsyncRequests;
import dev.muster.directory.Directory;
import dev.muster.directory.EntityTags;
import dev.muster.directory.StoredResource;
import dev.muster.directory.WrittenResource;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.resource.Identity;
import dev.muster.scim.resource.Projection;
import dev.muster.scim.schema.ResourceType;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Users, groups and every other resource type of a tenant (RFC 7644 §3). */
@Tag(name = "SCIM", description = "RFC 7644: users and groups, under the Tenant URL")
@Path("/t/{tenant}/scim/v2/{endpoint}")
@Cancellable(false) // What has been begun is done, and logged, whoever waits for it.
public class ResourcesEndpoint {

    private final Directory directory;
    private final Queries queries;
    private final Bodies bodies;
    private final RequestBodies requestBodies;
    private final AsyncRequests requests;
    private final AsyncResponses async;

    ResourcesEndpoint(
            Directory directory,
            Queries queries,
            Bodies bodies,
            RequestBodies requestBodies,
            AsyncRequests requests,
            AsyncResponses async) {
        this.directory = directory;
        this.queries = queries;
        this.bodies = bodies;
        this.requestBodies = requestBodies;
        this.requests = requests;
        this.async = async;
    }

    /** Creates a resource (RFC 7644 §3.3). */
    @Operation(summary = "Creates a resource")
    @POST
    public Uni<Response> create(
            @Context ContainerRequestContext context, @PathParam("endpoint") String endpoint, byte[] body) {
        Target target = target(context, endpoint);
        Projection projection = projection(context, target);
        ObjectNode document = requestBodies.parse(context.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        target.log().who(Identity.of(document));
        return directory
                .create(target.tenant(), target.type(), document)
                .map(created -> written(target, created))
                .chain(created -> respond(target, afterWriting(target, projection, document), created, 201));
    }

    /** Reads a resource (RFC 7644 §3.4.1). */
    @Operation(summary = "Reads a resource")
    @GET
    @Path("/{id}")
    public Uni<Response> read(
            @Context ContainerRequestContext context,
            @PathParam("endpoint") String endpoint,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Target target = target(context, endpoint, id);
        Projection projection = projection(context, target);
        boolean withGroups = target.representation(projection).wantsGroups();
        return directory
                .get(target.tenant(), target.type(), id, withGroups)
                .chain(found -> ifNoneMatch != null && EntityTags.matches(ifNoneMatch, found.version())
                        ? Uni.createFrom()
                                .item(Response.notModified()
                                        .header(HttpHeaders.ETAG, found.entityTag())
                                        .build())
                        : respond(target, projection, found, 200));
    }

    /** Queries resources (RFC 7644 §3.4.2). */
    @Operation(summary = "Queries resources")
    @GET
    public Uni<Response> query(@Context ContainerRequestContext context, @PathParam("endpoint") String endpoint) {
        Target target = target(context, endpoint);
        return queries.ofType(target.request(), target.type(), queries.inAddress(context));
    }

    /** Queries resources with the parameters in the body, where no log of addresses sees them (RFC 7644 §3.4.3). */
    @Operation(summary = "Queries resources with the parameters in the body, where no log of addresses sees them")
    @POST
    @Path("/.search")
    public Uni<Response> search(
            @Context ContainerRequestContext context, @PathParam("endpoint") String endpoint, byte[] body) {
        Target target = target(context, endpoint);
        return queries.ofType(target.request(), target.type(), queries.inBody(context, body));
    }

    /** Replaces a resource (RFC 7644 §3.5.1). */
    @Operation(summary = "Replaces a resource")
    @PUT
    @Path("/{id}")
    public Uni<Response> replace(
            @Context ContainerRequestContext context,
            @PathParam("endpoint") String endpoint,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte[] body) {
        Target target = target(context, endpoint, id);
        Projection projection = projection(context, target);
        ObjectNode document = requestBodies.parse(context.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        target.log().who(Identity.of(document));
        boolean withGroups = target.representation(projection).wantsGroups();
        return directory
                .replace(target.tenant(), target.type(), id, document, ifMatch, withGroups)
                .map(replaced -> written(target, replaced))
                .chain(replaced -> respond(target, afterWriting(target, projection, document), replaced, 200));
    }

    /**
     * Modifies a resource (RFC 7644 §3.5.2). A group answers 204 unless attributes are asked for: its members are never read
     * for an answer nobody needs.
     */
    @Operation(summary = "Modifies a resource")
    @PATCH
    @Path("/{id}")
    public Uni<Response> modify(
            @Context ContainerRequestContext context,
            @PathParam("endpoint") String endpoint,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            byte[] body) {
        Target target = target(context, endpoint, id);
        Projection projection = projection(context, target);
        ObjectNode request = requestBodies.parse(context.getHeaderString(HttpHeaders.CONTENT_TYPE), body);
        boolean silent =
                projection.isDefault() && target.representation(projection).wantsMembers();
        return directory
                .patch(
                        target.tenant(),
                        target.type(),
                        id,
                        request,
                        ifMatch,
                        target.representation(projection).wantsGroups())
                .map(patched -> written(target, patched))
                .chain(patched -> silent
                        ? Uni.createFrom()
                                .item(Response.noContent()
                                        .header(HttpHeaders.ETAG, patched.entityTag())
                                        .build())
                        : respond(target, afterWriting(target, projection, request), patched, 200));
    }

    /** Deletes a resource (RFC 7644 §3.6); later where the client prefers so, for a large group takes its time. */
    @Operation(summary = "Deletes a resource")
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(
            @Context ContainerRequestContext context,
            @PathParam("endpoint") String endpoint,
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch) {
        Target target = target(context, endpoint, id);
        Preferences preferences = Preferences.of(context);
        if (preferences.respondAsync()) {
            return requests.delete(target.tenant(), target.type(), id, ifMatch, AsyncResponses.client(target.request()))
                    .chain(txn -> async.accepted(target.request(), txn, preferences));
        }
        return directory
                .delete(target.tenant(), target.type(), id, ifMatch)
                .map(gone -> written(target, gone))
                .map(gone -> Response.noContent().build());
    }

    private Uni<Response> respond(Target target, Projection projection, StoredResource resource, int status) {
        Representation representation = target.representation(projection);
        return bodies.single(target.tenant(), representation, resource).map(body -> {
            Response.ResponseBuilder response = ScimResponses.ok(body)
                    .status(status)
                    .header(HttpHeaders.ETAG, resource.entityTag())
                    .header(HttpHeaders.LOCATION, representation.location(resource.id()));
            return response.build();
        });
    }

    private static StoredResource written(Target target, WrittenResource written) {
        LogDraft log = target.log();
        log.resource(written.resource().id());
        log.who(written.notes().identity());
        log.changes(written.notes().changes());
        written.notes().ignored().forEach(log::ignored);
        return written.resource();
    }

    private static Projection projection(ContainerRequestContext context, Target target) {
        MultivaluedMap<String, String> parameters = context.getUriInfo().getQueryParameters();
        return Projection.of(
                target.type(),
                target.tenant().settings().conformance(),
                Projection.names(parameters.getFirst("attributes")),
                Projection.names(parameters.getFirst("excludedAttributes")));
    }

    private static Projection afterWriting(Target target, Projection projection, ObjectNode body) {
        return projection.afterWriting(body, target.tenant().settings().conformance());
    }

    private static Target target(ContainerRequestContext context, String endpoint, String id) {
        ScimRequest.of(context).log().resource(id);
        return target(context, endpoint);
    }

    private static Target target(ContainerRequestContext context, String endpoint) {
        ScimRequest request = ScimRequest.of(context);
        ResourceType type = request.tenant()
                .schemas()
                .byEndpoint("/" + endpoint)
                .orElseThrow(() -> ScimException.of(
                        404, "There is no such endpoint. The endpoints of this tenant stand in /ResourceTypes."));
        request.log().type(type.name());
        return new Target(request, type);
    }
}
