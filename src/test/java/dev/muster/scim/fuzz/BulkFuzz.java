package dev.muster.scim.fuzz;

import dev.muster.scim.bulk.BulkOperation;
import dev.muster.scim.bulk.BulkReader;
import dev.muster.scim.bulk.BulkRequest;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.JsonLimits;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Any bytes are a Bulk request or refused; of each operation that is no fault, the references that are told are those that are
 * replaced.
 */
public final class BulkFuzz {

    private static final List<BulkReader> READERS = List.of(
            new BulkReader(Conformance.COMPAT, 100, "https://example.com/t/a/scim/v2", JsonLimits.DEFAULT),
            new BulkReader(Conformance.STRICT, 100, "https://example.com/t/a/scim/v2", JsonLimits.DEFAULT));

    private BulkFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (BulkReader reader : READERS) {
            try {
                BulkRequest request = reader.read(input);
                request.creations();
                request.operations().forEach(BulkFuzz::check);
            } catch (ScimException e) {
                require(e.error().status() == 400 || e.error().status() == 413, e.error());
            }
        }
    }

    private static void check(BulkOperation operation) {
        if (operation.fault() != null || operation.method() == null || operation.data() == null) {
            return;
        }
        Set<String> replaced = new TreeSet<>();
        try {
            operation.data().parse(operation.method(), bulkId -> {
                replaced.add(bulkId);
                return "id";
            });
        } catch (ScimException e) {
            require(e.error().status() == 400, e.error());
            return;
        }
        if (operation.path() != null && operation.path().bulkId() != null) {
            replaced.add(operation.path().bulkId());
        }
        require(replaced.equals(new TreeSet<>(BulkRequest.references(operation))), replaced);
    }

    private static void require(boolean holds, Object about) {
        if (!holds) {
            throw new AssertionError(about);
        }
    }
}
