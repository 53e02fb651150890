package dev.muster.packaged;

import dev.muster.Http;
import dev.muster.Http.Answer;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that write without a pause, and remember what the server has acknowledged: half of them create users, the others
 * count up a title of one user each.
 */
final class Writers implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, String> userNames = new ConcurrentHashMap<>();
    private final Map<String, Integer> titles = new ConcurrentHashMap<>();
    private final Map<Integer, Answer> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger sinceMark = new AtomicInteger();

    Writers(Http http, String name) {
        for (int n = 0; n < 4; n++) {
            String prefix = name + n + "-";
            threads.add(Thread.ofVirtual().start(() -> createUsers(http, prefix)));
            String user = http.create("/Users", "{\"userName\":\"" + prefix + "counter\"}");
            threads.add(Thread.ofVirtual().start(() -> countUp(http, user)));
        }
    }

    private void createUsers(Http http, String prefix) {
        for (int n = 0; !stopped.get(); n++) {
            String userName = prefix + n;
            send(
                    http,
                    "POST",
                    "/Users",
                    "{\"userName\":\"" + userName + "\"}",
                    201,
                    answer -> userNames.put(answer.json().getString("id"), userName));
        }
    }

    private void countUp(Http http, String user) {
        for (int n = 1; !stopped.get(); n++) {
            int title = n;
            String body = Http.patchBody("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"" + title + "\"}");
            send(http, "PATCH", "/Users/" + user, body, 200, answer -> titles.put(user, title));
        }
    }

    private void send(
            Http http,
            String method,
            String path,
            String body,
            int expected,
            java.util.function.Consumer<Answer> acknowledged) {
        try {
            Answer answer = http.trySend(method, path, body);
            if (answer.status() == expected) {
                acknowledged.accept(answer);
                sinceMark.incrementAndGet();
            } else {
                refusals.put(answer.status(), answer);
                PackagedServer.pause();
            }
        } catch (HttpTimeoutException neverAnswered) {
            unanswered.incrementAndGet();
        } catch (IOException away) {
            PackagedServer.pause();
        }
    }

    /** Waits until {@code count} more writes have been acknowledged. */
    void awaitWrites(int count) {
        sinceMark.set(0);
        for (int attempt = 0; sinceMark.get() < count; attempt++) {
            if (attempt == 600) {
                throw new AssertionError("only " + sinceMark.get() + " writes acknowledged; refused: " + refusals);
            }
            PackagedServer.pause();
        }
    }

    /** Waits until a write has been refused with {@code status}; the answer. */
    Answer awaitRefusal(int status) {
        for (int attempt = 0; !refusals.containsKey(status); attempt++) {
            if (attempt == 300) {
                throw new AssertionError("no " + status + "; refused: " + refusals);
            }
            PackagedServer.pause();
        }
        return refusals.get(status);
    }

    /** The statuses of writes that were not acknowledged. */
    Set<Integer> refusals() {
        return refusals.keySet();
    }

    /** How many requests have got no answer in time. */
    int unanswered() {
        return unanswered.get();
    }

    /** How many writes have been acknowledged. */
    int acknowledged() {
        return userNames.size()
                + titles.values().stream().mapToInt(title -> title).sum();
    }

    @Override
    public void close() {
        stopped.set(true);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What was acknowledged and is not there; a title may be one higher: written, and its acknowledgement lost. */
    List<String> lost(Http http) {
        List<String> lost = new ArrayList<>();
        userNames.forEach((id, userName) -> {
            Answer read = http.send("GET", "/Users/" + id + "?attributes=userName");
            if (read.status() != 200 || !userName.equals(read.json().getString("userName"))) {
                lost.add("user " + userName);
            }
        });
        titles.forEach((id, title) -> {
            int there = Integer.parseInt(http.send("GET", "/Users/" + id).json().getString("title"));
            if (there < title) {
                lost.add("title " + title + ", there is " + there);
            }
        });
        return lost;
    }
}
