package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScimAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"/t/acme/scim/v2", "/t/acme/scim/v2/", "/t/acme/scim/v2/Users", "/t/acme/scim/v2/a\nb"})
    void holdsTheTenantOfThePath(String path) {
        assertEquals(Optional.of(new ScimAddress("acme", "/t/acme")), ScimAddress.ofPath(path));
        assertTrue(ScimAddress.concerns(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/t/acme/scim/v1/Users",
                "/t/acme/scim/v22",
                "/t/a/b/scim/v2/Users",
                "/x/t/acme/scim/v2",
                "/admin/api"
            })
    void isNotOnOtherPaths(String path) {
        assertEquals(Optional.empty(), ScimAddress.ofPath(path));
        assertFalse(ScimAddress.concerns(path));
    }

    @Test
    void isBareWithoutATenant() {
        assertTrue(ScimAddress.isBare("/scim/v2/Users"));
        assertTrue(ScimAddress.isBare("/scim/v2"));
        assertFalse(ScimAddress.isBare("/t/acme/scim/v2/Users"));
        assertFalse(ScimAddress.isBare("/scim/v2x"));
    }

    @ParameterizedTest
    @CsvSource({
        "/Users,'GET, HEAD, POST, OPTIONS'",
        "/Users/,'GET, HEAD, POST, OPTIONS'",
        "/Users/1,'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'",
        "/Users/.search,'POST, OPTIONS'",
        "/Bulk,'POST, OPTIONS'",
        "/Bulk/1,''",
        "/Schemas,'GET, HEAD, OPTIONS'",
        "/ResourceTypes/User,'GET, HEAD, OPTIONS'",
        "/.search,'POST, OPTIONS'",
        "/Me,'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'",
        "/a/b/c,''",
        "'','GET, HEAD, OPTIONS'"
    })
    void knowsTheMethodsOfAPath(String resource, String methods) {
        assertEquals(methods, String.join(", ", ScimAddress.allowed("/t/acme/scim/v2" + resource)));
        assertEquals(methods, String.join(", ", ScimAddress.allowed("/scim/v2" + resource)));
    }

    @Test
    void discoveryIsAtTheTopOnly() {
        assertTrue(ScimAddress.isDiscovery("/t/acme/scim/v2/Schemas"));
        assertTrue(ScimAddress.isDiscovery("/scim/v2/ResourceTypes/User/"));
        assertFalse(ScimAddress.isDiscovery("/t/acme/scim/v2/Users/Schemas"));
        assertFalse(ScimAddress.isDiscovery("/t/acme/scim/v2/Schemas/a/b"));
        assertFalse(ScimAddress.isDiscovery("/t/acme/scim/v2"));
    }

    @Test
    void theTenantUrlFollowsFromTheBaseUrl() {
        assertEquals("https://h/t/acme/scim/v2", new ScimAddress("acme", "/t/acme").tenantUrl("https://h"));
        assertEquals("https://acme.h/scim/v2", new ScimAddress("acme", "").tenantUrl("https://acme.h"));
    }
}
