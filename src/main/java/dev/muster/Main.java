package dev.muster;

import dev.muster.postgres.EmbeddedPostgresException;
import dev.muster.postgres.EmbeddedPostgresServer;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.time.Duration;

/** Starts Muster: on the configured database, or on a PostgreSQL that it starts first. */
@QuarkusMain
public class Main {
    private static final Duration APPLICATION_STOP_TIMEOUT = Duration.ofSeconds(30);

    /** Runs the server until it is told to stop. */
    public static void main(String... arguments) {
        // Built for this question only and not registered: Quarkus makes its own once the answer stands.
        SmallRyeConfig configuration = ConfigUtils.configBuilder().build();
        try {
            DatabaseLocation.in(configuration)
                    .ifPresentOrElse(
                            location -> location.configuration().forEach(System::setProperty),
                            () -> startDatabase(dataDirectory(configuration)));
        } catch (EmbeddedPostgresException | IllegalArgumentException noDatabase) {
            refuse(noDatabase);
        }
        Quarkus.run(arguments);
    }

    /**
     * Ends with the one message that matters. An ordinary exit would print everything that was logged so far in front of it,
     * traces included, because logging is not configured before Quarkus runs; and there is nothing to shut down yet.
     */
    private static void refuse(RuntimeException reason) {
        if (LaunchMode.current() != LaunchMode.NORMAL) {
            throw reason;
        }
        System.err.println("Muster cannot start: " + reason.getMessage());
        Runtime.getRuntime().halt(1);
    }

    private static Path dataDirectory(SmallRyeConfig configuration) {
        return Path.of(
                configuration.getOptionalValue("muster.data-dir", String.class).orElse(".muster"));
    }

    /**
     * Starts the server and tells Quarkus by system properties. They outlive a reload in dev mode, as the server does: the next
     * {@code main} in this JVM finds a database configured and starts none.
     */
    private static void startDatabase(Path dataDirectory) {
        if (ImageMode.current().isNativeImage()) {
            throw new IllegalArgumentException(
                    "The native Muster brings no PostgreSQL:"
                            + " set quarkus.datasource.reactive.url, quarkus.datasource.username and quarkus.datasource.password.");
        }
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(dataDirectory);
        server.configuration().forEach(System::setProperty);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfterApplication(server), "postgres-stop"));
    }

    /** All shutdown hooks run at once; the requests in flight still need their database. */
    private static void closeAfterApplication(EmbeddedPostgresServer server) {
        Application application = Application.currentApplication();
        if (application != null) {
            Thread waiting = Thread.ofPlatform().daemon().start(application::awaitShutdown);
            try {
                waiting.join(APPLICATION_STOP_TIMEOUT);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        server.close();
    }
}
