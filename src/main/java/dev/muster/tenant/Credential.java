package dev.muster.tenant;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that has been checked: it is this tenant's, its secret is right, it has neither expired nor been revoked.
 *
 * @param tenant the tenant, from the token's row
 * @param sender for logs and limits: the id of the token, or of the OAuth client that was given it
 * @param userId the id of the user whose token it is (RFC 7644 §3.11); null for one that is no person's
 */
public record Credential(
        String tenant,
        String sender,
        TokenScope scope,
        @Nullable UUID userId,
        Instant expiresAt) {}
