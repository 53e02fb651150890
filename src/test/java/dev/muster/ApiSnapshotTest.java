package dev.muster;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What clients and generators build on stands in files: a change of it is seen in a review. Written anew by
 * {@code -Dtest.snapshots=write}.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class ApiSnapshotTest {

    private static final Path SNAPSHOTS = Path.of("src/test/resources/api");

    private Api api;

    @BeforeEach
    void createTenant() {
        api = Api.newTenant();
    }

    @Test
    void serviceProviderConfigIsAsReviewed() throws IOException {
        assertUnchanged("service-provider-config.json", discovery("/ServiceProviderConfig"));
    }

    @Test
    void resourceTypesAreAsReviewed() throws IOException {
        assertUnchanged("resource-types.json", discovery("/ResourceTypes"));
    }

    @Test
    void schemasAreAsReviewed() throws IOException {
        assertUnchanged("schemas.json", discovery("/Schemas"));
    }

    @Test
    void openApiIsAsReviewed() throws IOException {
        assertUnchanged(
                "openapi.yaml",
                given().get("/q/openapi").then().statusCode(200).extract().asString());
    }

    private String discovery(String path) {
        return given().get(api.base() + path)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .prettify() + "\n";
    }

    private void assertUnchanged(String file, String actual) throws IOException {
        String portable = actual.replace("http://localhost:" + RestAssured.port, "https://muster.example.com")
                .replace("/t/" + api.tenant() + "/", "/t/acme/");
        Path snapshot = SNAPSHOTS.resolve(file);
        if ("write".equals(System.getProperty("test.snapshots"))) {
            Files.writeString(snapshot, portable);
        }
        assertEquals(Files.readString(snapshot), portable);
    }
}
