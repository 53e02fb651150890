package dev.muster.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.PostgresTestResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real processes: a fake cannot tell whether data survive a kill. */
class EmbeddedPostgresServerTest {
    private final Path directory = PostgresTestResource.newDirectory();
    private @Nullable Process holder;

    @AfterEach
    void leaveNoProcess() throws IOException, InterruptedException {
        if (holder != null) {
            holder.destroyForcibly().waitFor();
        }
        if (Postmaster.recordedIn(directory.resolve("postgres")).isPresent()) {
            start().close();
        }
        PrivateFiles.deleteRecursively(directory);
    }

    @Test
    void keepsDataAndPasswordsOverARestart() throws SQLException {
        try (EmbeddedPostgresServer server = start()) {
            execute(server.port(), server.owner(), "CREATE TABLE kept (word text)");
            execute(server.port(), server.owner(), "INSERT INTO kept VALUES ('still here')");
        }
        try (EmbeddedPostgresServer server = start()) {
            assertEquals("still here", query(server, server.owner(), "SELECT word FROM kept"));
        }
    }

    @Test
    void leavesNoProcessAndAcceptsNoConnectionAfterClose() throws IOException {
        EmbeddedPostgresServer server = start();
        Postmaster postmaster = recordedPostmaster();
        assertTrue(isServing(postmaster));
        server.close();
        assertFalse(isServing(postmaster));
        assertThrows(SQLException.class, () -> query(server, server.owner(), "SELECT 1"));
    }

    @Test
    void takesOverWithEveryCommittedRowAfterAKill() throws Exception {
        int port = startHolder();
        PostgresCredentials credentials = PostgresCredentials.loadOrCreate(directory);
        DatabaseLogin owner = new DatabaseLogin(PostgresCredentials.OWNER, credentials.owner());
        execute(port, owner, "CREATE TABLE acknowledged (number int8)");
        execute(port, owner, "INSERT INTO acknowledged SELECT generate_series(1, 1000)");
        Postmaster orphan = recordedPostmaster();
        killHolder();
        assertTrue(isServing(orphan), "the kill reaches the JVM only: PostgreSQL is an orphan now");

        try (EmbeddedPostgresServer server = start()) {
            assertFalse(isServing(orphan));
            assertEquals("1000", query(server, server.owner(), "SELECT count(*) FROM acknowledged"));
        }
    }

    @Test
    void startsAgainOnTheSamePortWhenItsServerIsKilled() throws Exception {
        try (EmbeddedPostgresServer server = start()) {
            execute(server.port(), server.owner(), "CREATE TABLE acknowledged (number int8)");
            execute(server.port(), server.owner(), "INSERT INTO acknowledged SELECT generate_series(1, 1000)");
            ProcessHandle killed = ProcessHandle.of(recordedPostmaster().pid()).orElseThrow();
            killed.destroyForcibly();
            killed.onExit().join();
            assertEquals("1000", queryPatiently(server, "SELECT count(*) FROM acknowledged"));
        }
        assertTrue(Postmaster.recordedIn(directory.resolve("postgres")).isEmpty(), "it stays stopped after close");
    }

    private static String queryPatiently(EmbeddedPostgresServer server, String sql) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return query(server, server.owner(), sql);
            } catch (SQLException away) {
                if (attempt == 600) {
                    throw away;
                }
                Thread.sleep(100);
            }
        }
    }

    @Test
    void startsAlthoughAForeignProcessHasTheRecordedNumber() throws Exception {
        start().close();
        Files.writeString(
                directory.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n");
        try (EmbeddedPostgresServer server = start()) {
            assertEquals("1", query(server, server.application(), "SELECT 1"));
        }
    }

    @Test
    void refusesADirectoryThatAnotherProcessOwns() throws Exception {
        startHolder();
        EmbeddedPostgresException refusal = assertThrows(EmbeddedPostgresException.class, this::start);
        assertTrue(refusal.getMessage().contains("Another Muster is running on the data directory " + directory));
        assertTrue(isServing(recordedPostmaster()), "the refused start must not harm the running server");
    }

    @Test
    void writesThroughToTheDisk() throws SQLException {
        try (EmbeddedPostgresServer server = start()) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertEquals("on", query(server, server.application(), "SHOW " + setting), setting);
            }
        }
    }

    @Test
    void givesTheApplicationARoleThatRowLevelSecurityBinds() throws SQLException {
        try (EmbeddedPostgresServer server = start()) {
            assertEquals(
                    "f",
                    query(
                            server,
                            server.application(),
                            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles"
                                    + " WHERE rolname = current_user"));
            assertEquals(
                    "muster_owner C C UTF8",
                    query(
                            server,
                            server.application(),
                            "SELECT concat_ws(' ', pg_get_userbyid(datdba), datcollate, datctype,"
                                    + " pg_encoding_to_char(encoding)) FROM pg_database WHERE datname = current_database()"));
            SQLException refusal = assertThrows(
                    SQLException.class,
                    () -> execute(server.port(), server.application(), "CREATE TABLE mine (number int8)"));
            assertEquals("42501", refusal.getSQLState());
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws IOException {
        try (EmbeddedPostgresServer server = start()) {
            for (String user : new String[] {"postgres", "muster_owner", "muster_app"}) {
                DatabaseLogin guess = new DatabaseLogin(user, "postgres");
                SQLException refusal = assertThrows(SQLException.class, () -> query(server, guess, "SELECT 1"));
                assertEquals("28P01", refusal.getSQLState());
            }
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("credentials"))));
    }

    private EmbeddedPostgresServer start() {
        return EmbeddedPostgresServer.start(directory, PostgresTestResource.binaries());
    }

    private boolean isServing(Postmaster postmaster) throws IOException {
        return postmaster.servesCluster(directory.resolve("postgres"));
    }

    private Postmaster recordedPostmaster() throws IOException {
        return Postmaster.recordedIn(directory.resolve("postgres")).orElseThrow();
    }

    private int startHolder() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerHolder.class.getName(),
                        directory.toString(),
                        PostgresTestResource.binaries().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        holder = started;
        BufferedReader output =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        return Integer.parseInt(
                output.lines().filter(line -> line.matches("\\d+")).findFirst().orElseThrow());
    }

    private void killHolder() throws InterruptedException {
        Process killed = holder;
        if (killed != null) {
            killed.destroyForcibly();
            assertTrue(killed.waitFor(Duration.ofSeconds(60)));
        }
    }

    private static void execute(int port, DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = connect(port, login);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgresServer server, DatabaseLogin login, String sql) throws SQLException {
        try (Connection connection = connect(server.port(), login);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static Connection connect(int port, DatabaseLogin login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/muster", login.user(), login.password());
    }
}
