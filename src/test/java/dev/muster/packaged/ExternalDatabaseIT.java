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
import java.time.Instant;
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

    /** Two servers on one database: what one is told the other knows within five seconds, without a restart of either. */
    @Test
    void aRevocationAndAClosedEndpointReachTheOtherReplica() throws InterruptedException {
        try (EmbeddedPostgresServer database =
                EmbeddedPostgresServer.start(PostgresTestResource.newDirectory(), PostgresTestResource.binaries())) {
            String[] properties = properties(database.configuration());
            try (PackagedServer one = PackagedServer.start(PackagedServer.newDataDirectory(), properties);
                    PackagedServer other = PackagedServer.start(PackagedServer.newDataDirectory(), properties)) {
                Http tenant = one.newTenant("acme");
                Http there = other.http("/t/acme/scim/v2", tenant.token());
                assertEquals(200, there.send("GET", "/Users").status());

                one.admin().send("PATCH", "/tenants/acme", "{\"enabled\":false}");
                assertWithinFiveSeconds(403, there);
                one.admin().send("PATCH", "/tenants/acme", "{\"enabled\":true}");
                assertWithinFiveSeconds(200, there);

                String id = tenant.token().split("_")[1];
                assertEquals(
                        204,
                        one.admin().send("DELETE", "/tenants/acme/tokens/" + id).status());
                assertEquals(401, tenant.send("GET", "/Users").status());
                assertWithinFiveSeconds(401, there);
            }
        }
    }

    private static void assertWithinFiveSeconds(int status, Http replica) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(5);
        while (replica.send("GET", "/Users").status() != status && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        assertEquals(status, replica.send("GET", "/Users").status());
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

    static String[] properties(Map<String, String> configuration) {
        return configuration.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
