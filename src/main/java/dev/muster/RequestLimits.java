package dev.muster;

import dev.muster.admin.AccountImportEndpoint;
import dev.muster.limit.LimitsConfig;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What a request may be, before anything of Muster has seen it. The transport has limits of its own, which must be wider: it
 * answers without a body.
 */
@ApplicationScoped
class RequestLimits {

    /** Ahead of the framework's own check of the size, which cuts the connection. */
    private static final int PRIORITY = 1_000;

    private static final String CONTINUE = "100-continue";

    private final LimitsConfig limits;
    private final long largestBody;
    private final TransportErrors errors;

    RequestLimits(
            LimitsConfig limits,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody,
            TransportErrors errors) {
        this.limits = limits;
        this.largestBody = largestBody.asLongValue();
        this.errors = errors;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.uri().length() > limits.addressLength()) {
            refuse(routing, 414);
        } else if (sizeOfHeaders(request) > limits.headerSize()) {
            refuse(routing, 431);
        } else if (AccountImportEndpoint.isAt(routing.normalizedPath())) {
            letStream(routing);
        } else if (declaredLength(request) > largestBody) {
            refuse(routing, 413);
        } else {
            askForBody(request);
            routing.next();
        }
    }

    /** For a body that is read while it is received, however long it is: the framework would look at its length too. */
    private static void letStream(RoutingContext routing) {
        routing.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
        DiscardedRest.closeIfLeft(routing);
        askForBody(routing.request());
        routing.next();
    }

    private void refuse(RoutingContext routing, int status) {
        if (waitsForPermission(routing.request())) {
            DiscardedRest.closeAfterAnswer(routing);
            errors.send(routing, status);
            return;
        }
        DiscardedRest.of(routing).onSuccess(rest -> errors.send(routing, status));
    }

    /** A client that asks whether to send its body is told so here, where its size has been looked at. */
    private static void askForBody(HttpServerRequest request) {
        if (waitsForPermission(request)) {
            request.headers().remove(HttpHeaders.EXPECT);
            request.response().writeContinue();
        }
    }

    private static boolean waitsForPermission(HttpServerRequest request) {
        return CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    /** The Content-Length; the transport lets no other than a number pass. */
    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    private static int sizeOfHeaders(HttpServerRequest request) {
        int size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            size += header.getKey().length() + header.getValue().length() + 4;
        }
        return size;
    }
}
