package dev.muster.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users and groups as they are now, many by one statement, for who makes accounts of them; inside a transaction of theirs. */
@ApplicationScoped
public class CurrentResourceRepository {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final String DOCUMENTS =
            "select id, document::text from resource where tenant_id = $1 and type = $2 and id = any($3::uuid[])";

    private static final String PAGE = """
            select id, type from resource where tenant_id = $1 and type in ('User', 'Group') and id > $2
            order by id limit $3""";

    /**
     * A resource's id and type.
     *
     * @param type {@code User} or {@code Group}
     */
    public record Reference(UUID id, String type) {}

    /** The documents, as JSON text, of those that there are. */
    public Uni<Map<UUID, String>> documents(SqlConnection db, String tenant, String type, Collection<UUID> ids) {
        return db.preparedQuery(DOCUMENTS)
                .execute(Tuple.of(tenant, type, ids.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, String> documents = new HashMap<>();
                    rows.forEach(row -> documents.put(row.getUUID(0), row.getString(1)));
                    return documents;
                });
    }

    /** Users and groups in the order of their ids, after {@code after} (exclusive, null from the start). */
    public Uni<List<Reference>> page(SqlConnection db, String tenant, @Nullable UUID after, int limit) {
        return db.preparedQuery(PAGE)
                .execute(Tuple.of(tenant, after == null ? BEFORE_ALL : after, (long) limit))
                .map(rows -> {
                    List<Reference> page = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        page.add(new Reference(row.getUUID(0), row.getString(1)));
                    }
                    return page;
                });
    }
}
