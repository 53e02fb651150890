package dev.muster.directory;

import dev.muster.directory.PageEnds.End;
import dev.muster.directory.SearchRepository.Found;
import dev.muster.scim.message.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Reads searches page by page with an index (RFC 7644 §3.4.2.4). */
@ApplicationScoped
class IndexPages {

    private final SearchRepository repository;
    private final PageEnds ends;

    IndexPages(SearchRepository repository, PageEnds ends) {
        this.repository = repository;
        this.ends = ends;
    }

    /** The page that {@code request} asks for, going on where the same reader's page before it has ended, if that is known. */
    Uni<SearchPage> read(SqlConnection db, String tenant, SearchQuery query, SearchSql sql, PageRequest request) {
        if (request.count() == 0) {
            return repository.count(db, sql).map(total -> SearchPage.byIndex(total, request.startIndex(), List.of()));
        }
        Optional<End> before = ends.before(tenant, query, request.startIndex()).filter(end -> request.startIndex() > 1);
        Uni<List<Found>> reading = before.map(end -> repository.read(db, sql, sql.behind(end.last()), request.count()))
                .orElseGet(() ->
                        repository.read(db, sql, new Stretch.Everything(), request.startIndex() - 1, request.count()));
        return reading.chain(found -> total(db, sql, request, found, before).map(total -> {
            if (found.size() == request.count()) {
                ends.remember(
                        tenant,
                        query,
                        request.startIndex() + found.size(),
                        new End(found.getLast().position(), total));
            }
            return SearchPage.byIndex(
                    total,
                    request.startIndex(),
                    found.stream().map(Found::resource).toList());
        }));
    }

    /** Known at the last page, and not counted again from page to page: the first page of a sequence counts. */
    private Uni<Long> total(
            SqlConnection db, SearchSql sql, PageRequest request, List<Found> found, Optional<End> before) {
        long soFar = request.startIndex() - 1 + found.size();
        boolean last = found.size() < request.count() && (!found.isEmpty() || request.startIndex() == 1);
        if (last) {
            return Uni.createFrom().item(soFar);
        }
        return before.isPresent() && !found.isEmpty()
                ? Uni.createFrom().item(Math.max(soFar, before.get().total()))
                : repository.count(db, sql);
    }
}
