package dev.muster.postgres;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which failures mean that the database is away, not that something is wrong with the request. */
public final class DatabaseFailures {

    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57");

    /** Serialisation failure and deadlock, left over when every retry has met one. */
    private static final Set<String> CONTENTION = Set.of("40001", "40P01");

    private DatabaseFailures() {}

    /** Whether the same request can be expected to succeed later. */
    public static boolean isUnavailable(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException e && e.getSqlState() != null) {
                return UNAVAILABLE_CLASSES.contains(e.getSqlState().substring(0, 2))
                        || CONTENTION.contains(e.getSqlState());
            }
            if (cause instanceof ConnectException
                    || cause instanceof ClosedConnectionException
                    || cause instanceof VertxException) {
                return true;
            }
        }
        return false;
    }
}
