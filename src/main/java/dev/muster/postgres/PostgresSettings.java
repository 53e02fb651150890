package dev.muster.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server settings of the embedded PostgreSQL, in one place. They suit one Muster on a small machine (2 cores, 2 GiB
 * and up); whoever needs others runs a PostgreSQL of their own and configures {@code quarkus.datasource.*}.
 *
 * <p>They are passed on the command line at every start and so win over what stands in {@code postgresql.conf}.
 */
final class PostgresSettings {
    private PostgresSettings() {}

    /** The settings for a server on {@code port} of the loopback interface. */
    static Map<String, String> forPort(int port) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Reachable from this machine only, and only with a password: no socket in a directory that others share.
        settings.put("listen_addresses", EmbeddedPostgresServer.HOST);
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("password_encryption", "scram-sha-256");
        settings.put("max_connections", "100");

        // What was acknowledged is on disk, whatever is killed.
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");

        // Memory: a fixed cache, and enough per sort or hash for a list request with many members.
        settings.put("shared_buffers", "256MB");
        settings.put("effective_cache_size", "1GB");
        settings.put("work_mem", "8MB");
        settings.put("maintenance_work_mem", "128MB");

        // Write-ahead log: fewer and smoother checkpoints. Not compressed: these binaries know pglz only, and after
        // each
        // checkpoint a write to a directory of a million users would spend more on it than on everything else.
        settings.put("wal_compression", "off");
        settings.put("max_wal_size", "4GB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("checkpoint_completion_target", "0.9");
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");

        // Solid-state disks; compiling a query never pays off for the short statements of a directory.
        settings.put("random_page_cost", "1.1");
        settings.put("effective_io_concurrency", "64");
        settings.put("jit", "off");

        // One instant, one text everywhere.
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");

        // A week of logs inside the data directory, one file a weekday, overwritten when its day comes again.
        settings.put("logging_collector", "on");
        settings.put("log_directory", "log");
        settings.put("log_filename", "postgresql-%a.log");
        settings.put("log_truncate_on_rotation", "on");
        settings.put("log_rotation_age", "1d");
        settings.put("log_rotation_size", "0");
        settings.put("log_line_prefix", "%m [%p] %q%u@%d ");
        return settings;
    }
}
