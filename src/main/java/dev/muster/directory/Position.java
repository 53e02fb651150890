package dev.muster.directory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where in the order of a search a resource stands. It stays right whatever is written meanwhile, also when the resource is
 * gone.
 *
 * @param key what it is sorted by, as text; null where it has no value, or where the order is that of the ids
 */
record Position(@Nullable String key, UUID id) {}
