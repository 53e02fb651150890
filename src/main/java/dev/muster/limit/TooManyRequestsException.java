package dev.muster.limit;

import java.time.Duration;

/** A client sends more than it may (RFC 6585 §4). Nothing was done; the same request succeeds later. */
public final class TooManyRequestsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String detail;
    private final long retryAfter;

    /**
     * A refusal.
     *
     * @param wait after this time the client may try again
     */
    public TooManyRequestsException(String detail, Duration wait) {
        super(detail, null, false, false);
        this.detail = detail;
        this.retryAfter = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /** What the client is told: which limit it has met. */
    public String detail() {
        return detail;
    }

    /** Seconds after which to try again, at least 1. */
    public long retryAfter() {
        return retryAfter;
    }
}
