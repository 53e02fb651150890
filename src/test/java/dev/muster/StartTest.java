package dev.muster;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class StartTest {
    private final Pool pool;
    private final String flywayUser;

    @Inject
    StartTest(Pool pool, @ConfigProperty(name = "quarkus.flyway.username") String flywayUser) {
        this.pool = pool;
        this.flywayUser = flywayUser;
    }

    @Test
    void isReadyOnItsOwnDatabase() {
        given().when().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void worksAsTheRoleThatOwnsNothingAndMigratesAsTheOwner() {
        String user = pool.query("SELECT current_user")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(60))
                .iterator()
                .next()
                .getString(0);
        String owner = pool.query("SELECT tableowner FROM pg_tables WHERE tablename = 'flyway_schema_history'")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(60))
                .iterator()
                .next()
                .getString(0);
        assertEquals("muster_app", user);
        assertEquals("muster_owner", owner);
        assertEquals("muster_owner", flywayUser);
    }
}
