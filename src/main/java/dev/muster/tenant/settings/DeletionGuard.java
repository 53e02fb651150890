package dev.muster.tenant.settings;

import org.jspecify.annotations.Nullable;

/**
 * When deprovisionings are held for an operator's approval: when within the window there are more than {@code count} and more
 * than {@code share} of the accounts; where one of both is not given, the other decides.
 *
 * @param count 0 or more
 * @param share of the accounts in use when the window began, above 0, at most 1
 * @param windowMinutes 1 to 10,080 (a week)
 */
public record DeletionGuard(
        @Nullable Integer count, @Nullable Double share, int windowMinutes) {}
