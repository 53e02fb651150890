package dev.muster.architecture.broken.delivery;

import dev.muster.architecture.broken.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** In the room delivery, looks into endpoint, where it must not. */
public class Delivery {
    @Nullable
    Endpoint notBelow;
}
