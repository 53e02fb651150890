package dev.muster.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.directory.AsyncRequests;
import dev.muster.directory.AsyncStatus;
import dev.muster.directory.Documents;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.stream.StreamedJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Answers requests with {@code Prefer: respond-async} (RFC 9967 §2.5.1.1), and the questions how far they have come. */
@ApplicationScoped
class AsyncResponses {

    /** The path of the status of requests under the Tenant URL; no resource type can have it. */
    static final String PATH = ".async";

    private static final String STATUS = "urn:muster:scim:api:messages:1.0:AsyncRequest";

    /** Whoever wants to wait longer asks for the status. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LATER_LOOKS = Duration.ofMillis(500);
    private static final String RETRY_AFTER_SECONDS = "2";

    private final AsyncRequests requests;

    AsyncResponses(AsyncRequests requests) {
        this.requests = requests;
    }

    /** Who asks; the request has passed with a token. */
    static AsyncRequests.Client client(ScimRequest request) {
        return new AsyncRequests.Client(Objects.requireNonNull(request.log().token()), request.base());
    }

    /**
     * The answer to a request that has been accepted: the ordinary one if it is done within the time that the client waits,
     * else 202.
     */
    Uni<Response> accepted(ScimRequest request, UUID txn, Preferences preferences) {
        Duration wait = preferences.patience().compareTo(LONGEST_WAIT) < 0 ? preferences.patience() : LONGEST_WAIT;
        Response later = Response.accepted()
                .header("Set-Txn", txn)
                .header("Preference-Applied", "respond-async")
                .header(HttpHeaders.LOCATION, request.base() + "/" + PATH + "/" + txn)
                .build();
        return wait.isZero()
                ? Uni.createFrom().item(later)
                : awaited(request, txn, Instant.now().plus(wait), FIRST_LOOK)
                        .chain(status -> status.finished()
                                ? ordinary(request, status)
                                : Uni.createFrom().item(later));
    }

    /** How far a request has come (202), or its results in the form of a Bulk response (RFC 7644 §3.7.3). */
    Uni<Response> status(ScimRequest request, String txn) {
        return requests.status(request.tenant(), txn)
                .map(status -> status.finished()
                        ? ScimResponses.ok(bulkResponse(request, status.txn())).build()
                        : ScimResponses.ok((Object) progress(status))
                                .status(Response.Status.ACCEPTED)
                                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                                .build());
    }

    /** The status when the request is finished, or when there is no time to look again. */
    private Uni<AsyncStatus> awaited(ScimRequest request, UUID txn, Instant deadline, Duration pause) {
        return requests.status(request.tenant(), txn.toString()).chain(status -> {
            if (status.finished() || Instant.now().plus(pause).isAfter(deadline)) {
                return Uni.createFrom().item(status);
            }
            Duration doubled = pause.multipliedBy(2);
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(pause)
                    .chain(() -> awaited(
                            request, txn, deadline, doubled.compareTo(LATER_LOOKS) < 0 ? doubled : LATER_LOOKS));
        });
    }

    private Uni<Response> ordinary(ScimRequest request, AsyncStatus status) {
        return status.bulk()
                ? Uni.createFrom()
                        .item(ScimResponses.ok(bulkResponse(request, status.txn()))
                                .build())
                : requests.results(request.tenant(), status.txn())
                        .collect()
                        .with(Collectors.joining())
                        .map(result -> single(Documents.parse(result)));
    }

    /** The answer that an operation in a Bulk response would have got on its own. */
    private static Response single(JsonNode result) {
        int status = Integer.parseInt(result.path("status").asText());
        JsonNode error = result.path("response");
        return error.isObject()
                ? ScimResponses.ok((Object) error.toString()).status(status).build()
                : Response.status(status).build();
    }

    private StreamedJson bulkResponse(ScimRequest request, UUID txn) {
        Multi<String> pieces = requests.results(request.tenant(), txn);
        return new StreamedJson(Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom()
                                .item("{\"schemas\":[\"" + BulkRequest.RESPONSE_SCHEMA + "\"],\"Operations\":["),
                        separated(pieces),
                        Multi.createFrom().item("]}")));
    }

    private static Multi<String> separated(Multi<String> pieces) {
        boolean[] more = {false};
        return pieces.map(piece -> {
            String separator = more[0] ? "," : "";
            more[0] = true;
            return separator + piece;
        });
    }

    private static String progress(AsyncStatus status) {
        var json = Documents.object();
        json.putArray("schemas").add(STATUS);
        json.put("txn", status.txn().toString())
                .put("accepted", status.created().toString());
        json.putObject("operations").put("total", status.total()).put("done", status.done());
        return json.toString();
    }
}
