package dev.muster.directory;

import dev.muster.scim.bulk.BulkRequest;
import dev.muster.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Performs Bulk requests (RFC 7644 §3.7): every operation whole or not at all, and to the same result as one after the other;
 * what creates a resource before what refers to it. Operations of one kind go to the database in batches, and a batch takes a
 * connection only while it runs.
 */
@ApplicationScoped
public class BulkExecutor {

    private final ResourceWrites writes;
    private final BulkWriter writer;

    BulkExecutor(ResourceWrites writes, BulkWriter writer) {
        this.writes = writes;
        this.writer = writer;
    }

    /**
     * Performs a request, each time it is subscribed to. The next batch begins when more results are asked for. A batch that
     * has begun is carried to its end when the subscription is cancelled, and no other is begun.
     *
     * @return the results in the order of the request, a batch at a time; without those of operations that failOnErrors has
     *     excluded. It never fails: whatever goes wrong is an operation's error
     */
    public Multi<List<BulkResult>> run(Tenant tenant, BulkRequest request) {
        return Multi.createFrom().deferred(() -> {
            UUID[] ids = Stream.generate(ResourceIds::next)
                    .limit(request.operations().size())
                    .sorted()
                    .toArray(UUID[]::new);
            BulkPreparation preparation = new BulkPreparation(tenant, writes, request, ids);
            BulkRun run = new BulkRun(tenant, request, preparation, writer, List.of());
            return Multi.createBy()
                    .repeating()
                    .uni(run::next)
                    .whilst(results -> !run.over())
                    .filter(results -> !results.isEmpty());
        });
    }
}
