package dev.muster.directory;

import dev.muster.scim.schema.ResourceType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many resources in one statement each, for Bulk requests: what {@link ResourceRepository} does with one. The rows travel as
 * arrays, one a column, so that the statements' texts do not depend on their number.
 */
@ApplicationScoped
class BatchRepository {

    /** A userName that is taken leaves its row out, in the order of the rows: so does one that an earlier row has taken. */
    private static final String INSERT = """
            with inserted as (
                insert into resource (tenant_id, type, id, version, user_name, external_id, display_name, active,
                    created, last_modified, document, search, search_keys)
                select $1, s.type, s.id, 1, s.user_name, s.external_id, s.display_name, s.active,
                    $2, $2, s.document::jsonb, s.search::jsonb, s.search_keys::int8[]
                from unnest($3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::text[],
                    $10::text[], $11::text[]) with ordinality as s (type, id, user_name, external_id, display_name,
                    active, document, search, search_keys, place)
                order by s.place
                on conflict do nothing
                returning id, type, search_keys),
            noted as (
                insert into change (tenant_id, resource_id, type)
                select $1, i.id, i.type from inserted i where i.type in ('User', 'Group') order by i.id),
            keys as (
                insert into resource_key (tenant_id, key, resource_id)
                select $1, k, i.id from inserted i, unnest(i.search_keys) k),
            uniques as (
                insert into resource_unique (tenant_id, key, resource_id)
                select $1, u.key, u.id from unnest($12::uuid[], $13::bytea[]) u (id, key)
                join inserted i on i.id = u.id)
            select id from inserted""";

    private static final String LOCK = """
            select r.id, r.type, r.user_name, r.version, r.created, r.last_modified, r.document::text as document,
                null::text as groups, r.search_keys
            from resource r where r.tenant_id = $1 and r.id = any($2::uuid[])
            order by r.id for no key update of r""";

    private static final String LOCK_GROUPS = """
            select g.id from resource g where g.tenant_id = $1 and g.id in (
                select m.group_id from membership m where m.tenant_id = $1 and m.member_id = any($2::uuid[]))
            order by g.id for no key update of g""";

    private static final String UPDATE = """
            with noted as (
                insert into change (tenant_id, resource_id, type)
                select $1, n.id, n.type from resource n
                where n.tenant_id = $1 and n.id = any($3::uuid[]) and n.type in ('User', 'Group') order by n.id),
            gone as (
                delete from resource_key k using unnest($10::uuid[], $11::int8[]) g (id, key)
                where k.tenant_id = $1 and k.key = g.key and k.resource_id = g.id),
            added as (
                insert into resource_key (tenant_id, key, resource_id)
                select $1, a.key, a.id from unnest($12::uuid[], $13::int8[]) a (id, key))
            update resource r set version = r.version + 1, user_name = s.user_name, external_id = s.external_id,
                display_name = s.display_name, active = s.active, last_modified = $2, document = s.document::jsonb,
                search = s.search::jsonb, search_keys = s.search_keys::int8[]
            from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::text[], $9::text[], $14::text[])
                s (id, user_name, external_id, display_name, active, document, search, search_keys)
            where r.tenant_id = $1 and r.id = s.id""";

    private static final String DELETE_UNIQUES = """
            delete from resource_unique u where u.tenant_id = $1 and u.resource_id = any($2::uuid[])
                and not exists (
                    select 1 from unnest($3::uuid[], $4::bytea[]) k (id, key) where k.id = u.resource_id and k.key = u.key)""";

    /** What a resource had before it keeps, as {@link ResourceRepository#update} lets one keep it. */
    private static final String INSERT_UNIQUES = """
            with kept as (
                insert into resource_unique (tenant_id, key, resource_id)
                select $1, k.key, k.id from unnest($4::uuid[], $5::bytea[]) k (id, key) on conflict do nothing)
            insert into resource_unique (tenant_id, key, resource_id)
            select $1, k.key, k.id from unnest($2::uuid[], $3::bytea[]) k (id, key)
            where not exists (
                select 1 from resource_unique u where u.tenant_id = $1 and u.key = k.key and u.resource_id = k.id)""";

