package dev.muster.limit;

import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.message.PageLimits;
import dev.muster.scim.patch.PatchLimits;
import jakarta.enterprise.context.ApplicationScoped;

/** The configured limits in the terms of the kernel. */
@ApplicationScoped
public class Limits {

    private final LimitsConfig config;

    Limits(LimitsConfig config) {
        this.config = config;
    }

    /** For filters, and for paths in PATCH and {@code sortBy}. */
    public FilterLimits filter() {
        return new FilterLimits(config.filterLength(), config.filterDepth(), config.filterNodes());
    }

    /** For PATCH requests; {@code maxValues} also for the members in a POST or PUT. */
    public PatchLimits patch() {
        return new PatchLimits(config.patchOperations(), config.membersPerRequest());
    }

    /** For the pages of queries. */
    public PageLimits page() {
        return new PageLimits(Math.min(config.pageSize(), config.largestPage()), config.largestPage());
    }
}
