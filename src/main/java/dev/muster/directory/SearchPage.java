package dev.muster.directory;

import java.util.List;

/**
 * The answer to a {@link SearchQuery}.
 *
 * @param totalResults how many resources match, exactly
 * @param startIndex of the first of {@code resources}, from 1
 */
public record SearchPage(long totalResults, long startIndex, List<StoredResource> resources) {

    public SearchPage {
        resources = List.copyOf(resources);
    }
}
