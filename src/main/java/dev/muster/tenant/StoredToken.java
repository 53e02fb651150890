package dev.muster.tenant;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a check needs of a token's row, and when it was read. */
record StoredToken(
        byte[] secretHash, TokenScope scope, @Nullable UUID userId, Instant expiresAt, Instant readAt) {

    static StoredToken of(TokenEntity row, Instant readAt) {
        return new StoredToken(
                row.secretHash, TokenScope.of(row.scope).orElseThrow(), row.userId, row.expiresAt, readAt);
    }

    /** Whether it is this token that was presented, and it has not expired. */
    boolean admits(TokenSecret presented, Instant now) {
        return MessageDigest.isEqual(presented.hash(), secretHash) && expiresAt.isAfter(now);
    }
}
