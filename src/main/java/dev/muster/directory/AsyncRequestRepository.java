package dev.muster.directory;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.function.Function;

/** Requests that were accepted for later, in SQL. Times are the database's: servers differ. */
@ApplicationScoped
class AsyncRequestRepository {

    /** How long results can be read. */
    static final Duration RETENTION = Duration.ofHours(24);

    private static final String RETAINED = "interval '" + RETENTION.toHours() + " hours'";

    private static final String DUE =
            "select id from tenant where async_due <= now() and not deleting order by async_due limit 100";

    /** Its row lock puts the acceptances of a tenant in order. */
    private static final String ANNOUNCE =
            "update tenant set async_due = least(async_due, now()) where id = $1 and not deleting";

    private static final String ACCEPT = """
            insert into async_request (tenant_id, txn, number, token_id, kind, base, request, total, done,
                attempts, created)
            select $1::text, $2::uuid, coalesce(max(number), 0) + 1, $3::text, $4::text, $5::text, $6::text, $7::int4,
                0, 0, now()
            from async_request where tenant_id = $1 and finished is null having count(*) < $8""";

    private static final String OLDEST = """
            r.tenant_id = $1 and r.finished is null and r.number = (
                select number from async_request where tenant_id = $1 and finished is null order by number limit 1)""";

    private static final String LOCK_OLDEST = """
            select r.txn, r.kind, r.token_id, r.base, r.total, r.done from async_request r
            where exists (select 1 from tenant t where t.id = $1 and t.enabled and not t.deleting) and\s""" + OLDEST + """
             for no key update of r skip locked""";

    private static final String COUNT_ATTEMPT =
            "update async_request r set attempts = r.attempts + 1 where " + OLDEST + " returning r.attempts";

    private static final String REQUEST = "select request from async_request where tenant_id = $1 and txn = $2";

    private static final String UNFINISHED =
            "select exists (select 1 from async_request where tenant_id = $1 and finished is null)";

    private static final String ADD_RESULTS = """
            insert into async_result (tenant_id, txn, position, failed, operation)
            select $1, $2, r.* from unnest($3::int4[], $4::boolean[], $5::text[]) r""";

    private static final String ADVANCE =
            "update async_request set done = $3, attempts = 0 where tenant_id = $1 and txn = $2";

    private static final String FINISH = """
            update async_request set done = $3, request = null, finished = now() where tenant_id = $1 and txn = $2""";

    private static final String POSITIONS =
            "select position, failed from async_result where tenant_id = $1 and txn = $2";

    private static final String STATUS =
            "select kind, total, done, finished, created from async_request where tenant_id = $1 and txn = $2";

    private static final String RESULTS = """
            select position, operation from async_result
            where tenant_id = $1 and txn = $2 and position > $3 order by position limit $4""";

    private static final String PURGE = """
            delete from async_request where tenant_id = $1 and txn in (
                select txn from async_request where tenant_id = $1 and finished < now() - %s limit $2)""".formatted(RETAINED);

    private static final String LOCK_TENANT = "select 1 from tenant where id = $1 for no key update";

    private static final String SETTLE = """
            update tenant set async_due = (
                select min(finished) + %s from async_request where tenant_id = $1)
            where id = $1 and not exists (select 1 from async_request where tenant_id = $1 and finished is null)""".formatted(RETAINED);

    /** A request whose row is locked until the transaction ends. */
    record Locked(UUID txn, String kind, String tokenId, String base, int total, int done) {}

    /** What has become of one operation. */
    record Result(int position, boolean failed, String operation) {

        static Result of(BulkResult result, String base) {
            return new Result(
                    result.index(), result.failed(), result.toJson(base).toString());
        }
    }

    /** Results in the order of the request; the last one's place, and their text as in a Bulk response. */
    record Page(int size, int last, String operations) {}

    /** The tenants at whose requests somebody has to look; on a connection that is bound to the operator. */
    Uni<List<String>> due(SqlConnection connection) {
        return connection.query(DUE).execute().map(rows -> {
            List<String> tenants = new ArrayList<>();
            rows.forEach(row -> tenants.add(row.getString(0)));
            return tenants;
        });
    }

    /** Says that there is something to do for the tenant; whether it is there at all. */
    Uni<Boolean> announce(SqlConnection connection, String tenant) {
        return connection.preparedQuery(ANNOUNCE).execute(Tuple.of(tenant)).map(rows -> rows.rowCount() == 1);
    }

    /** Stores a request, unless {@code most} of the tenant's have not been finished; whether it was stored. */
    Uni<Boolean> accept(
            SqlConnection connection, String tenant, UUID txn, AsyncWork work, AsyncRequests.Client client, int most) {
        List<Object> parameters = List.of(
                tenant, txn, client.tokenId(), work.kind(), client.base(), work.stored(), work.operations(), (long)
                        most);
        return connection.preparedQuery(ACCEPT).execute(Tuple.from(parameters)).map(rows -> rows.rowCount() == 1);
    }

