package dev.muster.endpoint;

import dev.muster.audit.LogDraft;
import dev.muster.tenant.Credential;
import dev.muster.tenant.Tenant;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the filters have found out about a request.
 *
 * @param base the Tenant URL as this client sees it: locations begin with it
 * @param credential who asks; null where discovery is read without a token
 * @param log takes what is found out later
 */
record ScimRequest(Tenant tenant, String base, @Nullable Credential credential, LogDraft log) {

    private static final String PROPERTY = ScimRequest.class.getName();

    /** The user whose token it is; empty where it is no person's. */
    Optional<UUID> person() {
        return Optional.ofNullable(credential).map(Credential::userId);
    }

    /** Tells those who ask apart. */
    String reader() {
        return credential == null ? "" : credential.sender();
    }

    /** Leaves this for the resource method. */
    void attach(ContainerRequestContext context) {
        context.setProperty(PROPERTY, this);
    }

    /** What was left; the authentication filter has always run before. */
    static ScimRequest of(ContainerRequestContext context) {
        return find(context)
                .orElseThrow(() -> new IllegalStateException("a SCIM request has passed without authentication"));
    }

    /** What was left; empty where the request was not admitted. */
    static Optional<ScimRequest> find(ContainerRequestContext context) {
        return context.getProperty(PROPERTY) instanceof ScimRequest request ? Optional.of(request) : Optional.empty();
    }
}
