package dev.muster.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers where pages by index have ended, so that a client that reads one after the other is taken on from there: nothing is
 * skipped over and nothing counted again. Another replica, or this one after a while, just does not know.
 */
@ApplicationScoped
class PageEnds {

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int MOST_CHARACTERS = 8_000_000;
    private static final int OVERHEAD = 150;

    /**
     * The beginning of a page that somebody may ask for.
     *
     * @param startIndex of the first resource behind the end
     */
    private record Start(String tenant, String reader, String query, long startIndex) {}

    /**
     * The end of a page.
     *
     * @param last the last resource's
     * @param total as many resources as were counted in all
     */
    record End(Position last, long total) {}

    private final Cache<Start, End> ends = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((Start start, End end) -> OVERHEAD
                    + start.query().length()
                    + Optional.ofNullable(end.last().key()).map(String::length).orElse(0))
            .expireAfterWrite(KEPT)
            .build();

    /** Where the page before the one that begins with {@code startIndex} has ended, for the same reader of the same query. */
    Optional<End> before(String tenant, SearchQuery query, long startIndex) {
        return Optional.ofNullable(ends.getIfPresent(start(tenant, query, startIndex)));
    }

    /** Notes the end of the page before {@code startIndex}. */
    void remember(String tenant, SearchQuery query, long startIndex, End end) {
        ends.put(start(tenant, query, startIndex), end);
    }

    private static Start start(String tenant, SearchQuery query, long startIndex) {
        return new Start(tenant, query.reader(), query.identity(), startIndex);
    }
}
