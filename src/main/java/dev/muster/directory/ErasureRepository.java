package dev.muster.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Deletes what a tenant has, a batch a statement. */
@ApplicationScoped
class ErasureRepository {

    /** Locks out whoever is writing to the tenant's log, and is ahead of what they have written. */
    private static final String LOCK_TENANT = "select id from tenant where id = $1 and deleting for update";

    private static final String DELETE_LOG = "delete from provisioning_log where tenant_id = $1";
    private static final String DELETE_TENANT = "delete from tenant where id = $1 and deleting";
    private static final String DELETING = "select id from tenant where deleting";

    /** What is deleted, children first; requests ahead of what they write, which waits for one that is being executed. */
    enum Kind {
        ASYNC_RESULTS("""
                delete from async_result where tenant_id = $1 and (txn, position) in (
                    select txn, position from async_result where tenant_id = $1 limit $2)"""),
        ASYNC_REQUESTS("""
                delete from async_request where tenant_id = $1 and txn in (
                    select txn from async_request where tenant_id = $1 limit $2)"""),
        CHANGES("""
                delete from change where tenant_id = $1 and (at, id) in (
                    select at, id from change where tenant_id = $1 limit $2)"""),
        PENDING("""
                delete from pending where tenant_id = $1 and resource_id in (
                    select resource_id from pending where tenant_id = $1 limit $2)"""),
        EVENTS("""
                delete from event where tenant_id = $1 and sequence in (
                    select sequence from event where tenant_id = $1 limit $2)"""),
        ACCOUNT_MEMBERSHIPS("""
                delete from account_membership where tenant_id = $1 and (group_id, member_id) in (
                    select group_id, member_id from account_membership where tenant_id = $1 limit $2)"""),
        ACCOUNT_GROUPS("""
                delete from account_group where tenant_id = $1 and id in (
                    select id from account_group where tenant_id = $1 limit $2)"""),
        ACCOUNT_ROLES("""
                delete from account_role where tenant_id = $1 and (account_id, role) in (
                    select account_id, role from account_role where tenant_id = $1 limit $2)"""),
        ACCOUNTS("""
                delete from account where tenant_id = $1 and id in (
                    select id from account where tenant_id = $1 limit $2)"""),
        MEMBERSHIPS("""
                delete from membership where tenant_id = $1 and (group_id, member_id) in (
                    select group_id, member_id from membership where tenant_id = $1 limit $2)"""),
        KEYS("""
                delete from resource_key where tenant_id = $1 and (key, resource_id) in (
                    select key, resource_id from resource_key where tenant_id = $1 limit $2)"""),
        UNIQUE_VALUES("""
                delete from resource_unique where tenant_id = $1 and key in (
                    select key from resource_unique where tenant_id = $1 limit $2)"""),
        RESOURCES("""
                delete from resource where tenant_id = $1 and id in (
                    select id from resource where tenant_id = $1 limit $2)"""),
        LOG("""
                delete from provisioning_log where tenant_id = $1 and id in (
                    select id from provisioning_log where tenant_id = $1 limit $2)""");

        private final String deletion;

        Kind(String deletion) {
            this.deletion = deletion;
        }
    }

    /** Deletes at most {@code limit} rows; the number of rows deleted. */
    Uni<Integer> deleteBatch(SqlConnection connection, String tenant, Kind kind, int limit) {
        return connection
                .preparedQuery(kind.deletion)
                .execute(Tuple.of(tenant, (long) limit))
                .map(rows -> rows.rowCount());
    }

    /** Deletes the tenant itself, its tokens and what is left of its log, if it is marked so; in one transaction. */
    Uni<Void> deleteTenant(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(LOCK_TENANT)
                .execute(Tuple.of(tenant))
                .chain(locked -> locked.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(DELETE_LOG)
                                .execute(Tuple.of(tenant))
                                .chain(() ->
                                        connection.preparedQuery(DELETE_TENANT).execute(Tuple.of(tenant)))
                                .replaceWithVoid());
    }

    /** The tenants whose deletion has begun; on a connection that is bound to the operator. */
    Uni<List<String>> tenantsBeingDeleted(SqlConnection connection) {
        return connection.query(DELETING).execute().map(rows -> {
            List<String> tenants = new ArrayList<>();
            rows.forEach(row -> tenants.add(row.getString(0)));
            return tenants;
        });
    }
}
