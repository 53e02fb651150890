package dev.muster.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.bulk.BulkMethod;
import dev.muster.scim.error.ScimError;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What has become of one operation of a Bulk request (RFC 7644 §3.7.3).
 *
 * @param index its place in the request, from 0
 * @param method null where it had none that there is
 * @param bulkId as the client sent it
 * @param path of the resource, relative to the Tenant URL, such as {@code /Users/2819c223}; null for a creation that has
 *     failed, and where the operation names no resource
 * @param version of the resource afterwards; null where it is gone or the operation has failed
 * @param status as a request of its own would have been answered
 * @param error null where the operation has succeeded
 * @param target the write that was wanted, as the log tells it
 */
public record BulkResult(
        int index,
        @Nullable BulkMethod method,
        @Nullable String bulkId,
        @Nullable String path,
        @Nullable Long version,
        int status,
        @Nullable ScimError error,
        Target target) {

    /**
     * What an operation was about.
     *
     * @param type the resource type's name, null where there is none of that
     * @param id null where nothing could be written and the operation's path has none
     */
    public record Target(@Nullable String type, @Nullable UUID id, WriteNotes notes) {}

    /**
     * The operation in a Bulk response.
     *
     * @param base the Tenant URL: locations begin with it
     */
    public ObjectNode toJson(String base) {
        ObjectNode json = Documents.object();
        if (path != null) {
            json.put("location", base + path);
        }
        if (method != null) {
            json.put("method", method.name());
        }
        if (bulkId != null) {
            json.put("bulkId", bulkId);
        }
        if (version != null) {
            json.put("version", EntityTags.of(version));
        }
        json.put("status", Integer.toString(status));
        if (error != null) {
            json.set("response", error.toJson());
        }
        return json;
    }

    /** Whether the operation has failed. */
    public boolean failed() {
        return error != null;
    }
}
