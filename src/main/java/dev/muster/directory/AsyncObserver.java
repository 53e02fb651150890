package dev.muster.directory;

import java.util.List;
import java.util.UUID;

/** Hears what has become of the operations of accepted requests, when it stands; not again after a crash. */
public interface AsyncObserver {

    /**
     * Operations have been performed or have failed.
     *
     * @param tokenId with which the request came
     * @param txn the request's transaction
     */
    void performed(String tenant, String tokenId, UUID txn, List<BulkResult> results);
}
