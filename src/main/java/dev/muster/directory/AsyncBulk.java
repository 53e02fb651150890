package dev.muster.directory;

import dev.muster.postgres.JoinedTransaction;
import dev.muster.scim.bulk.BulkReader;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.message.JsonLimits;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A Bulk request that was accepted for later, as one server has it in memory between two of its batches. What is in the
 * database counts: one that does not go on from there is thrown away.
 */
final class AsyncBulk {

    private final UUID txn;
    private final long tenantVersion;
    private final JoinedTransaction joined;
    private final BulkRun run;
    private final BitSet performed = new BitSet();

    /**
     * @param stored the body as it was kept
     * @param earlier what has become of operations already
     */
    AsyncBulk(
            Tenant tenant,
            AsyncRequestRepository.Locked request,
            String stored,
            List<BulkResult> earlier,
            ResourceWrites writes,
            JoinedWrites joinedWrites,
            JsonLimits limits) {
        this.txn = request.txn();
        this.tenantVersion = tenant.version();
        this.joined = new JoinedTransaction();
        BulkRequest bulk = new BulkReader(tenant.settings().conformance(), Integer.MAX_VALUE, request.base(), limits)
                .read(stored.getBytes(StandardCharsets.UTF_8));
        UUID[] ids = IntStream.range(0, bulk.operations().size())
                .mapToObj(index -> ResourceIds.derived(txn, index))
                .toArray(UUID[]::new);
        BulkPreparation preparation = new BulkPreparation(tenant, writes, bulk, ids);
        this.run = new BulkRun(tenant, bulk, preparation, joinedWrites.bulkWriter(joined), earlier);
        earlier.forEach(result -> performed.set(result.index()));
    }

    /** Whether this is where the request has come to, by the tenant's rules of now. */
    boolean continues(Tenant tenant, AsyncRequestRepository.Locked request) {
        return txn.equals(request.txn())
                && performed.cardinality() == request.done()
                && tenantVersion == tenant.version();
    }

    /** Performs one batch in the transaction on {@code db}; what has become of its operations. */
    Uni<List<BulkResult>> next(SqlConnection db, Tenant tenant) {
        return joined.within(tenant.id(), db, run::next).map(told -> {
            if (run.databaseAway()) {
                throw new VertxException("the database went away during a batch", true);
            }
            List<BulkResult> results = run.besides(performed);
            results.forEach(result -> performed.set(result.index()));
            return results;
        });
    }

    int done() {
        return performed.cardinality();
    }

    boolean isOver() {
        return run.over();
    }
}
