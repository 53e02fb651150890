package dev.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Http.Answer;

/** Requests with {@code Prefer: respond-async} (RFC 9967 §2.5.1.1) and their results. */
public record AsyncCalls(Http http) {

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
        Await.until(txn + " is finished", () -> status(txn).status() != 202);
        Answer status = status(txn);
        assertEquals(200, status.status(), status.body());
        return status;
    }
}
