package dev.muster.tenant;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.Await;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants follow the files of a directory that looks like a mounted ConfigMap. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
class TenantFilesTest {

    private final TenantFiles files;
    private final String tenant = "f" + Long.toString(System.nanoTime(), 36);

    @TempDir
    Path mount;

    private int generation;

    @Inject
    TenantFilesTest(TenantFiles files) {
        this.files = files;
    }

    @BeforeEach
    void nothingIsWatched() {
        assertTrue(files.list().isEmpty());
    }

    @AfterEach
    void stopWatching() throws IOException {
        swap(Map.of());
        Await.until("the file has been looked at", () -> files.list().isEmpty());
        files.stopWatching();
    }

    @Test
    void aTenantIsMadeAndFollowsItsFile() throws IOException {
        swap(Map.of("acme.yaml", yaml("{mode: dry-run}")));
        files.watch(new TenantDirectory(mount));
        read("").statusCode(200).body("displayName", equalTo("Acme")).body("enabled", equalTo(true));
        read("/settings").body("mode", equalTo("dry-run"));
        String tag = read("/settings").extract().header("ETag");

        swap(Map.of("acme.yaml", "# the same\n" + yaml("{mode: dry-run}")));
        swap(Map.of(
                "acme.yaml",
                "id: %s\ndisplayName: Acme & Co\nenabled: false\nsettings: {mode: sync, scope: title pr}"
                        .formatted(tenant)));
        Await.until(
                "the file has been looked at",
                () -> read("/settings").extract().path("mode").equals("sync"));
        read("/settings").body("scope", equalTo("title pr")).header("ETag", "\"" + (number(tag) + 1) + "\"");
        read("").body("displayName", equalTo("Acme & Co")).body("enabled", equalTo(false));
    }

    @Test
    void schemasOfAFileAreIndexedLikeThoseOfARequest() throws IOException {
        swap(Map.of("acme.yaml", yaml("{schemas: [{id: 'urn:x:y', attributes: [{name: source}]}]}")));
        files.watch(new TenantDirectory(mount));
        Api api = new Api(tenant, Api.newToken(tenant));
        String ada = api.create("/Users", Map.of("userName", "ada", "urn:x:y", Map.of("source", "HR")))
                .path("id");
        swap(Map.of("acme.yaml", yaml("{schemas: [{id: 'urn:x:y', attributes: [{name: source, caseExact: true}]}]}")));
        Await.until(
                "the file has been looked at",
                () -> api.scim()
                        .queryParam("filter", "urn:x:y:source eq \"hr\"")
                        .get("/Users")
                        .path("totalResults")
                        .equals(0));
        Await.until(
                "the file has been looked at",
                () -> api.scim()
                                        .queryParam("filter", "urn:x:y:source eq \"HR\"")
                                        .get("/Users")
                                        .path("Resources[0].id")
                                instanceof String id
                        && id.equals(ada));
    }

    @Test
    void aFaultyFileIsShownAndStopsNoOther() throws IOException {
        swap(Map.of("acme.yaml", yaml("{mode: dry-run}"), "broken.yaml", "id: [", "README.md", "no tenant"));
        files.watch(new TenantDirectory(mount));
        list().body("files.size()", equalTo(2))
                .body("files.find { it.file == 'acme.yaml' }.state", equalTo("applied"))
                .body("files.find { it.file == 'acme.yaml' }.tenant", equalTo(tenant))
                .body("files.find { it.file == 'acme.yaml' }.error", nullValue())
                .body("files.find { it.file == 'broken.yaml' }.state", equalTo("faulty"))
                .body("files.find { it.file == 'broken.yaml' }.error.detail", containsString("line 1"));
        RestAssured.get("/q/metrics").then().body(containsString("muster_tenant_files{state=\"faulty\"} 1.0"));
        swap(Map.of("acme.yaml", yaml("{mode: later}")));
        Await.until(
                "the file has been looked at",
                () -> "faulty".equals(list().extract().path("files[0].state")));
        list().body("files[0].error.field", equalTo("/settings/mode"));
        read("/settings").body("mode", equalTo("dry-run"));
        Api.admin()
                .body("{}")
                .put("/admin/api/tenants/{id}/settings", tenant)
                .then()
                .statusCode(409);
        swap(Map.of("acme.yaml", yaml("{mode: sync}")));
        Await.until(
                "the file has been looked at",
                () -> "applied".equals(list().extract().path("files[0].state")));
        read("/settings").body("mode", equalTo("sync"));
    }

