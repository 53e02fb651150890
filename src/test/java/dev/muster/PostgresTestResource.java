package dev.muster;

import dev.muster.postgres.EmbeddedPostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A fresh embedded PostgreSQL for {@code @QuarkusTest}, where {@link Main} does not run: the same server with the same
 * settings, roles and users as in production, on a directory of its own below {@code target}.
 */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private @Nullable EmbeddedPostgresServer server;

    @Override
    public Map<String, String> start() {
        Path directory = newDirectory();
        EmbeddedPostgresServer started = newServer(directory);
        server = started;
        Map<String, String> configuration = new HashMap<>(started.configuration());
        configuration.put(TestDatabase.SUPERUSER_PASSWORD, superuserPassword(directory));
        return configuration;
    }

    /**
     * A server on {@code directory} that ends with this process at the latest: where what needs it does not start, nobody
     * closes it.
     */
    public static EmbeddedPostgresServer newServer(Path directory) {
        EmbeddedPostgresServer started = EmbeddedPostgresServer.start(directory, binaries());
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "test-postgres-stop"));
        return started;
    }

    /** The password of {@code postgres} in the server on {@code directory}, which Muster itself never hands out. */
    public static String superuserPassword(Path directory) {
        Properties passwords = new Properties();
        try (Reader reader = Files.newBufferedReader(directory.resolve("credentials"))) {
            passwords.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return passwords.getProperty("postgres");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** A new data directory below {@code target}; {@code mvn clean} removes it. */
    public static Path newDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(TARGET.resolve("test-data")), "muster-");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where all tests share one unpacked copy of PostgreSQL's programs. */
    public static Path binaries() {
        return TARGET.resolve("postgres-binaries");
    }
}
