package dev.muster.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {

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
        BaseUrl baseUrl = new BaseUrl(() -> Optional.of(configured));
        // Null: the request is not even looked at.
        assertEquals(configured.toString().replaceFirst("/$", ""), baseUrl.of((UriInfo) null));
    }
}
