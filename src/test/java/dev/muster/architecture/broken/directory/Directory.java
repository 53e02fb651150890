package dev.muster.architecture.broken.directory;

import dev.muster.architecture.broken.audit.Audit;
import org.jspecify.annotations.Nullable;

/** In the room directory, looks into audit, where it must not. */
public class Directory {
    @Nullable
    Audit notBelow;
}
