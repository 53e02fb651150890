package dev.muster.architecture.broken.oauth;

import dev.muster.architecture.broken.console.Console;
import org.jspecify.annotations.Nullable;

/** In the room oauth, looks into console, where it must not. */
public class OAuth {
    @Nullable
    Console notBelow;
}
