package dev.muster.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * A real PostgreSQL of Muster's own, on a data directory that is kept: the database where none is configured.
 *
 * <p>The data directory (mode 700) holds {@code postgres} (the cluster), {@code postgres-binaries} (the programs, unpacked),
 * {@code credentials} (mode 600) and {@code muster.lock}. One living Muster owns it. A server that a killed Muster left
 * running on it is stopped, cleanly if it lets itself, and started anew. A server that dies while Muster lives is started
 * again on the same port.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {
    /** The only address the server listens on. */
    public static final String HOST = "127.0.0.1";

    /** The database that Muster's tables are in: UTF-8, collation C. */
    public static final String DATABASE = "muster";

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgresServer.class);

    private final Path dataDirectory;
    private final PostgresCluster cluster;
    private final PostgresCredentials credentials;
    private final int port;
    private final DataDirectoryLock lock;
    private final PostgresSupervisor supervisor;

    private EmbeddedPostgresServer(
            Path dataDirectory,
            PostgresCluster cluster,
            PostgresCredentials credentials,
            int port,
            DataDirectoryLock lock,
            PostgresSupervisor supervisor) {
        this.dataDirectory = dataDirectory;
        this.cluster = cluster;
        this.credentials = credentials;
        this.port = port;
        this.lock = lock;
        this.supervisor = supervisor;
    }

    /**
     * Starts a server on {@code directory}, which is made at the first start, and prepares the roles and the database.
     *
     * @throws EmbeddedPostgresException if another Muster owns the directory, or PostgreSQL does not start
     */
    public static EmbeddedPostgresServer start(Path directory) {
        return start(directory, directory.resolve("postgres-binaries"));
    }

    /** As {@link #start(Path)}, with the programs unpacked in {@code binaries}, which several servers may share. */
    public static EmbeddedPostgresServer start(Path directory, Path binaries) {
        Path dataDirectory = directory.toAbsolutePath().normalize();
        try {
            PrivateFiles.createDirectory(dataDirectory);
            DataDirectoryLock lock = DataDirectoryLock.acquire(dataDirectory);
            try {
                return startLocked(dataDirectory, binaries.toAbsolutePath(), lock);
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("cannot use the data directory " + dataDirectory, failure);
        }
    }

    private static EmbeddedPostgresServer startLocked(Path dataDirectory, Path binaries, DataDirectoryLock lock)
            throws IOException {
        PostgresCredentials credentials = PostgresCredentials.loadOrCreate(dataDirectory);
        PostgresPrograms programs = new PostgresPrograms(PostgresBinaries.unpackInto(binaries));
        PostgresCluster cluster = new PostgresCluster(dataDirectory, programs);
        cluster.initialiseOnce(credentials.superuser());
        cluster.stopOrphan();
        int port = cluster.start();
        try {
            DatabasePreparation.prepare(port, credentials);
        } catch (EmbeddedPostgresException failure) {
            cluster.stop();
            throw failure;
        }
        LOG.infof("PostgreSQL is running on port %d of %s, data in %s", port, HOST, dataDirectory);
        return new EmbeddedPostgresServer(
                dataDirectory, cluster, credentials, port, lock, PostgresSupervisor.watch(cluster, port));
    }

    /** The port on {@link #HOST}; another one at every start. */
    public int port() {
        return port;
    }

    /** The owner of database and tables; runs the migrations. */
    public DatabaseLogin owner() {
        return new DatabaseLogin(PostgresCredentials.OWNER, credentials.owner());
    }

    /** The role Muster works as; owns nothing, and row-level security binds it. */
    public DatabaseLogin application() {
        return new DatabaseLogin(PostgresCredentials.APPLICATION, credentials.application());
    }

    /** The Quarkus configuration that makes an application use this server. */
    public Map<String, String> configuration() {
        String location = "postgresql://" + HOST + ":" + port + "/" + DATABASE;
        return Map.of(
                "quarkus.datasource.reactive.url", location,
                "quarkus.datasource.jdbc.url", "jdbc:" + location,
                "quarkus.datasource.username", application().user(),
                "quarkus.datasource.password", application().password(),
                "quarkus.flyway.username", owner().user(),
                "quarkus.flyway.password", owner().password());
    }

    /** Stops the server and lets the data directory go. */
    @Override
    public void close() {
        try (lock) {
            supervisor.close();
            cluster.stop();
            LOG.infof("PostgreSQL has stopped, data in %s", dataDirectory);
        } catch (IOException failure) {
            throw new EmbeddedPostgresException("cannot release the data directory " + dataDirectory, failure);
        }
    }
}
