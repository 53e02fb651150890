package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {

    /** A configuration of only the base URL. */
    private record Configured(Optional<URI> baseUrl) implements EndpointConfig {
        @Override
        public Tenancy tenancy() {
            throw new AssertionError("the base URL does not depend on the tenancy");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/t/a/scim/v2/Users, /t/a/scim/v2/Users, http://h",
        "https://h:8443/t/a/scim/v2/Users?filter=x, /t/a/scim/v2/Users, https://h:8443",
        "https://h/pre/fix/t/a/scim/v2/Users, /t/a/scim/v2/Users, https://h/pre/fix",
        "https://h/pre//t/a/scim/v2/Users, /t/a/scim/v2/Users, https://h/pre",
        "https://h/t/a/scim/v2/Users/a%20b, /t/a/scim/v2/Users/a b, https://h",
        "https://[::1]:8080/scim/v2/Users, /scim/v2/Users, https://[::1]:8080"
    })
    void standsBeforeThePathThatTheServerSees(URI request, String path, String base) {
        assertEquals(base, BaseUrl.ofRequest(request, path));
    }

    @ParameterizedTest
    @CsvSource({"https://scim.example.com", "https://scim.example.com/", "https://scim.example.com:8443/idp/"})
    void theConfiguredOneWins(URI configured) {
        BaseUrl baseUrl = new BaseUrl(new Configured(Optional.of(configured)));
        // Null: the request is not even looked at.
        assertEquals(configured.toString().replaceFirst("/$", ""), baseUrl.of((UriInfo) null));
    }

    @Test
    void theTenantUrlFollows() {
        assertEquals("https://h/t/acme/scim/v2", new ScimAddress("acme", "/t/acme").tenantUrl("https://h"));
        assertEquals("https://acme.h/scim/v2", new ScimAddress("acme", "").tenantUrl("https://acme.h"));
    }
}
