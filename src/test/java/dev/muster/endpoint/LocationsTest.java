package dev.muster.endpoint;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Locations as the client sees them, behind a proxy on this machine. That headers of others are not believed is Quarkus' own
 * work, for which the configuration names the proxies that are: from loopback it cannot be shown.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class LocationsTest {

    @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies")
    List<String> trusted;

    private Api api;

    @BeforeEach
    void freshTenant() {
        api = Api.newTenant();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-Proto=https;X-Forwarded-Host=scim.example.com | https://scim.example.com",
                "X-Forwarded-Proto=https;X-Forwarded-Host=scim.example.com;X-Forwarded-Port=8443 | https://scim.example.com:8443",
                "X-Forwarded-Proto=https;X-Forwarded-Host=scim.example.com;X-Forwarded-Prefix=/idp | https://scim.example.com/idp",
                "X-Forwarded-Proto=https;X-Forwarded-Host=scim.example.com;X-Forwarded-Prefix=/a/b/ | https://scim.example.com/a/b",
                "Forwarded=for=192.0.2.1#proto=https#host=f.example.com | https://f.example.com",
                "Host=plain.example.com | http://plain.example.com",
            })
    void locationsBeginWithWhatTheProxyForwarded(String headers, String base) {
        Map<String, String> sent = new java.util.LinkedHashMap<>();
        for (String header : headers.strip().split(";")) {
            String[] pair = header.replace('#', ';').split("=", 2);
            sent.put(pair[0], pair[1]);
        }
        Response user = api.scim()
                .headers(sent)
                .body(Map.of("userName", "u"))
                .post("/Users")
                .then()
                .statusCode(201)
                .extract()
                .response();
        String id = user.path("id");
        String url = base + api.base() + "/Users/" + id;
        assertEquals(url, user.header("Location"));
        assertEquals(url, user.path("meta.location"));
        String group = api.create("/Groups", Map.of("displayName", "g", "members", List.of(Map.of("value", id))))
                .path("id");
        api.scim()
                .headers(sent)
                .get("/Groups/" + group)
                .then()
                .statusCode(200)
                .body("meta.location", equalTo(base + api.base() + "/Groups/" + group))
                .body("members[0].'$ref'", equalTo(url));
        api.scim()
                .headers(sent)
                .get("/Users")
                .then()
                .statusCode(200)
                .body("Resources[0].meta.location", equalTo(url))
                .body("Resources[0].groups[0].'$ref'", equalTo(base + api.base() + "/Groups/" + group));
        api.scim()
                .headers(sent)
                .get("/Schemas")
                .then()
                .statusCode(200)
                .body(
                        "Resources.find { it.name == 'User' }.meta.location",
                        equalTo(base + api.base() + "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"));
    }

    @Test
    void onlyProxiesOnThisMachineAreBelievedUnlessOthersAreNamed() {
        assertTrue(
                trusted.stream().allMatch(proxy -> proxy.startsWith("127.") || proxy.startsWith("::1")),
                trusted::toString);
    }
}
