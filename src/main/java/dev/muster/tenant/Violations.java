package dev.muster.tenant;

import java.sql.SQLException;

/** What a database failure means. */
final class Violations {

    private static final String UNIQUE_VIOLATION = "23505";

    private Violations() {}

    /** Whether a unique constraint was violated, however deep the persistence layer has wrapped it. */
    static boolean isUnique(Throwable failure) {
        // Hibernate Reactive turns the client's own exceptions into SQLExceptions.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e) {
                return UNIQUE_VIOLATION.equals(e.getSQLState());
            }
        }
        return false;
    }
}
