package dev.muster.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.AsyncCalls;
import dev.muster.Http;
import dev.muster.Http.Answer;
import dev.muster.PostgresTestResource;
import dev.muster.postgres.EmbeddedPostgresServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Bulk requests with {@code Prefer: respond-async} outlive the server that has accepted them, and are executed by one. */
class AsyncBulkIT {

    private static final Logger LOG = Logger.getLogger(AsyncBulkIT.class);
    private static final int OPERATIONS = 6_000;

    /** With the server dies what it had in memory; what it had not committed is undone. */
    @Test
    void everyOperationIsPerformedOnceThoughTheServerIsKilledInTheMiddle() {
        Path data = PackagedServer.newDataDirectory();
        String token;
        String txn;
        try (PackagedServer server = PackagedServer.start(data)) {
            Http http = server.newTenant("kill");
            token = http.token();
            AsyncCalls async = new AsyncCalls(http);
            txn = async.txn("POST", "/Bulk", bulk(creations("user", OPERATIONS)));
            int done = 0;
            while (done < 300) {
                Answer status = async.status(txn);
                assertEquals(202, status.status(), status.body());
                done = done(status);
            }
            server.kill();
        }
        try (PackagedServer server = PackagedServer.start(data)) {
            Http http = server.http("/t/kill/scim/v2", token);
            AsyncCalls async = new AsyncCalls(http);
            Answer status = async.status(txn);
            LOG.infof("after the kill: %d, %.200s", status.status(), status.body());
            assertEquals(202, status.status(), "it was killed in the middle");
            JsonArray results = async.finished(txn).json().getJsonArray("Operations");
            assertEquals(OPERATIONS, results.size());
            for (int i = 0; i < OPERATIONS; i++) {
                JsonObject result = results.getJsonObject(i);
                assertEquals("201", result.getString("status"), result::encode);
                assertEquals("user" + i, result.getString("bulkId"));
            }
            assertEquals(OPERATIONS, total(http));
            for (int i = 0; i < OPERATIONS; i += 97) {
                String location = results.getJsonObject(i).getString("location");
                Answer user = http.send("GET", location.substring(location.indexOf("/Users/")));
                assertEquals("user" + i, user.json().getString("userName"));
            }
        }
    }

    /** Requests in turn to either server; each changes one and the same user as well, so that the order shows. */
    @Test
    void twoServersExecuteEachRequestOnceAndInTheirOrder() {
        try (EmbeddedPostgresServer database =
                EmbeddedPostgresServer.start(PostgresTestResource.newDirectory(), PostgresTestResource.binaries())) {
            String[] properties = ExternalDatabaseIT.properties(database.configuration());
            try (PackagedServer one = PackagedServer.start(PackagedServer.newDataDirectory(), properties);
                    PackagedServer other = PackagedServer.start(PackagedServer.newDataDirectory(), properties)) {
                Http http = one.newTenant("acme");
                Http there = other.http("/t/acme/scim/v2", http.token());
                String counter = http.create("/Users", "{\"userName\":\"counter\"}");
                List<String> txns = new ArrayList<>();
                for (int n = 0; n < 8; n++) {
                    String body = bulk(Stream.concat(creations("r" + n + "-", 300), Stream.of(title(counter, n))));
                    txns.add(new AsyncCalls(n % 2 == 0 ? http : there).txn("POST", "/Bulk", body));
                }
                for (String txn : txns) {
                    JsonArray results =
                            new AsyncCalls(there).finished(txn).json().getJsonArray("Operations");
                    assertTrue(
                            results.stream()
                                    .map(JsonObject.class::cast)
                                    .allMatch(
                                            result -> result.getString("status").startsWith("20")),
                            results::encode);
                }
                assertEquals(8 * 300 + 1, total(http));
                JsonObject counted = http.send("GET", "/Users/" + counter).json();
                assertEquals("title 7", counted.getString("title"));
                assertEquals("W/\"9\"", counted.getJsonObject("meta").getString("version"));
            }
        }
    }

    private static int done(Answer status) {
        return status.json().getJsonObject("operations").getInteger("done");
    }

    private static int total(Http http) {
        return http.send("GET", "/Users?count=0").json().getInteger("totalResults");
    }

    private static String title(String user, int n) {
        return "{\"method\":\"PATCH\",\"path\":\"/Users/" + user
                + "\",\"data\":{\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"title " + n
                + "\"}]}}";
    }

    private static Stream<String> creations(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"" + prefix + n
                        + "\",\"data\":{\"userName\":\"" + prefix + n + "\"}}");
    }

    private static String bulk(Stream<String> operations) {
        return operations.collect(Collectors.joining(
                ",", "{\"Operations\":[", "],\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]}"));
    }
}
