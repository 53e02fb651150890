package dev.muster.limit;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * How often one origin may fail to authenticate. It is counted by origin and target, and more widely by origin: many customers'
 * identity providers send from the addresses of one cloud, and one that keeps on sending an expired token must not shut the
 * others out. Kept in memory: each replica has its own.
 */
@ApplicationScoped
public class AuthenticationAttempts {

    private static final int BURST_SECONDS = 10;

    /** So many targets may meet failures of one origin at the full rate before all are limited. */
    private static final int TARGETS = 10;

    private static final String DETAIL = "Too many requests with a wrong credential have come from this address."
            + " Correct the credential, and send the request again after the time in Retry-After.";

    private record AtTarget(Origin origin, String target) {}

    private final TokenBuckets<AtTarget> atTarget;
    private final TokenBuckets<Origin> anywhere;

    AuthenticationAttempts(LimitsConfig limits) {
        int perSecond = limits.failedAuthenticationsPerSecond();
        this.atTarget = new TokenBuckets<>(perSecond, BURST_SECONDS * perSecond);
        this.anywhere = new TokenBuckets<>(TARGETS * perSecond, TARGETS * BURST_SECONDS * perSecond);
    }

    /**
     * Counts an attempt that has failed, or may: then before anything is spent on finding out.
     *
     * @param target what the credential is for; bounded in length by the caller
     * @throws TooManyRequestsException where the origin has failed too often
     */
    public void count(Origin origin, String target) {
        AtTarget here = new AtTarget(origin, target);
        atTarget.take(here, DETAIL);
        try {
            anywhere.take(origin, DETAIL);
        } catch (TooManyRequestsException limited) {
            atTarget.giveBack(here);
            throw limited;
        }
    }

    /** The attempt that was counted did not fail. */
    public void withdraw(Origin origin, String target) {
        atTarget.giveBack(new AtTarget(origin, target));
        anywhere.giveBack(origin);
    }
}
