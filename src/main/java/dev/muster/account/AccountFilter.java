package dev.muster.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts are looked for: those that are like all that is given. Values are compared exactly, {@code email} and {@code
 * userName} without regard to case.
 *
 * @param status null for all but those that have been erased
 * @param group a group that the account is directly in
 * @param modifiedSince inclusive
 */
public record AccountFilter(
        @Nullable AccountStatus status,
        @Nullable String email,
        @Nullable String userName,
        @Nullable String externalId,
        @Nullable String employeeNumber,
        @Nullable String department,
        @Nullable String productId,
        @Nullable String role,
        @Nullable UUID group,
        @Nullable Instant modifiedSince) {}
