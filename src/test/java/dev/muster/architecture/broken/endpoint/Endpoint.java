package dev.muster.architecture.broken.endpoint;

import dev.muster.architecture.broken.console.Console;
import org.jspecify.annotations.Nullable;

/** In the room endpoint, looks into console, where it must not. */
public class Endpoint {
    @Nullable
    Console notBelow;
}
