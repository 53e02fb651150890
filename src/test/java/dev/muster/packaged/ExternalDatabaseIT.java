package dev.muster.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Http;
import dev.muster.PostgresTestResource;
import dev.muster.postgres.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged server with a PostgreSQL that it is given. */
class ExternalDatabaseIT {

    @Test
    void usesTheConfiguredDatabaseAndNoRoleThatRowLevelSecurityDoesNotBind() {
        Path external = PostgresTestResource.newDirectory();
        try (EmbeddedPostgresServer database =
                EmbeddedPostgresServer.start(external, PostgresTestResource.binaries())) {
            Path data = PackagedServer.newDataDirectory();
            try (PackagedServer server = PackagedServer.start(data, properties(database.configuration()))) {
                Http tenant = server.newTenant("acme");
                tenant.create("/Users", "{\"userName\":\"ada\"}");
                assertEquals(1, tenant.send("GET", "/Users").json().getInteger("totalResults"));
            }
            assertFalse(Files.exists(data.resolve("postgres")), "nothing embedded was started");

            Map<String, String> asSuperuser = new HashMap<>(database.configuration());
            asSuperuser.put("quarkus.datasource.username", "postgres");
            asSuperuser.put("quarkus.datasource.password", PostgresTestResource.superuserPassword(external));
            assertRefused(asSuperuser, "postgres is a superuser");

            Map<String, String> asOwner = new HashMap<>(database.configuration());
            asOwner.put("quarkus.datasource.username", database.owner().user());
            asOwner.put("quarkus.datasource.password", database.owner().password());
            assertRefused(asOwner, "owns Muster's tables");
        }
    }

    private static void assertRefused(Map<String, String> configuration, String reason) {
        try (PackagedServer server = PackagedServer.launch(
                PackagedServer.newDataDirectory(),
                Map.of("MUSTER_ADMIN_TOKEN", PackagedServer.ADMIN_TOKEN),
                properties(configuration))) {
            assertNotEquals(0, server.awaitExit());
            assertTrue(server.log().contains(reason), server.log());
            assertFalse(
                    server.log().contains(configuration.get("quarkus.datasource.password")), "no password in the log");
        }
    }

    private static String[] properties(Map<String, String> configuration) {
        return configuration.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
