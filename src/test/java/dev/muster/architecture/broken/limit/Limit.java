package dev.muster.architecture.broken.limit;

import dev.muster.architecture.broken.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** In the room limit, looks into tenant, where it must not. */
public class Limit {
    @Nullable
    Tenant notBelow;
}
