package dev.muster.directory;

import dev.muster.scim.schema.ResourceType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Resources in SQL. Every path here is hot, so all of it speaks SQL on the reactive client, and stored JSON passes through
 * as text. The connections come bound to the tenant; each statement names it all the same.
 */
@ApplicationScoped
class ResourceRepository {

    static final String COLUMNS = "r.id, r.version, r.created, r.last_modified, r.document::text as document";

    /** The groups of a resource as JSON text, null where it has none. */
    static final String GROUPS = """
            (select json_agg(json_build_object('value', g.id, 'display', g.document ->> 'displayName') order by g.id)::text \
            from membership m join resource g on g.tenant_id = m.tenant_id and g.id = m.group_id \
            where m.tenant_id = r.tenant_id and m.member_id = r.id) as groups""";

    static final String NO_GROUPS = "null::text as groups";

    private static final String FROM = " from resource r where r.tenant_id = $1 and r.type = $2";

    private static final String LOCKED = ", r.search_keys" + FROM + " and r.id = $3 for no key update of r";

    private static final String LOCK_GROUPS = """
            select g.id from resource g where g.tenant_id = $1 and g.id in (
                select m.group_id from membership m where m.tenant_id = $1 and m.member_id = $2)
            order by g.id for no key update of g""";

    /** What is written of a resource is noted in the change log: of those that accounts and groups are made of. */
    private static final String NOTE = """
            noted as (
                insert into change (tenant_id, resource_id, type) select $1, $3, $2 where $2 in ('User', 'Group'))""";

    /** One statement, so that a create is one round trip: the resource, its search keys, its unique values, the note. */
    private static final String INSERT = "with " + NOTE + """
            , keys as (
                insert into resource_key (tenant_id, key, resource_id) select $1, k, $3 from unnest($13::int8[]) k),
            uniques as (
                insert into resource_unique (tenant_id, key, resource_id) select $1, k, $3 from unnest($14::bytea[]) k)
            insert into resource (tenant_id, type, id, version, user_name, external_id, display_name, active,
                created, last_modified, document, search, search_keys)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12::text::jsonb, $13)""";

    /** One statement, for a write is as fast as it has round trips: the resource and the search keys that differ. */
    private static final String UPDATE = "with " + NOTE + """
            , gone as (
                delete from resource_key where tenant_id = $1 and resource_id = $3 and key = any($13::int8[])),
            added as (
                insert into resource_key (tenant_id, key, resource_id) select $1, k, $3 from unnest($14::int8[]) k)
            update resource set version = $4, user_name = $5, external_id = $6, display_name = $7, active = $8,
                last_modified = $9, document = $10::text::jsonb, search = $11::text::jsonb, search_keys = $12
            where tenant_id = $1 and type = $2 and id = $3""";

    private static final String TOUCH =
            "update resource set version = version + 1, last_modified = $4 where tenant_id = $1 and type = $2 and id = $3";

    private static final String DELETE_UNIQUES =
            "delete from resource_unique where tenant_id = $1 and resource_id = $2 and key <> all($3::bytea[])";
    /** What it had before it keeps, also where another had the same before the values had to be unique. */
    private static final String INSERT_UNIQUES = """
            with kept as (
                insert into resource_unique (tenant_id, key, resource_id)
                select $1, k, $2 from unnest($4::bytea[]) k on conflict do nothing)
            insert into resource_unique (tenant_id, key, resource_id)
            select $1, k, $2 from unnest($3::bytea[]) k
            where k <> all($4::bytea[]) and not exists (select 1 from resource_unique u where u.tenant_id = $1 and u.key = k and u.resource_id = $2)""";

    private static final String TAKEN_UNIQUES =
            "select key from resource_unique where tenant_id = $1 and resource_id <> $2 and key = any($3::bytea[])";

    private static final String DELETE = "with " + NOTE + """
            , keys as (
                delete from resource_key k using resource r
                where r.tenant_id = $1 and r.type = $2 and r.id = $3
                    and k.tenant_id = $1 and k.resource_id = $3 and k.key = any(r.search_keys)),
            uniques as (delete from resource_unique where tenant_id = $1 and resource_id = $3),
            touched as (
                update resource g set version = g.version + 1, last_modified = $4
                where g.tenant_id = $1 and g.id <> $3 and g.id in (
                    select m.group_id from membership m where m.tenant_id = $1 and m.member_id = $3))
            delete from resource where tenant_id = $1 and type = $2 and id = $3""";

    /** A resource under lock, and the keys by which it is found until now. */
    record Locked(StoredResource resource, Set<Long> searchKeys) {}

    /** The search keys by which a new version is no longer found, and those by which it is found besides. */
    record KeyChange(Long[] gone, Long[] added) {

        static KeyChange of(Locked old, ResourceRow row) {
            Set<Long> wanted = Set.of(row.searchKeys());
            return new KeyChange(
                    old.searchKeys().stream()
                            .filter(key -> !wanted.contains(key))
                            .toArray(Long[]::new),
                    wanted.stream()
                            .filter(key -> !old.searchKeys().contains(key))
                            .toArray(Long[]::new));
        }
    }

    Uni<Optional<StoredResource>> find(
            SqlConnection connection, TenantScope scope, ResourceType type, UUID id, boolean withGroups) {
        String sql = "select " + COLUMNS + ", " + (withGroups ? GROUPS : NO_GROUPS) + FROM + " and r.id = $3";
        return connection
                .preparedQuery(sql)
                .execute(Tuple.of(scope.tenant(), type.name(), id))
                .map(rows -> first(type, rows).filter(scope::shows));
    }

