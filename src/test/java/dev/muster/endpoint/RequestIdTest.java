package dev.muster.endpoint;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** Every response says by which id its request is found in the log. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class RequestIdTest {

    private static final String HEADER = "X-Request-Id";
    private static final String UUID_7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @Test
    void everyResponseHasOne() {
        Api api = Api.newTenant();
        List<Response> responses = new ArrayList<>(List.of(
                api.scim().get("/Users"),
                api.scim().get("/Users/nobody"),
                api.scim().get("/ServiceProviderConfig"),
                api.scim().options("/Users"),
                api.scim().patch("/Users"),
                api.scim().get("/Broken"),
                api.scim().body("x".repeat(11 << 20)).post("/Users"),
                api.scim().get("/Users?filter=" + "x".repeat(9_000)),
                given().header("X-Large", "x".repeat(20_000)).get(api.base() + "/Users"),
                given().get(api.base() + "/Users"),
                given().get("/scim/v2/Users"),
                Api.admin().get("/admin/api/tenants"),
                Api.admin().get("/admin/api/nothing"),
                Api.admin().get("/admin/api/tenants/nobody"),
                given().get("/admin/api/tenants")));
        for (Response response : responses) {
            assertTrue(String.valueOf(response.header(HEADER)).matches(UUID_7), () -> response.statusLine());
        }
        assertEquals(
                responses.size(),
                responses.stream()
                        .map(response -> response.header(HEADER))
                        .distinct()
                        .count());
    }

    @Test
    void theClientsOwnIsTakenIfItIsSane() {
        Api api = Api.newTenant();
        for (String sane : List.of("a", "0-._Z", "x".repeat(64))) {
            assertEquals(sane, api.scim().header(HEADER, sane).get("/Users").header(HEADER));
        }
        for (String other : List.of("x".repeat(65), "a b", "a\"b", "ä", "{}")) {
            assertNotEquals(
                    other, api.scim().header(HEADER, other).get("/Users").header(HEADER));
        }
    }

    @Test
    void theServersLogNamesIt() {
        Api api = Api.newTenant();
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line instanceof ExtLogRecord extended ? extended.getFormattedMessage() : line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.muster");
        logger.addHandler(handler);
        try {
            String requestId = api.scim().get("/Broken").header(HEADER);
            assertTrue(
                    lines.stream()
                            .anyMatch(line ->
                                    line.contains("requestId=" + requestId) && line.contains("tenant=" + api.tenant())),
                    lines::toString);
        } finally {
            logger.removeHandler(handler);
        }
    }
}
