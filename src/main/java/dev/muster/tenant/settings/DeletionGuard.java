package dev.muster.tenant.settings;

import org.jspecify.annotations.Nullable;

/**
 * When deprovisionings are held for an operator's approval: when within the window there are more than {@code count} and more
 * than {@code share} of the accounts; where one of both is not given, the other decides.
 *
 * @param count 0 or more
 * @param share of the accounts in use when the window began, above 0, at most 1
 * @param windowMinutes 1 to 10,080 (a week), 60 by default
 */
public record DeletionGuard(
        @Nullable Integer count, @Nullable Double share, int windowMinutes) {

    private static final int USUAL_WINDOW = 60;

    public DeletionGuard {
        // A number that is not there is read as 0.
        windowMinutes = windowMinutes == 0 ? USUAL_WINDOW : windowMinutes;
    }
}