    /** Locks a resource against other writers until the transaction ends. */
    Uni<Optional<Locked>> lock(
            SqlConnection connection, TenantScope scope, ResourceType type, UUID id, boolean withGroups) {
        return connection
                .preparedQuery("select " + COLUMNS + ", " + (withGroups ? GROUPS : NO_GROUPS) + LOCKED)
                .execute(Tuple.of(scope.tenant(), type.name(), id))
                .map(rows -> {
                    if (!rows.iterator().hasNext()) {
                        return Optional.empty();
                    }
                    return Optional.of(locked(type.name(), rows.iterator().next()))
                            .filter(locked -> scope.shows(locked.resource()));
                });
    }

    static Locked locked(String type, Row row) {
        Set<Long> keys = Arrays.stream(row.getArrayOfLongs("search_keys")).collect(Collectors.toSet());
        return new Locked(stored(type, row), keys);
    }

    /**
     * Locks the groups that a resource is a member of, in the order of their ids. Every writer locks groups before their
     * members; a deletion that began with the member would run into deadlocks with those who change its groups.
     */
    Uni<Void> lockGroupsOf(SqlConnection connection, String tenant, UUID id) {
        return connection
                .preparedQuery(LOCK_GROUPS)
                .execute(Tuple.of(tenant, id))
                .replaceWithVoid();
    }

    Uni<Void> insert(
            SqlConnection connection, String tenant, ResourceType type, UUID id, Instant now, ResourceRow row) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        tenant,
                        type.name(),
                        id,
                        1L,
                        row.userName(),
                        row.externalId(),
                        row.displayName(),
                        row.active(),
                        utc(now),
                        utc(now),
                        row.document(),
                        row.search(),
                        row.searchKeys(),
                        keys(row.uniqueValues()))))
                .replaceWithVoid();
    }

    /** Writes a new version over a resource that is locked. */
    Uni<Void> update(
            SqlConnection connection, String tenant, ResourceType type, Locked old, Instant now, ResourceRow row) {
        UUID id = old.resource().id();
        KeyChange keyChange = KeyChange.of(old, row);
        Uni<?> update = connection
                .preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(
                        tenant,
                        type.name(),
                        id,
                        old.resource().version() + 1,
                        row.userName(),
                        row.externalId(),
                        row.displayName(),
                        row.active(),
                        utc(now),
                        row.document(),
                        row.search(),
                        row.searchKeys(),
                        keyChange.gone(),
                        keyChange.added())));
        if (UniqueValue.declaredBy(type)) {
            Buffer[] unique = keys(row.uniqueValues());
            update = update.chain(() -> connection.preparedQuery(DELETE_UNIQUES).execute(Tuple.of(tenant, id, unique)))
                    .chain(() -> connection
                            .preparedQuery(INSERT_UNIQUES)
                            .execute(Tuple.of(
                                    tenant,
                                    id,
                                    unique,
                                    keys(row.uniqueValuesKeptFrom(
                                            type, old.resource().document())))));
        }
        return update.replaceWithVoid();
    }

    /** Notes a change that is not in the document: a group's members. */
    Uni<Void> touch(SqlConnection connection, String tenant, ResourceType type, UUID id, Instant now) {
        return connection
                .preparedQuery(TOUCH)
                .execute(Tuple.of(tenant, type.name(), id, utc(now)))
                .replaceWithVoid();
    }

    /** Deletes a resource, its memberships both ways, and notes the change at the groups it was a member of. */
    Uni<Boolean> delete(SqlConnection connection, String tenant, ResourceType type, UUID id, Instant now) {
        return connection
                .preparedQuery(DELETE)
                .execute(Tuple.of(tenant, type.name(), id, utc(now)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Which of {@code values} another resource than {@code id} has. */
    Uni<Optional<UniqueValue>> taken(SqlConnection connection, String tenant, UUID id, List<UniqueValue> values) {
        return connection
                .preparedQuery(TAKEN_UNIQUES)
                .execute(Tuple.of(tenant, id, keys(values)))
                .map(rows -> {
                    Set<Buffer> taken = new HashSet<>();
                    rows.forEach(row -> taken.add(row.getDelegate().getBuffer(0)));
                    return values.stream()
                            .filter(value -> taken.contains(value.key()))
                            .findFirst();
                });
    }

    private static Optional<StoredResource> first(ResourceType type, RowSet<Row> rows) {
        return rows.iterator().hasNext()
                ? Optional.of(stored(type.name(), rows.iterator().next()))
                : Optional.empty();
    }

    /** The resource in a row of {@link #COLUMNS} and {@code groups}. */
    static StoredResource stored(String type, Row row) {
        return new StoredResource(
                type,
                row.getUUID("id"),
                row.getLong("version"),
                row.getOffsetDateTime("created").toInstant(),
                row.getOffsetDateTime("last_modified").toInstant(),
                row.getString("document"),
                groups(row.getString("groups")));
    }

    private static List<StoredResource.GroupLink> groups(@Nullable String json) {
        if (json == null) {
            return List.of();
        }
        return new JsonArray(json)
                .stream()
                        .map(JsonObject.class::cast)
                        .map(group -> new StoredResource.GroupLink(
                                UUID.fromString(group.getString("value")), group.getString("display")))
                        .toList();
    }

    private static Buffer[] keys(List<UniqueValue> values) {
        return values.stream().map(UniqueValue::key).toArray(Buffer[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
