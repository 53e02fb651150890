package dev.muster;

import dev.muster.postgres.EmbeddedPostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
        EmbeddedPostgresServer started = EmbeddedPostgresServer.start(newDirectory(), binaries());
        server = started;
        return started.configuration();
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
