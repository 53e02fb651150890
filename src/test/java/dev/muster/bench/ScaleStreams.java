package dev.muster.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Large things, read as a client reads them: the million-member group, all users through cursors, a far page. */
final class ScaleStreams {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int WRITERS = 20;
    private static final int WRITES = 25;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String token;
    private final ScaleTenant tenant;

    ScaleStreams(int port, String token, ScaleTenant tenant) {
        this.port = port;
        this.token = token;
        this.tenant = tenant;
    }

    /** @param elements members of the group, or resources of the page */
    record Read(
            int elements,
            Duration firstByte,
            Duration whole,
            @Nullable String nextCursor) {}

    /** Reads the group with all its members. */
    Read group() throws IOException, InterruptedException {
        return read(tenant.group(), "members");
    }

    /** Reads a page by its index. */
    Read page(int startIndex, int count) throws IOException, InterruptedException {
        return read(tenant.base() + "/Users?count=" + count + "&startIndex=" + startIndex, "Resources");
    }

    /** Reads all users through cursors; each page. */
    List<Read> users(int count) throws IOException, InterruptedException {
        List<Read> pages = new ArrayList<>();
        for (String cursor = ""; cursor != null; cursor = pages.getLast().nextCursor()) {
            pages.add(read(tenant.base() + "/Users?count=" + count + "&cursor=" + cursor, "Resources"));
        }
        return pages;
    }

    /**
     * Adds members in many requests at once, each a different one, then removes them.
     *
     * @return how many were sent, how many the group has had of them, and how many were left
     */
    List<Integer> concurrentWriters() throws Exception {
        write("remove");
        int before = group().elements();
        write("add");
        int added = group().elements() - before;
        write("remove");
        return List.of(WRITERS * WRITES, added, group().elements() - before);
    }

    private void write(String op) throws Exception {
        RequestText request = new RequestText(port, token);
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = tenant.members() + writer * WRITES;
            work.add(() -> {
                try (HttpConnection connection = new HttpConnection(port)) {
                    for (int n = first; n < first + WRITES; n++) {
                        String member = "{\"value\":\"" + ScaleTenant.user(n) + "\"}";
                        int status =
                                connection.exchange(request.patch(tenant.group(), ScaleOperations.patch(op, member)));
                        if (status != 204) {
                            throw new IllegalStateException(op + " a member: " + status + " " + connection.body());
                        }
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        }
    }

    private Read read(String path, String array) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build();
        long begin = System.nanoTime();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = new BufferedInputStream(response.body())) {
            body.mark(1);
            body.read();
            Duration firstByte = Duration.ofNanos(System.nanoTime() - begin);
            body.reset();
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + response.statusCode());
            }
            return counted(body, array, begin, firstByte);
        }
    }

    private static Read counted(InputStream body, String array, long begin, Duration firstByte) throws IOException {
        int elements = 0;
        String cursor = null;
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(array)) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        parser.skipChildren();
                        elements++;
                    }
                } else if (name.equals("nextCursor")) {
                    cursor = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new Read(elements, firstByte, Duration.ofNanos(System.nanoTime() - begin), cursor);
    }
}