    @Test
    void requestsDoNotChangeWhatAFileSays() throws IOException {
        swap(Map.of("acme.yaml", yaml("{mode: dry-run}")));
        files.watch(new TenantDirectory(mount));
        String path = "/admin/api/tenants/" + tenant;
        refused(Api.admin()
                .body("{\"mode\":\"sync\"}")
                .patch(path + "/settings")
                .then());
        refused(Api.admin().body("{}").put(path + "/settings").then());
        refused(Api.admin().body("{\"enabled\":false}").patch(path).then());
        refused(Api.admin().delete(path).then());
        read("/settings").body("mode", equalTo("dry-run"));
        Api.newToken(tenant);

        swap(Map.of());
        Await.until("the file has been looked at", () -> files.list().isEmpty());
        read("/settings").body("mode", equalTo("dry-run"));
        Api.admin().body("{\"mode\":\"sync\"}").patch(path + "/settings").then().statusCode(200);
    }

    @Test
    void oneOfTwoFilesDeclaresATenant() throws IOException {
        swap(Map.of("a.yaml", yaml("{mode: dry-run}"), "b.yaml", yaml("{mode: sync}")));
        files.watch(new TenantDirectory(mount));
        list().body("files.state", equalTo(List.of("applied", "waiting")))
                .body("files[1].error.detail", containsString("a.yaml"));
        read("/settings").body("mode", equalTo("dry-run"));
        swap(Map.of("b.yaml", yaml("{mode: sync}")));
        Await.until(
                "the file has been looked at",
                () -> read("/settings").extract().path("mode").equals("sync"));
    }

    @Test
    void tenantsStayWhereTheDirectoryIsAway() throws IOException {
        swap(Map.of("acme.yaml", yaml("{mode: dry-run}")));
        files.watch(new TenantDirectory(mount));
        Path away = mount.resolveSibling(mount.getFileName() + "-away");
        Files.move(mount, away);
        Await.until(
                "the file has been looked at",
                () -> list().extract().path("error") instanceof String error && error.contains("NoSuchFile"));
        list().body("files.state", equalTo(List.of("applied")));
        Files.move(away, mount);
        Await.until("the file has been looked at", () -> list().extract().path("error") == null);
    }

    /** As the kubelet does it: files are links into {@code ..data}, a link that is replaced as a whole. */
    private void swap(Map<String, String> contents) throws IOException {
        Path data = Files.createDirectory(mount.resolve("..generation" + generation++));
        for (Map.Entry<String, String> file : contents.entrySet()) {
            Files.writeString(data.resolve(file.getKey()), file.getValue());
        }
        Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
        Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String name : contents.keySet()) {
            if (!Files.isSymbolicLink(mount.resolve(name))) {
                Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
            }
        }
        try (var entries = Files.list(mount)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!name.startsWith(".") && !contents.containsKey(name)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private String yaml(String settings) {
        return "id: %s\ndisplayName: Acme\nsettings: %s\n".formatted(tenant, settings);
    }

    private ValidatableResponse read(String below) {
        return Api.admin().get("/admin/api/tenants/" + tenant + below).then();
    }

    private static ValidatableResponse list() {
        return Api.admin().get("/admin/api/tenants-files").then().statusCode(200);
    }

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(409).contentType("application/problem+json").body("detail", containsString("acme.yaml"));
    }

    private static long number(String tag) {
        return Long.parseLong(tag.replace("\"", ""));
    }
}
