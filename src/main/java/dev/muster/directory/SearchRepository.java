package dev.muster.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the statements of {@link SearchSql}. */
@ApplicationScoped
class SearchRepository {

    /**
     * A resource that a search has found.
     *
     * @param sortKey what it is sorted by, as text; null where it has no value or the order is that of the ids
     */
    record Found(StoredResource resource, @Nullable String sortKey) {

        Position position() {
            return new Position(sortKey, resource.id());
        }
    }

    /** The first resources of some stretches, which are read one after the other until there are enough. */
    Uni<List<Found>> read(SqlConnection connection, SearchSql sql, List<Stretch> stretches, int limit) {
        return read(connection, sql, stretches.getFirst(), 0, limit).chain(found -> {
            boolean enough = found.size() == limit || stretches.size() == 1;
            return enough
                    ? Uni.createFrom().item(found)
                    : read(connection, sql, stretches.subList(1, stretches.size()), limit - found.size())
                            .map(rest -> joined(found, rest));
        });
    }

    /** The resources of a stretch behind those that are skipped. */
    Uni<List<Found>> read(SqlConnection connection, SearchSql sql, Stretch stretch, long skipped, int limit) {
        return sql.page(stretch, skipped, limit)
                .map(statement -> connection
                        .preparedQuery(statement.text())
                        .execute(Tuple.from(statement.parameters()))
                        .map(rows -> {
                            List<Found> found = new ArrayList<>(rows.size());
                            rows.forEach(row -> found.add(found(row)));
                            return found;
                        }))
                .orElseGet(() -> Uni.createFrom().item(new ArrayList<>()));
    }

    /** How many resources match. */
    Uni<Long> count(SqlConnection connection, SearchSql sql) {
        SqlStatement statement = sql.count();
        return connection
                .preparedQuery(statement.text())
                .execute(Tuple.from(statement.parameters()))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Found found(Row row) {
        int key = row.getColumnIndex("sort_key");
        return new Found(ResourceRepository.stored(row.getString("type"), row), key < 0 ? null : row.getString(key));
    }

    private static List<Found> joined(List<Found> first, List<Found> rest) {
        List<Found> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }
}