    /** Locks the tenant's oldest request that is not finished; empty also where it is locked or the tenant disabled. */
    Uni<Optional<Locked>> lockOldest(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(LOCK_OLDEST)
                .execute(Tuple.of(tenant))
                .map(rows -> first(
                        rows,
                        row -> new Locked(
                                row.getUUID("txn"),
                                row.getString("kind"),
                                row.getString("token_id"),
                                row.getString("base"),
                                row.getInteger("total"),
                                row.getInteger("done"))));
    }

    /** Counts a failure against the tenant's oldest request that is not finished; how many there have been in a row. */
    Uni<Integer> countAttempt(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(COUNT_ATTEMPT)
                .execute(Tuple.of(tenant))
                .map(rows -> first(rows, row -> row.getInteger(0)).orElse(0));
    }

    /** What is to be done. */
    Uni<String> request(SqlConnection connection, String tenant, UUID txn) {
        return connection
                .preparedQuery(REQUEST)
                .execute(Tuple.of(tenant, txn))
                .map(rows -> rows.iterator().next().getString(0));
    }

    Uni<Boolean> hasUnfinished(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(UNFINISHED)
                .execute(Tuple.of(tenant))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Notes what has become of operations. */
    Uni<Void> addResults(SqlConnection connection, String tenant, UUID txn, List<Result> results) {
        if (results.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(ADD_RESULTS)
                .execute(Tuple.of(
                        tenant,
                        txn,
                        results.stream().map(Result::position).toArray(Integer[]::new),
                        results.stream().map(Result::failed).toArray(Boolean[]::new),
                        results.stream().map(Result::operation).toArray(String[]::new)))
                .replaceWithVoid();
    }

    /** Which operations have results, and whether they have failed. */
    Uni<Map<Integer, Boolean>> performed(SqlConnection connection, String tenant, UUID txn) {
        return connection
                .preparedQuery(POSITIONS)
                .execute(Tuple.of(tenant, txn))
                .map(rows -> {
                    Map<Integer, Boolean> performed = new HashMap<>();
                    rows.forEach(row -> performed.put(row.getInteger(0), row.getBoolean(1)));
                    return performed;
                });
    }

    /** Notes how far a request has come. */
    Uni<Void> advance(SqlConnection connection, String tenant, UUID txn, int done) {
        return connection
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(tenant, txn, done))
                .replaceWithVoid();
    }

    /** Notes that a request is finished, and forgets what was asked. */
    Uni<Void> finish(SqlConnection connection, String tenant, UUID txn, int done) {
        return connection
                .preparedQuery(FINISH)
                .execute(Tuple.of(tenant, txn, done))
                .replaceWithVoid();
    }

    Uni<Optional<AsyncStatus>> status(SqlConnection connection, String tenant, UUID txn) {
        return connection
                .preparedQuery(STATUS)
                .execute(Tuple.of(tenant, txn))
                .map(rows -> first(
                        rows,
                        row -> new AsyncStatus(
                                txn,
                                row.getString("kind").equals(AsyncWork.Bulk.KIND),
                                row.getInteger("total"),
                                row.getInteger("done"),
                                row.getOffsetDateTime("finished") != null,
                                row.getOffsetDateTime("created").toInstant())));
    }

    /** The results after place {@code after}, at most {@code limit}. */
    Uni<Page> results(SqlConnection connection, String tenant, UUID txn, int after, int limit) {
        return connection
                .preparedQuery(RESULTS)
                .execute(Tuple.of(tenant, txn, after, (long) limit))
                .map(rows -> {
                    StringJoiner operations = new StringJoiner(",");
                    int last = after;
                    for (Row row : rows) {
                        last = row.getInteger(0);
                        operations.add(row.getString(1));
                    }
                    return new Page(rows.size(), last, operations.toString());
                });
    }

    /** Deletes finished requests whose time is over, and their results; at most {@code limit}, and how many they were. */
    Uni<Integer> purge(SqlConnection connection, String tenant, int limit) {
        return connection
                .preparedQuery(PURGE)
                .execute(Tuple.of(tenant, (long) limit))
                .map(rows -> rows.rowCount());
    }

    /**
     * Notes when the tenant's requests have to be looked at again, if all are finished; inside a transaction. The lock comes
     * first, so that the next statement sees every request that was accepted under it.
     */
    Uni<Void> settle(SqlConnection connection, String tenant) {
        return connection
                .preparedQuery(LOCK_TENANT)
                .execute(Tuple.of(tenant))
                .chain(() -> connection.preparedQuery(SETTLE).execute(Tuple.of(tenant)))
                .replaceWithVoid();
    }

    private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
        return rows.iterator().hasNext()
                ? Optional.of(read.apply(rows.iterator().next()))
                : Optional.empty();
    }
}
