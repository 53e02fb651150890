package dev.muster.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a token; never its secret.
 *
 * @param userId whose token it is; null for one that is no person's
 * @param lastUsedAt to the minute; null where it has not been used
 */
public record TokenInfo(
        String id,
        String description,
        TokenScope scope,
        @Nullable UUID userId,
        Instant created,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
