package dev.muster.audit;

import static dev.muster.TestDatabase.query;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import dev.muster.TestDatabase;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How operators find entries, page by page and as a stream, and how long entries are kept. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class LogReadingTest {

    /** One error and one named entry in a thousand. */
    private static final String SEED = """
            insert into provisioning_log (tenant_id, id, operator, method, resource_type, resource_id, user_name, user_name_folded,
                status, outcome, micros)
            select ?, uuidv7(make_interval(secs => i - ? - ?)), false, 'GET', 'User', uuidv7(), n, n,
                case when i % 1000 = 0 then 404 else 200 end, case when i % 1000 = 0 then 'error' else 'success' end, 100
            from generate_series(1, ?) i, lateral (select case when i % 1000 = 500 then 'user' || i end as n) x""";

    private final LogRetention retention;

    @Inject
    LogReadingTest(LogRetention retention) {
        this.retention = retention;
    }

    private static void seed(Api api, int count, Duration age) {
        try (Connection database = TestDatabase.superuser()) {
            query(database, SEED + " returning id", api.tenant(), count, age.toSeconds(), count);
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutDoublesOrGaps() {
        Api api = Api.newTenant();
        seed(api, 25, Duration.ZERO);
        OperatorsView log = OperatorsView.of(api);
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Response page = cursor == null
                    ? log.get("", "method", "GET", "limit", 10)
                    : log.get("", "method", "GET", "limit", 10, "after", cursor);
            ids.addAll(page.then().statusCode(200).extract().path("entries.id"));
            cursor = page.path("nextCursor");
        } while (cursor != null);
        assertEquals(25, ids.size());
        assertEquals(25, Set.copyOf(ids).size());
        assertEquals(ids.stream().sorted().toList().reversed(), ids);
    }

    @Test
    void timesMethodsResourcesAndRequestsChoose() {
        Api api = Api.newTenant();
        OperatorsView log = OperatorsView.of(api);
        String id = api.newUser("one");
        JsonNode first = log.entry("person", "one");
        api.newUser("two");
        JsonNode second = log.entry("person", "two");
        assertEquals(
                List.of(second), log.entries(1, "since", second.path("time").asText(), "method", "post"));
        assertEquals(
                List.of(first),
                log.entries(1, "until", second.path("time").asText(), "method", "POST", "person", "one"));
        assertEquals(List.of(first), log.entries(1, "resourceId", id));
        assertEquals(List.of(first), log.entries(1, "person", id));
        Response own = api.scim().header("X-Request-Id", "my-own.id_1").get("/Users");
        assertEquals("my-own.id_1", own.header("X-Request-Id"));
        assertEquals("my-own.id_1", log.of(own).path("requestId").asText());
        assertTrue(
                Instant.parse(first.path("time").asText()).isAfter(Instant.now().minusSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource({
        "outcome,failed",
        "resourceId,x",
        "method,GET POST",
        "since,yesterday",
        "until,2026-01-01",
        "requestId,a b",
        "limit,0",
        "limit,1001",
        "limit,ten",
        "after,x",
        "outcom,error"
    })
    void whatIsNoParameterOrNoValueIsRefusedByName(String parameter, String value) {
        OperatorsView.of(Api.newTenant())
                .get("", parameter, value)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(parameter));
    }

    @Test
    void anOperatorsQueryOfOneTenantNeverShowsAnother() {
        Api ours = Api.newTenant();
        Api theirs = Api.newTenant();
        theirs.newUser("shared-name");
        OperatorsView.of(theirs).entry("person", "shared-name");
        ours.newUser("shared-name");
        OperatorsView log = OperatorsView.of(ours);
        log.entry("person", "shared-name");
        String requestId = OperatorsView.of(theirs)
                .entry("person", "shared-name")
                .path("requestId")
                .asText();
        assertEquals(List.of(), log.now("requestId", requestId));
        String export = log.get("/export").then().statusCode(200).extract().asString();
        assertFalse(export.contains(requestId));
        assertEquals(404, new OperatorsView("nobody-here").get("").statusCode());
        assertEquals(404, new OperatorsView("nobody-here").get("/export").statusCode());
    }

    @Test
    void anExportOfTenThousandIsALineEachTheOldestFirst() {
        Api api = Api.newTenant();
        seed(api, 10_000, Duration.ZERO);
        Response export = OperatorsView.of(api).get("/export", "method", "GET");
        export.then().statusCode(200).contentType("application/x-ndjson");
        assertEquals("chunked", export.header("Transfer-Encoding"));
        List<String> lines = export.asString().lines().toList();
        assertEquals(10_000, lines.size());
        List<String> ids =
                lines.stream().map(line -> Json.json(line).path("id").asText()).toList();
        assertEquals(ids.stream().sorted().toList(), ids);
        assertEquals(10_000, new HashSet<>(ids).size());
        assertEquals(
                10,
                OperatorsView.of(api)
                        .get("/export", "outcome", "error", "method", "GET")
                        .asString()
                        .lines()
                        .count());
    }

    @Test
    void everyQuestionIsAnsweredByAnIndex() throws SQLException {
        Api api = Api.newTenant();
        seed(api, 30_000, Duration.ZERO);
        try (Connection owner = TestDatabase.owner()) {
            owner.createStatement().execute("analyze provisioning_log");
        }
        try (Connection database = TestDatabase.application()) {
            query(database, "select set_config('muster.tenant', ?, false)", api.tenant());
            String all = "explain select l.id from provisioning_log l where l.tenant_id = '" + api.tenant() + "'";
            String end = " order by l.id desc limit 100";
            assertUses("provisioning_log_error", database, all + " and l.outcome = 'error'" + end);
            assertUses("provisioning_log_user_name", database, all + " and l.user_name_folded = 'user500'" + end);
            assertUses("provisioning_log_pkey", database, all + end);
            String resource = query(
                            database, "select resource_id from provisioning_log where resource_id is not null limit 1")
                    .getFirst();
            assertUses("provisioning_log_resource", database, all + " and l.resource_id = '" + resource + "'" + end);
        }
    }

    private static void assertUses(String index, Connection database, String explain) throws SQLException {
        String plan = String.join("\n", query(database, explain));
        assertTrue(plan.contains(index), plan);
        assertFalse(plan.contains("Seq Scan") || plan.contains("Sort"), plan);
    }

    @Test
    void entriesAreKeptAsLongAsTheTenantSays() throws Throwable {
        Api brief = Api.newTenant("{\"logRetentionDays\":7}");
        Api usual = Api.newTenant();
        for (Api api : List.of(brief, usual)) {
            seed(api, 2_500, Duration.ofDays(8));
            seed(api, 3, Duration.ofDays(6));
        }
        VertxContextSupport.subscribeAndAwait(retention::purge);
        assertEquals(
                3, OperatorsView.of(brief).now("method", "GET", "limit", 1000).size());
        assertEquals(
                2_503,
                TestDatabase.count(
                        "select count(*) from provisioning_log where tenant_id = ? and method = 'GET'",
                        usual.tenant()));
        Api.admin()
                .body("{\"logRetentionDays\":0}")
                .patch("/admin/api/tenants/{id}/settings", usual.tenant())
                .then()
                .statusCode(400)
                .body("field", equalTo("/logRetentionDays"));
    }

    @Test
    void whatOperatorsChangeIsInTheLog() {
        Api api = Api.newTenant();
        OperatorsView log = OperatorsView.of(api);
        JsonNode settings = log.of(Api.admin()
                .body("{\"conformance\":\"strict\",\"logRetentionDays\":90}")
                .patch("/admin/api/tenants/{id}/settings", api.tenant()));
        assertEquals("operator", settings.path("actor").asText());
        assertEquals("Settings", settings.path("resourceType").asText());
        assertEquals(
                Set.of("conformance", "logRetentionDays"),
                Set.copyOf(settings.at("/changes/changed")
                        .valueStream()
                        .map(JsonNode::asText)
                        .toList()));
        Response made = Api.admin().body("{}").post("/admin/api/tenants/{id}/tokens", api.tenant());
        JsonNode token = log.of(made);
        assertEquals("Token", token.path("resourceType").asText());
        assertEquals(made.path("id"), token.path("tokenId").asText());
        Response revoked =
                Api.admin().delete("/admin/api/tenants/{id}/tokens/{token}", api.tenant(), made.<String>path("id"));
        assertEquals("DELETE", log.of(revoked).path("method").asText());
        Response closed = Api.admin().body("{\"enabled\":false}").patch("/admin/api/tenants/{id}", api.tenant());
        assertEquals("enabled", log.of(closed).at("/changes/changed/0").asText());
        Response refused = Api.admin().body(Map.of("x", 1)).put("/admin/api/tenants/{id}/settings", api.tenant());
        assertEquals("error", log.of(refused).path("outcome").asText());
        List<JsonNode> all = log.now("method", "POST");
        assertEquals("Tenant", all.getLast().path("resourceType").asText());
    }

    @Test
    void aTenantsErasureTakesItsLogAlong() {
        Api api = Api.newTenant();
        api.newUser("gone");
        OperatorsView.of(api).entry("person", "gone");
        Api.admin().delete("/admin/api/tenants/{id}", api.tenant()).then().statusCode(204);
        api.scim().get("/Users").then().statusCode(401);
        Await.count(0, "select count(*) from tenant where id = ?", api.tenant());
        assertEquals(0, TestDatabase.count("select count(*) from provisioning_log where tenant_id = ?", api.tenant()));
    }
}
