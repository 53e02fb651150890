package dev.muster.endpoint;

import dev.muster.audit.LogDraft;
import dev.muster.tenant.Tenant;
import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * What the filters have found out about a request.
 *
 * @param base the Tenant URL as this client sees it: locations begin with it
 * @param log takes what is found out later
 */
record ScimRequest(Tenant tenant, String base, LogDraft log) {

    private static final String PROPERTY = ScimRequest.class.getName();

    /** Leaves this for the resource method. */
    void attach(ContainerRequestContext context) {
        context.setProperty(PROPERTY, this);
    }

    /** What was left; the authentication filter has always run before. */
    static ScimRequest of(ContainerRequestContext context) {
        if (context.getProperty(PROPERTY) instanceof ScimRequest request) {
            return request;
        }
        throw new IllegalStateException("a SCIM request has passed without authentication");
    }
}
