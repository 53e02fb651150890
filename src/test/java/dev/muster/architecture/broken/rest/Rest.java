package dev.muster.architecture.broken.rest;

import dev.muster.architecture.broken.console.Console;
import org.jspecify.annotations.Nullable;

/** In the room rest, looks into console, where it must not. */
public class Rest {
    @Nullable
    Console notBelow;
}
