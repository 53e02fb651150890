package dev.muster.architecture.broken.stream;

import dev.muster.architecture.broken.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** In the room stream, looks into tenant, where it must not. */
public class Stream {
    @Nullable
    Tenant notBelow;
}
