package dev.muster.endpoint;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** "In any response, the HTTP Location header MUST be the permanent location of the aliased resource" (RFC 7644 §3.11). */
class MeLocation {

    @ServerResponseFilter
    void location(ContainerRequestContext request, ContainerResponseContext response) {
        if (ScimAddress.isMe(request.getUriInfo().getPath())
                && request.getProperty(ScimRequest.class.getName()) instanceof ScimRequest scim) {
            scim.person()
                    .ifPresent(
                            id -> response.getHeaders().putSingle(HttpHeaders.LOCATION, scim.base() + "/Users/" + id));
        }
    }
}