    /** As if one had been deleted after the other: a group notes each of its members that goes. */
    private static final String DELETE = """
            with noted as (
                insert into change (tenant_id, resource_id, type)
                select $1, n.id, n.type from resource n
                where n.tenant_id = $1 and n.id = any($2::uuid[]) and n.type in ('User', 'Group') order by n.id),
            keys as (
                delete from resource_key k using (
                    select r.id, unnest(r.search_keys) as key from resource r
                    where r.tenant_id = $1 and r.id = any($2::uuid[])) d
                where k.tenant_id = $1 and k.key = d.key and k.resource_id = d.id),
            uniques as (delete from resource_unique where tenant_id = $1 and resource_id = any($2::uuid[])),
            touched as (
                update resource g set version = g.version + m.gone, last_modified = $3
                from (
                    select group_id, count(*) as gone from membership
                    where tenant_id = $1 and member_id = any($2::uuid[]) group by group_id) m
                where g.tenant_id = $1 and g.id = m.group_id and g.id <> all($2::uuid[]))
            delete from resource where tenant_id = $1 and id = any($2::uuid[])""";

    /**
     * A resource under lock.
     *
     * @param userName as it is compared, null where it has none
     */
    record Locked(@Nullable String userName, ResourceRepository.Locked resource) {}

    /**
     * A new state of a resource under lock.
     *
     * @param row what is to be stored
     */
    record Update(ResourceType type, Locked old, ResourceRow row) {
        UUID id() {
            return old.resource().resource().id();
        }
    }

