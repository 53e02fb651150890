package dev.muster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.audit.LogDraft;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Errors that arise before a resource class is found, or where the framework gives up: answered in the form of all others. */
@ApplicationScoped
class TransportErrors {

    private static final Logger LOG = Logger.getLogger(TransportErrors.class);

    /** Ahead of the framework's own handler, which answers with a page or with nothing. */
    private static final int ORDER = -10_000;

    private static final int[] ROUTER_ERRORS = {400, 404, 405, 406, 413, 414, 415, 500};

    private final ObjectMapper json;

    TransportErrors(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        for (int status : ROUTER_ERRORS) {
            router.errorHandler(status, routing -> send(routing, status));
        }
        router.route().order(ORDER).failureHandler(this::failed);
    }

    private void failed(RoutingContext routing) {
        int status = routing.statusCode() < 400 ? 500 : routing.statusCode();
        if (status >= 500) {
            LogDraft draft = Objects.requireNonNull(routing.get(LogDraft.KEY));
            LOG.errorf(
                    routing.failure(), "requestId=%s: the framework has failed to answer a request", draft.requestId());
        }
        send(routing, status);
    }

    /** Answers with an error; where an answer has begun already, all that can be done is to break it off. */
    void send(RoutingContext routing, int status) {
        HttpServerResponse response = routing.response();
        if (response.headWritten()) {
            if (!response.ended()) {
                routing.request().connection().close();
            }
            return;
        }
        Response rendered = Failures.rendered(path(routing), status, routing);
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, rendered.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .end(text(rendered.getEntity()));
    }

    /** As it was sent: one that cannot be decoded is among the reasons to be here. */
    private static String path(RoutingContext routing) {
        String path = routing.request().path();
        return path == null ? "" : path;
    }

    private String text(Object entity) {
        try {
            return entity instanceof String text ? text : json.writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
