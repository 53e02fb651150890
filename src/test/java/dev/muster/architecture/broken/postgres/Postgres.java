package dev.muster.architecture.broken.postgres;

import dev.muster.architecture.broken.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** In the room postgres, looks into tenant, where it must not. */
public class Postgres {
    @Nullable
    Tenant notBelow;
}
