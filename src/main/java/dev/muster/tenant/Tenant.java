package dev.muster.tenant;

import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.filter.Filter;
import dev.muster.scim.schema.SchemaRegistry;
import java.time.Instant;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A tenant: one customer of the vendor.
 *
 * @param id {@code [a-z0-9-]{1,63}}; leads every key of its data
 * @param enabled whether its SCIM endpoint answers
 * @param settings its rules
 * @param schemas the resource types and schemas that its settings give
 * @param scope the users that there are for SCIM, null for all; what that means is for the room {@code directory} to say
 * @param cursorKey seals the cursors of its lists; the same on every replica
 * @param version counts the changes of the tenant's own row
 */
public record Tenant(
        String id,
        String displayName,
        boolean enabled,
        TenantSettings settings,
        SchemaRegistry schemas,
        @Nullable Filter scope,
        SecretKey cursorKey,
        long version,
        Instant created,
        Instant lastModified) {

    /** Whether its endpoint is all that the SCIM 2.0 Interoperability Profile asks of it, but for how it is reached. */
    public boolean keepsInteropProfile() {
        return settings.conformance() == Conformance.STRICT
                && settings.unsupported() == Unsupported.REFUSED
                && schemas.declaresTypes();
    }
}
