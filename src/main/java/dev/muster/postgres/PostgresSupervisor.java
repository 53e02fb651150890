package dev.muster.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the embedded PostgreSQL again when it dies while Muster lives, on the port that Muster's connections go to. It tries
 * until it succeeds or Muster stops: until then requests are answered with 503.
 */
final class PostgresSupervisor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PostgresSupervisor.class);

    /** How long a death may stay unseen: {@code pg_ctl} makes the server nobody's child, so nothing tells us of its end. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    private final PostgresCluster cluster;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private PostgresSupervisor(PostgresCluster cluster, int port) {
        this.cluster = cluster;
        this.port = port;
        this.thread = Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::supervise);
    }

    /** Watches over the server of {@code cluster}, which has just been started on {@code port}. */
    static PostgresSupervisor watch(PostgresCluster cluster, int port) {
        PostgresSupervisor supervisor = new PostgresSupervisor(cluster, port);
        supervisor.thread.start();
        return supervisor;
    }

    private void supervise() {
        Duration pause = LOOK_EVERY;
        Optional<Postmaster> watched = Optional.empty();
        while (!closed(pause)) {
            try {
                if (watched.isEmpty() || !watched.get().isAlive()) {
                    watched = cluster.running();
                }
                if (watched.isEmpty()) {
                    LOG.error("PostgreSQL has died; starting it again");
                    cluster.restart(port);
                    LOG.infof("PostgreSQL is running again on port %d", port);
                }
                pause = LOOK_EVERY;
            } catch (IOException | EmbeddedPostgresException failure) {
                // Sessions of the dead server may still be ending: PostgreSQL does not start beside them.
                LOG.warnf("PostgreSQL did not start again: %s", failure.getMessage());
                pause = longer(pause);
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_BACKOFF) < 0 ? twice : LONGEST_BACKOFF;
    }

    private boolean closed(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Lets the server end from now on; a start that is under way is waited for, so that it can be stopped. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
