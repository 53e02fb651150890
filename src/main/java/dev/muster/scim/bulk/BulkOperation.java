package dev.muster.scim.bulk;

import dev.muster.scim.error.ScimError;
import dev.muster.scim.resource.Identity;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a Bulk request (RFC 7644 §3.7).
 *
 * @param index its place in the request, from 0
 * @param method null where it is none that there is
 * @param bulkId as the client wrote it, null where there is none that is acceptable
 * @param path null where it cannot be understood
 * @param version what stands for the header If-Match, null where there is none
 * @param data null where there is none; there for POST, PUT and PATCH without a fault
 * @param fault what is wrong with the operation itself, null where nothing is: then {@code method} and {@code path} are there
 */
public record BulkOperation(
        int index,
        @Nullable BulkMethod method,
        @Nullable String bulkId,
        @Nullable BulkPath path,
        @Nullable String version,
        @Nullable OperationData data,
        @Nullable ScimError fault) {

    /** Whom it is about, by what was sent of them. */
    public Identity identity() {
        boolean whole = method == BulkMethod.POST || method == BulkMethod.PUT;
        return data == null || !whole ? Identity.UNKNOWN : data.identity();
    }
}
