package dev.muster.scim.bulk;

import org.jspecify.annotations.Nullable;

/**
 * Where an operation acts: an endpoint, or a resource of it.
 *
 * @param endpoint with a leading slash, such as {@code /Users}; whether the tenant has it is not known here
 * @param id the resource's id or a reference such as {@code bulkId:qwerty}; null for the endpoint itself
 */
public record BulkPath(String endpoint, @Nullable String id) {

    /** The bulkId that stands for the id; null where there is none. */
    public @Nullable String bulkId() {
        return id != null && id.startsWith(BulkReferences.PREFIX) ? id.substring(BulkReferences.PREFIX.length()) : null;
    }

    @Override
    public String toString() {
        return id == null ? endpoint : endpoint + "/" + id;
    }
}
