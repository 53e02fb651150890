package dev.muster.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was looked for.
 *
 * @param nextCursor what the next page is asked for with; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }
}
