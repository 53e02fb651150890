package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that do not wait for their answer, or read it slowly, and the provisioning log. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class VanishedClientLogTest {

    private static final int ENTRIES = 5_000;

    @Test
    void whatWasDoneForAClientThatHasGoneIsLogged() throws Exception {
        Api api = Api.newTenant();
        byte[] body = "{\"userName\":\"unwaited\"}".getBytes(StandardCharsets.UTF_8);
        try (Connection lock = TestDatabase.owner();
                RawHttp client = new RawHttp(RestAssured.port)) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("lock table resource in exclusive mode");
            client.send(RawHttp.head(
                    "POST",
                    api.base() + "/Users",
                    "Authorization: Bearer " + api.token(),
                    "Content-Length: " + body.length));
            client.send(body);
            Await.count(1, "select count(*) from pg_locks where relation = 'resource'::regclass and not granted");
            client.reset();
            Thread.sleep(500);
            lock.rollback();
        }
        Await.until("it is logged", () -> logged(api) == 1);
    }

    private static long logged(Api api) {
        return TestDatabase.count(
                "select count(*) from provisioning_log where tenant_id = ? and user_name = 'unwaited' and status = 201",
                api.tenant());
    }

    /** More slow readers of exports than the pool has connections: requests are served, and so are other exports. */
    @Test
    void aSlowReaderOfAnExportHoldsNoConnection() throws Exception {
        Api api = Api.newTenant();
        seed(api);
        byte[] export = RawHttp.head(
                "GET", "/admin/api/tenants/" + api.tenant() + "/log/export?method=TEST", "Authorization: Bearer admin");
        List<RawHttp> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                RawHttp reader = new RawHttp(RestAssured.port);
                reader.socket().setReceiveBufferSize(4_096);
                reader.send(export);
                slow.add(reader);
            }
            Thread.sleep(Duration.ofSeconds(2));
            // Were the connections held, these would wait for one and get 503.
            for (int i = 0; i < 20; i++) {
                api.scim().get("/Users?count=1").then().statusCode(200);
            }
            for (RawHttp gone : slow) {
                gone.reset();
            }
            RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, export);
            assertTrue(answer.whole());
            assertEquals("application/x-ndjson", answer.header("Content-Type"));
            assertEquals(ENTRIES, answer.body().lines().count());
        } finally {
            for (RawHttp reader : slow) {
                reader.close();
            }
        }
    }

    private static void seed(Api api) throws SQLException {
        try (Connection database = TestDatabase.superuser()) {
            TestDatabase.query(
                    database,
                    "insert into provisioning_log (tenant_id, id, operator, method, outcome, status, reason)"
                            + " select ?, uuidv7(), false, 'TEST', 'success', 200, repeat('x', 200)"
                            + " from generate_series(1, ?) returning id",
                    api.tenant(),
                    ENTRIES);
        }
    }
}
