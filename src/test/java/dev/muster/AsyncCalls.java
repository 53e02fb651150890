package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Http.Answer;
import java.time.Duration;
import java.time.Instant;

/** Requests with {@code Prefer: respond-async} (RFC 9967 §2.5.1.1) and their results. */
public record AsyncCalls(Http http) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Sends a request that must be accepted for later; the answer. */
    public Answer accept(String method, String path, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Prefer";
        all[headers.length + 1] = "respond-async";
        Answer answer = http.send(method, path, body, all);
        assertEquals(202, answer.status(), answer.body());
        return answer;
    }

    /** The transaction of a request that must be accepted. */
    public String txn(String method, String path, String body, String... headers) {
        return accept(method, path, body, headers).header("Set-Txn");
    }

    public Answer status(String txn) {
        return http.send("GET", "/.async/" + txn);
    }

    /** Waits until a request is finished; the answer of its status. */
    public Answer finished(String txn) {
        Instant deadline = Instant.now().plus(PATIENCE);
        Answer status = status(txn);
        while (status.status() == 202 && Instant.now().isBefore(deadline)) {
            pause();
            status = status(txn);
        }
        assertEquals(200, status.status(), status.body());
        return status;
    }

    /** Waits until {@code sql}, asked as the superuser, counts {@code expected}. */
    public static void awaitCount(long expected, String sql, Object... parameters) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (TestDatabase.count(sql, parameters) != expected) {
            assertTrue(Instant.now().isBefore(deadline), () -> sql + " never was " + expected);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
