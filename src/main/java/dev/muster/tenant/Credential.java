package dev.muster.tenant;

import java.time.Instant;

/**
 * A token that has been checked: it is this tenant's, its secret is right, it has neither expired nor been revoked.
 *
 * @param tenant the tenant, from the token's row
 * @param tokenId for logs and limits
 */
public record Credential(String tenant, String tokenId, TokenScope scope, Instant expiresAt) {}
