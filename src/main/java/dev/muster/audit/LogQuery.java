package dev.muster.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a tenant are wanted; null: all.
 *
 * @param person the userName, externalId, displayName or id of whom it is about: also what was asked of the same resource by its
 *     id alone, or under another name
 * @param since inclusive
 * @param until exclusive
 */
public record LogQuery(
        @Nullable Outcome outcome,
        @Nullable String person,
        @Nullable UUID resourceId,
        @Nullable String method,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String requestId) {}
