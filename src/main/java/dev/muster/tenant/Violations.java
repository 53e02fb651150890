package dev.muster.tenant;

import io.vertx.pgclient.PgException;

/** What a database failure means. */
final class Violations {

    private static final String UNIQUE_VIOLATION = "23505";

    private Violations() {}

    /** Whether a unique constraint was violated, however deep the persistence layer has wrapped it. */
    static boolean isUnique(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException e) {
                return UNIQUE_VIOLATION.equals(e.getSqlState());
            }
        }
        return false;
    }
}