    /** Creates resources in this order; the ids of those whose userName was free. */
    Uni<Set<UUID>> insert(SqlConnection db, String tenant, List<ResourceWrite.Create> creates, Instant now) {
        List<ResourceRow> rows = creates.stream().map(ResourceWrite.Create::row).toList();
        Keys<Buffer> uniques = new Keys<>();
        creates.forEach(create -> uniques.add(create.id(), uniqueKeys(create.row())));
        return db.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        tenant,
                        now.atOffset(ZoneOffset.UTC),
                        texts(creates, create -> create.type().name()),
                        creates.stream().map(ResourceWrite.Create::id).toArray(UUID[]::new),
                        texts(rows, ResourceRow::userName),
                        texts(rows, ResourceRow::externalId),
                        texts(rows, ResourceRow::displayName),
                        rows.stream().map(ResourceRow::active).toArray(Boolean[]::new),
                        texts(rows, ResourceRow::document),
                        texts(rows, ResourceRow::search),
                        texts(rows, BatchRepository::searchKeys),
                        uniques.ids(),
                        uniques.keys(Buffer[]::new))))
                .map(inserted -> {
                    Set<UUID> ids = new HashSet<>();
                    inserted.forEach(row -> ids.add(row.getUUID(0)));
                    return ids;
                });
    }

    /** Locks resources, in the order of their ids, against other writers until the transaction ends. */
    Uni<Map<UUID, Locked>> lock(SqlConnection db, TenantScope scope, Collection<UUID> ids) {
        return db.preparedQuery(LOCK)
                .execute(Tuple.of(scope.tenant(), array(ids)))
                .map(rows -> {
                    Map<UUID, Locked> locked = new HashMap<>();
                    rows.forEach(row -> {
                        ResourceRepository.Locked resource = ResourceRepository.locked(row.getString("type"), row);
                        if (scope.shows(resource.resource())) {
                            locked.put(row.getUUID("id"), new Locked(row.getString("user_name"), resource));
                        }
                    });
                    return locked;
                });
    }

    /** Locks the groups that any of these are members of: as {@link ResourceRepository#lockGroupsOf}, before the members. */
    Uni<Void> lockGroupsOf(SqlConnection db, String tenant, Collection<UUID> ids) {
        return db.preparedQuery(LOCK_GROUPS)
                .execute(Tuple.of(tenant, array(ids)))
                .replaceWithVoid();
    }

    /** Writes new versions over resources that are locked. */
    Uni<Void> update(SqlConnection db, String tenant, List<Update> updates, Instant now) {
        List<ResourceRow> rows = updates.stream().map(Update::row).toList();
        Keys<Long> gone = new Keys<>();
        Keys<Long> added = new Keys<>();
        for (Update update : updates) {
            ResourceRepository.KeyChange change =
                    ResourceRepository.KeyChange.of(update.old().resource(), update.row());
            gone.add(update.id(), change.gone());
            added.add(update.id(), change.added());
        }
        return db.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(
                        tenant,
                        now.atOffset(ZoneOffset.UTC),
                        updates.stream().map(Update::id).toArray(UUID[]::new),
                        texts(rows, ResourceRow::userName),
                        texts(rows, ResourceRow::externalId),
                        texts(rows, ResourceRow::displayName),
                        rows.stream().map(ResourceRow::active).toArray(Boolean[]::new),
                        texts(rows, ResourceRow::document),
                        texts(rows, ResourceRow::search),
                        gone.ids(),
                        gone.keys(Long[]::new),
                        added.ids(),
                        added.keys(Long[]::new),
                        texts(rows, BatchRepository::searchKeys))))
                .chain(() -> updateUniques(db, tenant, updates));
    }

    private static Uni<Void> updateUniques(SqlConnection db, String tenant, List<Update> updates) {
        List<Update> declared = updates.stream()
                .filter(update -> UniqueValue.declaredBy(update.type()))
                .toList();
        if (declared.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Keys<Buffer> uniques = new Keys<>();
        Keys<Buffer> fresh = new Keys<>();
        Keys<Buffer> kept = new Keys<>();
        declared.forEach(update -> {
            List<UniqueValue> had = update.row()
                    .uniqueValuesKeptFrom(
                            update.type(), update.old().resource().resource().document());
            for (UniqueValue value : update.row().uniqueValues()) {
                uniques.add(update.id(), value.key());
                (had.contains(value) ? kept : fresh).add(update.id(), value.key());
            }
        });
        UUID[] ids = declared.stream().map(Update::id).toArray(UUID[]::new);
        return db.preparedQuery(DELETE_UNIQUES)
                .execute(Tuple.of(tenant, ids, uniques.ids(), uniques.keys(Buffer[]::new)))
                .chain(() -> db.preparedQuery(INSERT_UNIQUES)
                        .execute(Tuple.of(
                                tenant, fresh.ids(), fresh.keys(Buffer[]::new), kept.ids(), kept.keys(Buffer[]::new))))
                .replaceWithVoid();
    }

    /** Deletes resources that are locked, as {@link ResourceRepository#delete} does one. */
    Uni<Void> delete(SqlConnection db, String tenant, Collection<UUID> ids, Instant now) {
        return db.preparedQuery(DELETE)
                .execute(Tuple.of(tenant, array(ids), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Keys with the resource that each belongs to, as two arrays of one length. */
    private static final class Keys<K> {
        private final List<UUID> ids = new ArrayList<>();
        private final List<K> keys = new ArrayList<>();

        @SafeVarargs
        final void add(UUID id, K... more) {
            for (K key : more) {
                ids.add(id);
                keys.add(key);
            }
        }

        UUID[] ids() {
            return array(ids);
        }

        K[] keys(IntFunction<K[]> array) {
            return keys.stream().toArray(array);
        }
    }

    private static Buffer[] uniqueKeys(ResourceRow row) {
        return row.uniqueValues().stream().map(UniqueValue::key).toArray(Buffer[]::new);
    }

    /** As the text of an array: rows of different lengths cannot be elements of one. */
    private static String searchKeys(ResourceRow row) {
        return Arrays.stream(row.searchKeys()).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
