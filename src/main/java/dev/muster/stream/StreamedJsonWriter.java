package dev.muster.stream;

import io.smallrye.mutiny.subscription.MultiSubscriber;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

/** Writes a {@link StreamedJson} chunk by chunk, at the client's pace, without a thread waiting for it. */
@Provider
public class StreamedJsonWriter implements ServerMessageBodyWriter<StreamedJson> {

    private static final Logger LOG = Logger.getLogger(StreamedJsonWriter.class);

    @Override
    public boolean isWriteable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == StreamedJson.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == StreamedJson.class;
    }

    @Override
    public void writeResponse(StreamedJson body, Type genericType, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        request.suspend();
        ServerHttpResponse response = context.serverResponse();
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            response.end();
            request.resume();
            return;
        }
        response.setChunked(true);
        body.chunks().subscribe().withSubscriber(new Writer(request, response));
    }

    @Override
    public void writeTo(
            StreamedJson body,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream stream) {
        throw new IllegalStateException("a streamed body is written by the server itself");
    }

    /**
     * Asks for a chunk when the one before has gone. A client that has disconnected shows as a failed write; the framework has
     * room for one close handler only, which is taken.
     */
    private static final class Writer implements MultiSubscriber<String> {

        private final ResteasyReactiveRequestContext request;
        private final ServerHttpResponse response;
        private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();

        Writer(ResteasyReactiveRequestContext request, ServerHttpResponse response) {
            this.request = request;
            this.response = response;
        }

        @Override
        public void onSubscribe(Flow.Subscription upstream) {
            subscription.set(upstream);
            upstream.request(1);
        }

        @Override
        public void onItem(String chunk) {
            response.write(chunk.getBytes(StandardCharsets.UTF_8), failure -> {
                Flow.Subscription upstream = subscription.get();
                if (upstream == null) {
                    return;
                }
                if (failure == null) {
                    upstream.request(1);
                } else {
                    subscription.set(null);
                    upstream.cancel();
                    request.close();
                }
            });
        }

        /** The status has gone out: all that is left to say is that the body is not whole, by closing the connection. */
        @Override
        public void onFailure(Throwable failure) {
            LOG.error("a response broke off while it was being read from the database", failure);
            request.serverRequest().closeConnection();
            request.close();
        }

        @Override
        public void onCompletion() {
            response.end();
            request.resume();
        }
    }
}
