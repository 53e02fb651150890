package dev.muster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * The rest of a request that is refused. Most clients read no answer before they have sent everything; one that is cut off
 * while it sends sees a broken connection instead of the reason. So the rest is read and forgotten, within bounds.
 */
final class DiscardedRest {

    private static final long MOST_BYTES = 64L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** So long an answer that was sent before the end of the request may be read, until the connection is closed. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private DiscardedRest() {}

    /** Completes when the request may be answered: it has ended, or has met a bound, and the answer will be its last. */
    static Future<Void> of(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        if (request.isEnded()) {
            return Future.succeededFuture();
        }
        Vertx vertx = routing.vertx();
        Promise<Void> answerable = Promise.promise();
        long timer = vertx.setTimer(LONGEST.toMillis(), late -> giveUp(routing, answerable));
        long[] discarded = {0};
        request.handler(chunk -> {
            discarded[0] += chunk.length();
            if (discarded[0] > MOST_BYTES) {
                giveUp(routing, answerable);
            }
        });
        request.endHandler(end -> answerable.tryComplete());
        request.exceptionHandler(answerable::tryFail);
        request.resume();
        return answerable.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Lets the answer be the last one on its connection, without waiting for the rest of the request. */
    static void closeAfterAnswer(RoutingContext routing) {
        routing.response().putHeader("Connection", "close");
        routing.addEndHandler(answered -> closeLater(routing));
    }

    /** Closes the connection behind an answer that was sent before the end of the request, and says so in the answer. */
    static void closeIfLeft(RoutingContext routing) {
        routing.addHeadersEndHandler(answering -> {
            if (!routing.request().isEnded()) {
                routing.response().putHeader("Connection", "close");
            }
        });
        routing.addEndHandler(answered -> {
            if (!routing.request().isEnded()) {
                closeLater(routing);
            }
        });
    }

    private static void closeLater(RoutingContext routing) {
        routing.vertx()
                .setTimer(
                        LINGER.toMillis(),
                        late -> routing.request().connection().close());
    }

    private static void giveUp(RoutingContext routing, Promise<Void> answerable) {
        if (!answerable.future().isComplete()) {
            closeAfterAnswer(routing);
            answerable.complete();
        }
    }
}
