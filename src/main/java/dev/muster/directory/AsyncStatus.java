package dev.muster.directory;

import java.time.Instant;
import java.util.UUID;

/**
 * How far a request has come that was accepted for later.
 *
 * @param txn its transaction, as the client was told it
 * @param bulk whether it is a Bulk request
 * @param total how many operations it has
 * @param done how many of them have results
 * @param finished whether there is nothing more to do; a Bulk request may end before its last operation (failOnErrors)
 */
public record AsyncStatus(UUID txn, boolean bulk, int total, int done, boolean finished, Instant created) {}
