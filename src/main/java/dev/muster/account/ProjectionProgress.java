package dev.muster.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the projection of all of a tenant's resources is: the one under way, else the last one.
 *
 * @param running whether one is under way, or due
 * @param total the users and groups that there were when it began; while it runs more may come
 * @param done how many of them have been looked at
 * @param changed how many accounts and groups have become others, or wait to
 * @param startedAt null where it has not begun yet, or there never was one
 * @param finishedAt null while it is under way
 * @param changesWaiting changes of resources that have not been worked off yet; they come first
 */
public record ProjectionProgress(
        boolean running,
        long total,
        long done,
        long changed,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long changesWaiting) {}
