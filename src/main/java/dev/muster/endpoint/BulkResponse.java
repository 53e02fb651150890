package dev.muster.endpoint;

import dev.muster.directory.BulkResult;
import dev.muster.scim.bulk.BulkRequest;
import io.smallrye.mutiny.Multi;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The body of a Bulk response (RFC 7644 §3.7.3), in pieces as its results come.
 *
 * @param base the Tenant URL: locations begin with it
 */
record BulkResponse(String base) {

    private static final String OPENING = "{\"schemas\":[\"" + BulkRequest.RESPONSE_SCHEMA + "\"],\"Operations\":[";
    private static final String END = "]}";

    /** The body, for results that come in the order of the request. */
    Multi<String> chunks(Multi<List<BulkResult>> results) {
        AtomicBoolean first = new AtomicBoolean(true);
        Multi<String> operations = results.map(some -> (first.getAndSet(false) ? "" : ",")
                + some.stream().map(result -> result.toJson(base).toString()).collect(Collectors.joining(",")));
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(OPENING),
                        operations,
                        Multi.createFrom().item(END));
    }
}
