package dev.muster.directory;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** After a change of a tenant's schemas, filters mean what the schemas say now, also for resources that are older. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ReindexingTest {

    private static final String URN = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

    private final Reindexing reindexing;

    @Inject
    ReindexingTest(Reindexing reindexing) {
        this.reindexing = reindexing;
    }

    @Test
    void olderResourcesAreFoundByTheSchemasOfToday() throws Throwable {
        Api api = Api.newTenant(schema(true));
        api.create("/Users", Map.of("userName", "ada", URN, Map.of("badge", "AB-1")));
        assertFound(api, 0, "ab-1");
        Api.admin()
                .body(schema(false))
                .put("/admin/api/tenants/{id}/settings", api.tenant())
                .then()
                .statusCode(200);

        // It has been done already where the server was quicker: it begins by itself, three seconds after the change.
        VertxContextSupport.subscribeAndAwait(() -> reindexing.run(api.tenant()));
        assertFound(api, 1, "ab-1");
        api.scim().get("/Users").then().body("Resources[0].meta.version", equalTo("W/\"1\""));
        assertEquals(0, VertxContextSupport.subscribeAndAwait(() -> reindexing.run(api.tenant())));
    }

    private static void assertFound(Api api, int count, String badge) {
        api.scim()
                .queryParam("filter", URN + ":badge eq \"" + badge + "\"")
                .get("/Users")
                .then()
                .statusCode(200)
                .body("totalResults", equalTo(count));
    }

    private static String schema(boolean caseExact) {
        return """
                {"schemas":[{"id":"%s","name":"Acme","resourceType":"User","attributes":[
                    {"name":"badge","type":"string","multiValued":false,"caseExact":%s}]}]}""".formatted(URN, caseExact);
    }
}
