package dev.muster.admin;

import dev.muster.audit.LogDraft;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Has what operators change of a tenant stand in its provisioning log. */
class OperatorLog {

    private static final int AFTER_AUTHENTICATION = 6_500;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Map<Class<?>, String> SUBJECTS = Map.of(
            TenantsEndpoint.class, "Tenant",
            SettingsEndpoint.class, "Settings",
            TokensEndpoint.class, "Token",
            ClientsEndpoint.class, "Client",
            PendingEndpoint.class, "Pending",
            AccountsEndpoint.class, "Account",
            AccountImportEndpoint.class, "Import");

    @ServerRequestFilter(priority = AFTER_AUTHENTICATION)
    void note(ContainerRequestContext context, SimpleResourceInfo resource, RoutingContext routing) {
        String subject = SUBJECTS.get(resource.getResourceClass());
        if (subject == null || READING.contains(context.getMethod())) {
            return;
        }
        LogDraft log = of(routing);
        log.byOperator();
        log.type(subject);
        String tenant = context.getUriInfo().getPathParameters().getFirst("id");
        if (tenant != null) {
            log.tenant(tenant);
        }
    }

    /** What the log will say of a request. */
    static LogDraft of(RoutingContext routing) {
        return Objects.requireNonNull(routing.get(LogDraft.KEY));
    }
}
