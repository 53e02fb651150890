package dev.muster.postgres;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.SocketException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What failures of the database mean, however deep the persistence layer has wrapped them. */
public final class DatabaseFailures {

    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57");

    /** Serialisation failure and deadlock, left over when every retry has met one. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01");

    /** SQLSTATE classes: data exception, integrity constraint violation, program limit exceeded. */
    private static final Set<String> REFUSED_CLASSES = Set.of("22", "23", "54");

    private static final String UNIQUE_VIOLATION = "23505";

    private DatabaseFailures() {}

    /** Whether a unique constraint was violated. */
    public static boolean isUniqueViolation(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sqlState = sqlState(cause);
            if (sqlState != null) {
                return UNIQUE_VIOLATION.equals(sqlState);
            }
        }
        return false;
    }

    /** Whether the database is away, so that the same request can be expected to succeed later. */
    public static boolean isUnavailable(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sqlState = sqlState(cause);
            if (sqlState != null) {
                return UNAVAILABLE_CLASSES.contains(sqlState.substring(0, 2)) || CONTENTION.contains(sqlState);
            }
            if (isConnectionLost(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every retry has met other transactions: what failed can be expected to succeed when it is alone. */
    public static boolean isContention(Throwable failure) {
        return failure instanceof PgException e && CONTENTION.contains(String.valueOf(e.getSqlState()));
    }

    /** Whether the same statement may succeed later: not where the database refuses the data, or it never came so far. */
    public static boolean isPassing(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sqlState = sqlState(cause);
            if (sqlState != null) {
                return !REFUSED_CLASSES.contains(sqlState.substring(0, 2));
            }
        }
        return isUnavailable(failure);
    }

    /** A broken pipe is a plain IOException; its subclasses have other causes, malformed JSON among them. */
    private static boolean isConnectionLost(Throwable failure) {
        return failure instanceof SocketException
                || failure instanceof VertxException
                || failure instanceof TimeoutException
                || failure.getClass() == IOException.class
                || (failure instanceof NoStackTraceThrowable && "Timeout".equals(failure.getMessage()));
    }

    /** Hibernate Reactive turns the client's own exceptions into SQLExceptions. */
    private static @Nullable String sqlState(Throwable failure) {
        return switch (failure) {
            case PgException e -> e.getSqlState();
            case SQLException e -> e.getSQLState();
            default -> null;
        };
    }
}
