package dev.muster.stream;

import io.smallrye.mutiny.Multi;

/**
 * A body that is produced while it is sent: its whole need never be in memory.
 *
 * @param chunks text in order; asked for one at a time, each when the one before has been written
 */
public record StreamedJson(Multi<String> chunks) {}
