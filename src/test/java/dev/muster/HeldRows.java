package dev.muster;

import java.sql.Connection;
import java.sql.SQLException;

/** Rows that are locked as by a writer that takes its time: who wants to change them waits until they are let go. */
public final class HeldRows implements AutoCloseable {

    private final Connection connection;

    /** Locks the rows that {@code sql}, which ends in {@code for update}, finds. */
    public HeldRows(String sql, Object... parameters) {
        try {
            connection = TestDatabase.superuser();
            connection.setAutoCommit(false);
            if (TestDatabase.query(connection, sql, parameters).isEmpty()) {
                throw new AssertionError("nothing to hold: " + sql);
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Holds a resource. */
    public static HeldRows resource(String id) {
        return new HeldRows("select id from resource where id = ?::uuid for update", id);
    }

    /** Lets go; more than once does no harm. */
    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }
}
