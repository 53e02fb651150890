package dev.muster.architecture.broken.scim.second;

import dev.muster.architecture.broken.scim.first.First;
import org.jspecify.annotations.Nullable;

/** The other half of a cycle. */
public class Second {
    @Nullable
    First first;
}
