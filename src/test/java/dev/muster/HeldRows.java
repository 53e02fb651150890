package dev.muster;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Rows that are locked as by a writer that takes its time: who wants to change them waits until they are let go. */
public final class HeldRows implements AutoCloseable {

    /** Whoever waits behind somebody who waits for the rows, waits for them too. */
    private static final String WAITING = """
            with recursive waiting (pid) as (
                select ?::int4
                union
                select a.pid from pg_stat_activity a, waiting w
                where a.wait_event_type = 'Lock' and w.pid = any(pg_blocking_pids(a.pid)))
            select pid from waiting offset 1""";

    private final Connection connection;
    private final String session;

    /** Locks the rows that {@code sql}, which ends in {@code for update} or a weaker lock, finds. */
    public HeldRows(String sql, Object... parameters) {
        try {
            connection = TestDatabase.superuser();
            connection.setAutoCommit(false);
            session = TestDatabase.query(connection, "select pg_backend_pid()").getFirst();
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

    /** Waits until so many sessions of the server, at least, wait for these rows. */
    public void awaitWaiting(int sessions) {
        Await.until(sessions + " wait for the rows", () -> waiting().size() >= sessions);
    }

    /** Ends the sessions of the server that wait for these rows, as the database does when it shuts down. */
    public void terminateWaiting() {
        List<String> ended = waiting();
        ended.forEach(waiting -> TestDatabase.count("select count(*) from pg_terminate_backend(?::int4)", waiting));
        Await.until("their sessions have ended", () -> Collections.disjoint(ended, waiting()));
    }

    private List<String> waiting() {
        try (Connection other = TestDatabase.superuser()) {
            return TestDatabase.query(other, WAITING, session);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
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
