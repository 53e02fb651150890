package dev.muster;

import dev.muster.stream.SmallRequest;
import dev.muster.stream.StreamedRequest;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response.Status;
import java.io.ByteArrayInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * Reads request bodies, after authentication and without a thread waiting for them. No more than the limit is ever kept: of a
 * body without Content-Length the size shows only while it is read.
 */
class RequestBodyFilter {

    private static final int AFTER_AUTHENTICATION = 6_000;

    private final long largest;

    RequestBodyFilter(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        this.largest = largest.asLongValue();
    }

    @ServerRequestFilter(priority = AFTER_AUTHENTICATION)
    Uni<Void> read(ContainerRequestContext context, SimpleResourceInfo resource, RoutingContext routing) {
        if (routing.request().isEnded() || resource.getResourceClass().isAnnotationPresent(StreamedRequest.class)) {
            return Uni.createFrom().voidItem();
        }
        long limit = largest(resource.getResourceClass());
        return Uni.createFrom()
                .<Buffer>emitter(body -> read(routing, limit, body))
                .invoke(body -> {
                    if (body.length() > 0) {
                        context.setEntityStream(new ByteArrayInputStream(body.getBytes()));
                    }
                })
                .replaceWithVoid();
    }

    private long largest(Class<?> resource) {
        SmallRequest small = resource.getAnnotation(SmallRequest.class);
        return small == null ? largest : Math.min(largest, small.bytes());
    }

    private static void read(RoutingContext routing, long limit, UniEmitter<? super Buffer> whole) {
        HttpServerRequest request = routing.request();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > limit) {
                DiscardedRest.of(routing)
                        .onComplete(rest -> whole.fail(new WebApplicationException(Status.REQUEST_ENTITY_TOO_LARGE)));
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> whole.complete(body));
        request.exceptionHandler(broken -> whole.fail(new WebApplicationException(broken, Status.BAD_REQUEST)));
        request.resume();
    }
}
