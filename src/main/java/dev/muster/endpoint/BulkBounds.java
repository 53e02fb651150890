package dev.muster.endpoint;

import dev.muster.scim.message.ServiceProviderConfig.BulkLimits;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large a Bulk request may be (RFC 7644 §3.7.4): what is advertised is what is enforced. */
@ApplicationScoped
class BulkBounds {

    private static final int MAX_OPERATIONS = 10_000;

    private final BulkLimits limits;

    BulkBounds(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.limits = new BulkLimits(MAX_OPERATIONS, largestBody.asLongValue());
    }

    BulkLimits limits() {
        return limits;
    }
}
