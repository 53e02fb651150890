package dev.muster.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The packaged server with the five vendors' tenants declared by files: they are there before the first request. */
class TenantFilesIT {

    @Test
    void theExamplesAreTenantsWhenTheServerIsReady() {
        Map<String, String> environment = Map.of(
                "MUSTER_ADMIN_TOKEN",
                PackagedServer.ADMIN_TOKEN,
                "MUSTER_TENANTS_DIR",
                Path.of("deploy/tenants").toAbsolutePath().toString());
        try (PackagedServer server = PackagedServer.launch(PackagedServer.newDataDirectory(), environment)
                .ready()) {
            JsonObject files = server.admin().send("GET", "/tenants-files").json();
            Set<String> states = files.getJsonArray("files").stream()
                    .map(file -> ((JsonObject) file).getString("state"))
                    .collect(Collectors.toSet());
            assertEquals(Set.of("applied"), states, files::encodePrettily);
            assertEquals(5, files.getJsonArray("files").size());
            assertEquals(
                    "dry-run",
                    server.admin().send("GET", "/tenants/lms/settings").json().getString("mode"));
        }
    }
}
