package dev.muster.account;

import org.jspecify.annotations.Nullable;

/**
 * Which groups are looked for: those that are like all that is given.
 *
 * @param externalId compared exactly
 * @param displayName compared without regard to case
 */
public record AccountGroupFilter(
        @Nullable String externalId, @Nullable String displayName) {}
