package dev.muster;

import dev.muster.audit.LogDraft;
import dev.muster.audit.ProvisioningLog;
import dev.muster.endpoint.ScimFailures;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Gives every request an id and a draft of its entry in the provisioning log, before anything else sees it, and has the entry
 * written when the response has gone. A client that does not wait for its response is no reason not to log: then the entry is
 * due when the work has come to its end.
 */
@ApplicationScoped
class RequestLog {

    private static final String REQUEST_ID = "X-Request-Id";

    /** Ahead of {@link RequestLimits}, whose refusals are logged too. */
    private static final int PRIORITY = 2_000;

    private final ProvisioningLog log;

    RequestLog(ProvisioningLog log) {
        this.log = log;
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, PRIORITY);
    }

    private void begin(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        LogDraft draft = new LogDraft(request.method().name(), request.getHeader(REQUEST_ID));
        routing.put(LogDraft.KEY, draft);
        routing.response().putHeader(REQUEST_ID, draft.requestId());
        routing.addEndHandler(end -> ended(routing, draft));
        routing.next();
    }

    /** The status is known; the body may be on its way. */
    @ServerResponseFilter
    void answered(ContainerResponseContext response, RoutingContext routing) {
        LogDraft draft = Objects.requireNonNull(routing.get(LogDraft.KEY));
        draft.answered(response.getStatus());
        if (draft.isAbandoned()) {
            write(routing, draft);
        }
    }

    /** The response has gone, or the connection. */
    private void ended(RoutingContext routing, LogDraft draft) {
        boolean whole = routing.response().ended();
        if (!draft.isAnswered() && !whole) {
            draft.abandoned();
            return;
        }
        if (!draft.isAnswered()) {
            draft.answered(routing.response().getStatusCode());
        } else if (!whole) {
            draft.brokeOff();
        }
        write(routing, draft);
    }

    private void write(RoutingContext routing, LogDraft draft) {
        if (draft.isError()) {
            ScimFailures.address(routing.normalizedPath(), draft);
        }
        log.add(draft);
    }
}
