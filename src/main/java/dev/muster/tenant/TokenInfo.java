package dev.muster.tenant;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a token; never its secret.
 *
 * @param lastUsedAt to the minute; null where it has not been used
 */
public record TokenInfo(
        String id,
        String description,
        TokenScope scope,
        Instant created,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
