package dev.muster.architecture.broken.console;

import dev.muster.architecture.broken.admin.Admin;
import org.jspecify.annotations.Nullable;

/** In the room console, looks into admin, where it must not. */
public class Console {
    @Nullable
    Admin notBelow;
}
