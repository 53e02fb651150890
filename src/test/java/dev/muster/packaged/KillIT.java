package dev.muster.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Http;
import dev.muster.Http.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code kill -9} during writes: whatever is killed, every acknowledged write is there afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KillIT {
    private static final Logger LOG = Logger.getLogger(KillIT.class);
    private static final Path DATA = PackagedServer.newDataDirectory();
    private static final int BEFORE = 150;
    private static final int AFTER = 50;

    private PackagedServer server = PackagedServer.start(DATA);
    private final Http first = server.newTenant("kill");

    @AfterAll
    void stop() {
        server.close();
        assertTrue(PackagedServer.postmaster(DATA).isEmpty(), "PostgreSQL has stopped with the server");
    }

    @Test
    @Order(1)
    void ofTheServer() {
        Writers writers = new Writers(first, "server");
        try (writers) {
            writers.awaitWrites(BEFORE);
            server.kill();
        }
        server = PackagedServer.start(DATA);
        assertNothingLost(writers);
    }

    @Test
    @Order(2)
    void ofOneBackend() throws Exception {
        Writers writers = new Writers(http(), "backend");
        try (writers) {
            writers.awaitWrites(BEFORE);
            ProcessHandle backend = PackagedServer.postmaster(DATA)
                    .orElseThrow()
                    .children()
                    .filter(child -> commandLine(child).contains("muster_app"))
                    .findFirst()
                    .orElseThrow();
            backend.destroyForcibly();
            assertUnavailable(writers.awaitRefusal(503));
            writers.awaitWrites(AFTER);
        }
        assertNothingLost(writers);
    }

    @Test
    @Order(3)
    void ofThePostmaster() {
        Writers writers = new Writers(http(), "postmaster");
        try (writers) {
            writers.awaitWrites(BEFORE);
            ProcessHandle postmaster = PackagedServer.postmaster(DATA).orElseThrow();
            postmaster.destroyForcibly();
            assertUnavailable(writers.awaitRefusal(503));
            writers.awaitWrites(AFTER);
        }
        assertNothingLost(writers);
    }

    private Http http() {
        return server.http("/t/kill/scim/v2", first.token());
    }

    private void assertNothingLost(Writers writers) {
        assertEquals(List.of(), writers.lost(http()));
        assertEquals(0, writers.unanswered(), "every request is answered in time");
        assertTrue(Set.of(503, 409).containsAll(writers.refusals()), () -> "refused with " + writers.refusals());
        LOG.infof("%d acknowledged writes, none lost; refusals: %s", writers.acknowledged(), writers.refusals());
    }

    private static void assertUnavailable(Answer answer) {
        assertEquals("5", answer.header("Retry-After"));
        assertTrue(answer.header("Content-Type").startsWith("application/scim+json"));
        assertEquals("503", answer.json().getString("status"));
        assertTrue(answer.json().getString("detail").contains("Try again"), answer.body());
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return java.nio.file.Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (java.io.IOException ended) {
            return "";
        }
    }
}
