package dev.muster.architecture.broken.tenant;

import dev.muster.architecture.broken.directory.Directory;
import org.jspecify.annotations.Nullable;

/** In the room tenant, looks into directory, where it must not. */
public class Tenant {
    @Nullable
    Directory notBelow;
}
