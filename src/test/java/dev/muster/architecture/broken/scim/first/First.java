package dev.muster.architecture.broken.scim.first;

import dev.muster.architecture.broken.scim.second.Second;
import org.jspecify.annotations.Nullable;

/** One half of a cycle. */
public class First {
    @Nullable
    Second second;
}
