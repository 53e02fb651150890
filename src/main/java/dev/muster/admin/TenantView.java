package dev.muster.admin;

import dev.muster.tenant.Tenant;
import java.time.Instant;

/** A tenant as the Admin API shows it. */
public record TenantView(
        String id, String displayName, boolean enabled, String tenantUrl, Instant created, Instant lastModified) {

    static TenantView of(Tenant tenant, String baseUrl) {
        return new TenantView(
                tenant.id(),
                tenant.displayName(),
                tenant.enabled(),
                baseUrl + "/t/" + tenant.id() + "/scim/v2",
                tenant.created(),
                tenant.lastModified());
    }
}
