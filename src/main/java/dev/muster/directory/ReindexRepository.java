package dev.muster.directory;

import dev.muster.scim.schema.ResourceType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Search forms and keys of resources that stay as they are otherwise: neither version nor {@code lastModified} changes. */
@ApplicationScoped
class ReindexRepository {

    private static final String PAGE = """
            select r.id, r.document::text as document, r.search_keys from resource r
            where r.tenant_id = $1 and r.type = $2 and r.id > $3
            order by r.id limit $4 for no key update of r""";

    private static final String UPDATE = """
            update resource set user_name = $3, external_id = $4, display_name = $5, active = $6,
                search = $7::text::jsonb, search_keys = $8
            where tenant_id = $1 and id = $2 and (search is distinct from $7::text::jsonb
                or search_keys is distinct from $8 or user_name is distinct from $3
                or external_id is distinct from $4 or display_name is distinct from $5 or active is distinct from $6)""";

    private static final String DELETE_KEYS =
            "delete from resource_key where tenant_id = $1 and resource_id = $2 and key = any($3::int8[])";
    private static final String INSERT_KEYS = """
            insert into resource_key (tenant_id, key, resource_id) select $1, k, $2 from unnest($3::int8[]) k
            on conflict do nothing""";
    private static final String DELETE_UNIQUES =
            "delete from resource_unique where tenant_id = $1 and resource_id = $2 and key <> all($3::bytea[])";

    /** Values that were there twice before they had to be unique stay; the first one found is the one that is guarded. */
    private static final String INSERT_UNIQUES = """
            insert into resource_unique (tenant_id, key, resource_id) select $1, k, $2 from unnest($3::bytea[]) k
            on conflict do nothing""";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** A resource under lock, and the keys by which it is found until now. */
    record Indexed(UUID id, String document, List<Long> keys) {
        Indexed {
            keys = List.copyOf(keys);
        }
    }

    /** Locks the resources after {@code after} (exclusive, null from the start), in the order of their ids. */
    Uni<List<Indexed>> lockPage(
            SqlConnection connection, String tenant, ResourceType type, @Nullable UUID after, int limit) {
        return connection
                .preparedQuery(PAGE)
                .execute(Tuple.of(tenant, type.name(), after == null ? BEFORE_ALL : after, (long) limit))
                .map(rows -> {
                    List<Indexed> page = new ArrayList<>(rows.size());
                    rows.forEach(row -> page.add(new Indexed(
                            row.getUUID("id"),
                            row.getString("document"),
                            Arrays.asList(row.getArrayOfLongs("search_keys")))));
                    return page;
                });
    }

    /** Stores the search form, keys and unique values of {@code row}; whether the search form or the keys were others. */
    Uni<Boolean> reindex(SqlConnection connection, String tenant, Indexed stored, ResourceRow row) {
        UUID id = stored.id();
        Buffer[] unique = row.uniqueValues().stream().map(UniqueValue::key).toArray(Buffer[]::new);
        Tuple columns = Tuple.from(Arrays.asList(
                tenant,
                id,
                row.userName(),
                row.externalId(),
                row.displayName(),
                row.active(),
                row.search(),
                row.searchKeys()));
        return connection
                .preparedQuery(DELETE_UNIQUES)
                .execute(Tuple.of(tenant, id, unique))
                .chain(() -> connection.preparedQuery(INSERT_UNIQUES).execute(Tuple.of(tenant, id, unique)))
                .chain(() -> connection.preparedQuery(UPDATE).execute(columns))
                .chain(updated -> updated.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : rekey(connection, tenant, stored, row).replaceWith(true));
    }

    private Uni<?> rekey(SqlConnection connection, String tenant, Indexed stored, ResourceRow row) {
        Long[] before = stored.keys().toArray(Long[]::new);
        return connection
                .preparedQuery(DELETE_KEYS)
                .execute(Tuple.of(tenant, stored.id(), before))
                .chain(() ->
                        connection.preparedQuery(INSERT_KEYS).execute(Tuple.of(tenant, stored.id(), row.searchKeys())));
    }
}
