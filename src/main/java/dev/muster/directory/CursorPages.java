package dev.muster.directory;

import dev.muster.directory.SearchRepository.Found;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.message.CursorRequest;
import dev.muster.scim.message.ServiceProviderConfig.Pagination;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads searches page by page with cursors (RFC 9865). A page costs the same wherever it lies; what exists throughout is seen
 * exactly once, whatever is written meanwhile.
 */
@ApplicationScoped
class CursorPages {

    private final SearchRepository repository;

    CursorPages(SearchRepository repository) {
        this.repository = repository;
    }

    /**
     * Where the page begins that {@code request} asks for.
     *
     * @throws ScimException 400 {@code invalidCursor}, {@code expiredCursor}, {@code invalidCount}
     */
    Cursor open(CursorSeal seal, CursorRequest request) {
        Instant now = Instant.now();
        if (request.first()) {
            return new Cursor(null, false, request.count(), now);
        }
        Cursor cursor = seal.open(request.cursor(), now);
        if (cursor.count() != request.count()) {
            throw ScimException.of(
                    ScimType.INVALID_COUNT,
                    "count must be the same for every page of a query (RFC 9865 §2.1). Begin again with an empty cursor for"
                            + " pages of another size.");
        }
        return cursor;
    }

    /** The page that begins, or ends, at {@code cursor}. */
    Uni<SearchPage> read(SqlConnection db, CursorSeal seal, SearchSql sql, Cursor cursor) {
        if (cursor.count() == 0) {
            return repository.count(db, sql).map(total -> new SearchPage(total, null, List.of(), null, null));
        }
        int more = cursor.count() + 1;
        Position position = cursor.position();
        if (position == null) {
            return repository
                    .read(db, sql, new Stretch.Everything(), 0, more)
                    .map(found -> new Page(seal, found, cursor).first());
        }
        SearchSql direction = cursor.backward() ? sql.reversed() : sql;
        return repository
                .read(db, direction, direction.behind(position), more)
                .map(found -> new Page(seal, found, cursor).other());
    }

    /**
     * What was found, and what leads on from there.
     *
     * @param found one more than fits the page where there is more
     */
    private record Page(CursorSeal seal, List<Found> found, Cursor cursor) {

        /** Its total is known where it is the only one; to count is not worth what it costs (RFC 9865 §2). */
        SearchPage first() {
            Long total = more() ? null : (long) found.size();
            return page(total, onThisPage(), null, more() ? next(onThisPage()) : null);
        }

        SearchPage other() {
            List<Found> page = onThisPage();
            if (cursor.backward()) {
                List<Found> inOrder = page.reversed();
                return page(null, inOrder, more() ? previous(inOrder) : null, next(inOrder));
            }
            return page(null, page, page.isEmpty() ? null : previous(page), more() ? next(page) : null);
        }

        private boolean more() {
            return found.size() > cursor.count();
        }

        private List<Found> onThisPage() {
            return more() ? found.subList(0, cursor.count()) : found;
        }

        private String previous(List<Found> page) {
            return sealed(page.getFirst().position(), true);
        }

        /** Behind the last resource; at the beginning where all that stood before a position has gone. */
        private String next(List<Found> page) {
            return sealed(page.isEmpty() ? null : page.getLast().position(), false);
        }

        private String sealed(@Nullable Position position, boolean backward) {
            Instant expires =
                    Instant.now().plus(Pagination.STANDARD.cursorTimeout()).plusSeconds(1);
            return seal.close(new Cursor(position, backward, cursor.count(), expires));
        }

        private static SearchPage page(
                @Nullable Long total, List<Found> found, @Nullable String previous, @Nullable String next) {
            return new SearchPage(
                    total, null, found.stream().map(Found::resource).toList(), previous, next);
        }
    }
}
