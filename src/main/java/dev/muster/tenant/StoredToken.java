package dev.muster.tenant;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a check needs of a token's row, and when it was read. */
record StoredToken(
        byte[] secretHash,
        TokenScope scope,
        @Nullable UUID userId,
        @Nullable String clientId,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        Instant readAt) {

    static StoredToken of(TokenEntity row, Instant readAt) {
        return new StoredToken(
                row.secretHash,
                TokenScope.of(row.scope).orElseThrow(),
                row.userId,
                row.clientId,
                row.expiresAt,
                row.revokedAt,
                readAt);
    }

    /** Whether it is this token that was presented, and it has neither been revoked nor expired. */
    boolean admits(TokenSecret presented, Instant now) {
        return is(presented) && revokedAt == null && expiresAt.isAfter(now);
    }

    /**
     * Whom logs and limits count this token for.
     *
     * @param id the token's own
     */
    String sender(String id) {
        return clientId == null ? id : clientId;
    }

    /** Whether it is this token that was presented. */
    boolean is(TokenSecret presented) {
        return MessageDigest.isEqual(presented.hash(), secretHash);
    }
}
