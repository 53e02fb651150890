package dev.muster.limit;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * How many requests a token may send. Each has a bucket of its own, so that nobody else's traffic, from wherever it comes, uses
 * up what an identity provider may send. Kept in memory: each replica has its own.
 */
@ApplicationScoped
public class RequestRate {

    private static final int BURST_SECONDS = 2;

    private record Sender(String tenant, String tokenId) {}

    private final TokenBuckets<Sender> buckets;
    private final String detail;

    RequestRate(LimitsConfig limits) {
        int perSecond = limits.requestsPerSecond();
        this.buckets = new TokenBuckets<>(perSecond, BURST_SECONDS * perSecond);
        this.detail = "This token has sent more than " + perSecond
                + " requests a second. Nothing was changed; send the request again after the time in Retry-After.";
    }

    /**
     * Counts a request of a token that has been found valid: whoever knows only its id must not use up its requests.
     *
     * @throws TooManyRequestsException where the token has none left
     */
    public void count(String tenant, String tokenId) {
        buckets.take(new Sender(tenant, tokenId), detail);
    }
}
