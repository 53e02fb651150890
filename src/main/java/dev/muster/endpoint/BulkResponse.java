package dev.muster.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.directory.BulkResult;
import dev.muster.directory.Documents;
import dev.muster.directory.EntityTags;
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
                + some.stream().map(this::operation).map(ObjectNode::toString).collect(Collectors.joining(",")));
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(OPENING),
                        operations,
                        Multi.createFrom().item(END));
    }

    private ObjectNode operation(BulkResult result) {
        ObjectNode operation = Documents.object();
        if (result.path() != null) {
            operation.put("location", base + result.path());
        }
        if (result.method() != null) {
            operation.put("method", result.method().name());
        }
        if (result.bulkId() != null) {
            operation.put("bulkId", result.bulkId());
        }
        if (result.version() != null) {
            operation.put("version", EntityTags.of(result.version()));
        }
        operation.put("status", Integer.toString(result.status()));
        if (result.error() != null) {
            operation.set("response", result.error().toJson());
        }
        return operation;
    }
}
