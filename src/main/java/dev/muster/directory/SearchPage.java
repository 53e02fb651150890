package dev.muster.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link SearchQuery}.
 *
 * @param totalResults how many resources match; null where that was not counted, which is so with most pages by cursor
 * @param startIndex of the first of {@code resources}, from 1; null with a page by cursor
 * @param previousCursor leads to the page before; null at the first
 * @param nextCursor leads to the next page; null at the last
 */
public record SearchPage(
        @Nullable Long totalResults,
        @Nullable Long startIndex,
        List<StoredResource> resources,
        @Nullable String previousCursor,
        @Nullable String nextCursor) {

    public SearchPage {
        resources = List.copyOf(resources);
    }

    static SearchPage byIndex(long totalResults, long startIndex, List<StoredResource> resources) {
        return new SearchPage(totalResults, startIndex, resources, null, null);
    }
}
