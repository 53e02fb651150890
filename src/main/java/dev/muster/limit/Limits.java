package dev.muster.limit;

import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.message.JsonLimits;
import dev.muster.scim.message.PageLimits;
import dev.muster.scim.message.ServiceProviderConfig.BulkLimits;
import dev.muster.scim.patch.PatchLimits;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The configured limits in the terms of the kernel. */
@ApplicationScoped
public class Limits {

    private final LimitsConfig config;
    private final long largestBody;

    Limits(LimitsConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.config = config;
        this.largestBody = largestBody.asLongValue();
    }

    /** For filters, and for paths in PATCH and {@code sortBy}. */
    public FilterLimits filter() {
        return new FilterLimits(config.filterLength(), config.filterDepth(), config.filterNodes());
    }

    /** For PATCH requests; {@code maxValues} also for the members in a POST or PUT. */
    public PatchLimits patch() {
        return new PatchLimits(config.patchOperations(), config.membersPerRequest());
    }

    /** For what clients send as JSON. */
    public JsonLimits json() {
        return new JsonLimits(config.jsonDepth(), config.jsonStringLength(), config.jsonNumberLength());
    }

    /** For Bulk requests: what is advertised is what is enforced (RFC 7644 §3.7.4). */
    public BulkLimits bulk() {
        return new BulkLimits(config.bulkOperations(), largestBody);
    }

    /** For the pages of queries. */
    public PageLimits page() {
        return new PageLimits(Math.min(config.pageSize(), config.largestPage()), config.largestPage());
    }
}
