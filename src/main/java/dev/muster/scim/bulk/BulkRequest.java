package dev.muster.scim.bulk;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Bulk request (RFC 7644 §3.7).
 *
 * @param failOnErrors after so many errors nothing more is done; null where all operations are tried
 * @param operations in the order in which they were sent
 */
public record BulkRequest(@Nullable Integer failOnErrors, List<BulkOperation> operations) {

    /** The schema URI of a request. */
    public static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    /** The schema URI of a response. */
    public static final String RESPONSE_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    public BulkRequest {
        operations = List.copyOf(operations);
    }

    /** The places of the operations that create a resource, by their bulkIds. */
    public Map<String, Integer> creations() {
        Map<String, Integer> creations = new HashMap<>();
        for (BulkOperation operation : operations) {
            if (operation.method() == BulkMethod.POST && operation.bulkId() != null) {
                creations.putIfAbsent(operation.bulkId(), operation.index());
            }
        }
        return Collections.unmodifiableMap(creations);
    }

    /** The bulkIds that an operation refers to, in its path or its data. */
    public static Set<String> references(BulkOperation operation) {
        Set<String> references = new LinkedHashSet<>();
        if (operation.path() != null && operation.path().bulkId() != null) {
            references.add(operation.path().bulkId());
        }
        if (operation.data() != null) {
            references.addAll(operation.data().references());
        }
        return references;
    }
}
