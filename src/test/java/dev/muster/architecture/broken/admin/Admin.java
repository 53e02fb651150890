package dev.muster.architecture.broken.admin;

import dev.muster.architecture.broken.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** In the room admin, looks into endpoint, where it must not. */
public class Admin {
    @Nullable
    Endpoint notBelow;
}
