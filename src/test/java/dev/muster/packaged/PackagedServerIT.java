package dev.muster.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Http;
import dev.muster.Http.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packaged server with a PostgreSQL of its own. */
class PackagedServerIT {

    @Test
    void refusesToStartWithoutAnAdminToken() {
        Path data = PackagedServer.newDataDirectory();
        try (PackagedServer server = PackagedServer.launch(data, Map.of())) {
            assertNotEquals(0, server.awaitExit());
            assertTrue(server.log().contains("MUSTER_ADMIN_TOKEN"), server.log());
            assertTrue(PackagedServer.postmaster(data).isEmpty(), "its PostgreSQL has stopped too");
        }
    }

    @Test
    void refusesToStartWithALimitOutOfItsBounds() {
        Path data = PackagedServer.newDataDirectory();
        Map<String, String> environment =
                Map.of("MUSTER_ADMIN_TOKEN", PackagedServer.ADMIN_TOKEN, "MUSTER_LIMITS_REQUESTS_PER_SECOND", "24");
        try (PackagedServer server = PackagedServer.launch(data, environment)) {
            assertNotEquals(0, server.awaitExit());
            assertTrue(
                    server.log().contains("muster.limits.requests-per-second must be greater than or equal to 25"),
                    server.log());
            assertTrue(PackagedServer.postmaster(data).isEmpty(), "its PostgreSQL has stopped too");
        }
    }

    @Test
    void keepsItsDataAndServesTheBarePathForOneTenantAndForHosts() throws IOException {
        Path data = PackagedServer.newDataDirectory();
        String token;
        String user;
        try (PackagedServer server = PackagedServer.start(data)) {
            Http acme = server.newTenant("acme");
            token = acme.token();
            user = acme.create("/Users", "{\"userName\":\"ada\"}");
            server.newTenant("other").create("/Users", "{\"userName\":\"other\"}");
            assertEquals(
                    404, server.http("/scim/v2", token).send("GET", "/Users").status(), "no tenant is meant");
            ProcessHandle postmaster = PackagedServer.postmaster(data).orElseThrow();
            assertTrue(List.of(0, 143).contains(server.terminate()));
            assertTrue(PackagedServer.postmaster(data).isEmpty(), "PostgreSQL has stopped cleanly");
            assertFalse(isPostgres(postmaster));
        }
        try (PackagedServer server = PackagedServer.start(
                data, "-Dmuster.tenancy.single=acme", "-Dmuster.tenancy.host-suffix=.scim.example.com")) {
            assertEquals(
                    200,
                    server.http("/t/acme/scim/v2", token)
                            .send("GET", "/Users/" + user)
                            .status());
            Http bare = server.http("/scim/v2", token);
            Answer read = bare.send("GET", "/Users/" + user);
            assertEquals(200, read.status(), read.body());
            assertEquals(
                    server.address() + "/scim/v2/Users/" + user,
                    read.json().getJsonObject("meta").getString("location"));
            Answer created = bare.send("POST", "/Users", "{\"userName\":\"bob\"}");
            assertEquals(
                    server.address() + "/scim/v2/Users/" + created.json().getString("id"), created.header("Location"));
            assertEquals(200, bare.send("GET", "/ServiceProviderConfig").status());
            assertEquals(
                    200,
                    bare.send("GET", "/Users?filter=userName%20eq%20%22ada%22").status());
            assertEquals(
                    404,
                    bare.send("GET", "/Users/00000000-0000-0000-0000-000000000000")
                            .status());

            String ofHost = raw(server, "acme.scim.example.com", "/scim/v2/Users/" + user, token);
            assertTrue(ofHost.startsWith("HTTP/1.1 200"), ofHost);
            assertTrue(ofHost.contains("http://acme.scim.example.com/scim/v2/Users/" + user), ofHost);
            String foreign = raw(server, "other.scim.example.com", "/scim/v2/Users/" + user, token);
            assertTrue(foreign.startsWith("HTTP/1.1 401"), foreign);
        }
    }

    @Test
    void demonstratesItself() throws Exception {
        Path data = PackagedServer.newDataDirectory();
        String token;
        try (PackagedServer server = demo(data)) {
            Banner banner = Banner.in(server);
            token = banner.token;
            assertEquals("http://localhost:" + server.port() + "/t/demo/scim/v2", banner.tenantUrl);
            Path file = data.resolve("demo-token");
            assertEquals(token, Files.readString(file).strip());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            for (String curl : banner.curls) {
                String output = shell(curl);
                assertTrue(
                        output.contains("ada@example.com") || output.contains("\"id\":\"acme\""), curl + "\n" + output);
            }
        }
        try (PackagedServer server = demo(data, "-Dmuster.base-url=https://scim.example.com/muster/")) {
            Banner banner = Banner.in(server);
            assertEquals(token, banner.token);
            assertEquals("https://scim.example.com/muster/t/demo/scim/v2", banner.tenantUrl);
            Answer created =
                    server.http("/t/demo/scim/v2", token).send("POST", "/Users", "{\"userName\":\"behind a proxy\"}");
            assertTrue(
                    created.header("Location").startsWith("https://scim.example.com/muster/t/demo/scim/v2/Users/"),
                    created.header("Location"));
            assertEquals(
                    "https://scim.example.com/muster/t/demo/scim/v2",
                    server.http("/admin/api", "admin")
                            .send("GET", "/tenants/demo")
                            .json()
                            .getString("tenantUrl"));
        }
    }

    private static PackagedServer demo(Path data, String... properties) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("-Dquarkus.profile=demo"), java.util.stream.Stream.of(properties))
                .toArray(String[]::new);
        return PackagedServer.launch(data, Map.of(), all).ready();
    }

    /** What the banner shows. */
    private record Banner(String tenantUrl, String token, List<String> curls) {
        private static final Pattern URL = Pattern.compile("Tenant URL +(\\S+)");
        private static final Pattern TOKEN = Pattern.compile("Secret token +(muster_\\S+)");
        private static final Pattern CURL = Pattern.compile("(?m)^ *(curl .*)$");

        static Banner in(PackagedServer server) {
            for (int attempt = 0; attempt < 100 && !CURL.matcher(server.log()).find(); attempt++) {
                PackagedServer.pause();
            }
            String log = server.log();
            return new Banner(
                    first(URL, log),
                    first(TOKEN, log),
                    CURL.matcher(log).results().map(found -> found.group(1)).toList());
        }

        private static String first(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            assertTrue(matcher.find(), text);
            return matcher.group(1);
        }
    }

    private static String shell(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A request with a header Host of its own, which Java's client does not let us set. */
    private static String raw(PackagedServer server, String host, String path, String token) throws IOException {
        try (Socket socket = new Socket("localhost", server.port())) {
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return Files.isReadable(Path.of("/proc", Long.toString(process.pid()), "cwd", "PG_VERSION"));
    }
}
