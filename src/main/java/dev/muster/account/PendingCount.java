package dev.muster.account;

/**
 * How many resources of a type wait for a reason.
 *
 * @param type {@code User} or {@code Group}
 */
public record PendingCount(PendingReason reason, String type, long count) {}
