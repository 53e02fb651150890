package dev.muster.endpoint;

import static dev.muster.endpoint.ScimErrors.assertScimError;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error under a Tenant URL is a SCIM error, also where the framework or the transport found it. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class EveryErrorTest {

    private static final int TOO_MUCH = 11_000_000;

    private Api api;

    @BeforeEach
    void freshTenant() {
        api = Api.newTenant();
    }

    private byte[] head(String method, String path, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Authorization: Bearer " + api.token();
        return RawHttp.head(method, api.base() + path, all);
    }

    private static byte[] filler(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    @Test
    void anOversizedBodyIsRefusedWithAnAnswerThatTheClientComesToRead() {
        assertScimError(
                413,
                RawHttp.exchange(
                        RestAssured.port, head("POST", "/Users", "Content-Length: " + TOO_MUCH), filler(TOO_MUCH)));
        assertScimError(
                413,
                RawHttp.exchange(
                        RestAssured.port,
                        head("POST", "/Users", "Transfer-Encoding: chunked"),
                        (Integer.toHexString(TOO_MUCH) + "\r\n").getBytes(UTF_8),
                        filler(TOO_MUCH),
                        "\r\n0\r\n\r\n".getBytes(UTF_8)));
    }

    @Test
    void aConnectionGoesOnAfterAnOversizedBody() throws Exception {
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send(head("POST", "/Users", "Content-Length: " + TOO_MUCH));
            connection.send(filler(TOO_MUCH));
            assertScimError(413, connection.answer());
            connection.send(head("GET", "/Users"));
            assertEquals(200, connection.answer().status());
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsHearsOfTheLimitAtOnce() {
        assertScimError(
                413,
                RawHttp.exchange(
                        RestAssured.port,
                        head("POST", "/Users", "Expect: 100-continue", "Content-Length: " + TOO_MUCH)));
    }

    @Test
    void aClientThatAsksBeforeItSendsMaySend() throws Exception {
        byte[] body = "{\"userName\":\"patient\"}".getBytes(UTF_8);
        try (RawHttp connection = new RawHttp(RestAssured.port)) {
            connection.send(head("POST", "/Users", "Expect: 100-continue", "Content-Length: " + body.length));
            assertEquals(100, connection.answer().status());
            connection.send(body);
            assertEquals(201, connection.answer().status());
        }
    }

    @Test
    void aChunkedBodyWithinTheLimitIsTaken() {
        byte[] chunk = ("{\"userName\":\"chunky\",\"title\":\"" + "t".repeat(60_000) + "\"}").getBytes(UTF_8);
        RawHttp.Answer answer = RawHttp.exchange(
                RestAssured.port,
                head("POST", "/Users", "Transfer-Encoding: chunked"),
                (Integer.toHexString(chunk.length) + "\r\n").getBytes(UTF_8),
                chunk,
                "\r\n0\r\n\r\n".getBytes(UTF_8));
        assertEquals(201, answer.status(), answer.body());
    }

    @Test
    void anAddressThatIsTooLongIsRefused() {
        assertScimError(414, RawHttp.exchange(RestAssured.port, head("GET", "/Users?filter=" + "a".repeat(9_000))));
        assertScimError(414, RawHttp.exchange(RestAssured.port, head("GET", "/Users?filter=" + "a".repeat(100_000))));
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        assertScimError(431, RawHttp.exchange(RestAssured.port, head("GET", "/Users", "X-A: " + "a".repeat(17_000))));
    }

    /** The framework answers these before anything of Muster is reached: without a body, and without a page. */
    @ParameterizedTest
    @ValueSource(strings = {"/Users/%zz", "/Users?filter=%zz", "/Users/%0", "/Users/{a}|^"})
    void anAddressThatIsNoneIsABadRequestWithoutAPage(String path) {
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, head("GET", path));
        assertEquals(400, answer.status());
        assertEquals("", answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/Users/%00,404",
        "GET,/Users/%ff,404",
        "GET,/Users/..%2f..%2fx,404",
        "GET,/Users/%0a,404",
        "GET,/Nope,404",
        "GET,/Nope/x,404",
        "GET,/a/b/c/d,404",
        "POST,'',405",
        "DELETE,/,405",
        "GET,/.search,405",
        "GET,/Me,501",
        "POST,/Me,501",
        "TRACE,/Me,405",
        "GET,/Me/x,404",
        "POST,/Me/.search,404",
        "GET,/Users/a%2Fb,404",
        "PUT,/Users,405",
        "DELETE,/Groups,405",
        "POST,/Users/x,405",
        "TRACE,/Users,405",
        "BREW,/Users,405",
        "POST,/Schemas,405",
        "DELETE,/ServiceProviderConfig,405",
        "PUT,/ResourceTypes/User,405",
        "GET,/Users/.search,405",
        "GET,/Users?filter=userName%20eq%20%22%00%22,400"
    })
    void whatIsNotThereOrNotAllowedIsAScimError(String method, String path, int status) {
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, head(method, path));
        assertScimError(status, answer);
        assertEquals(status == 405, !answer.header("Allow").isEmpty());
    }

    @Test
    void aTenantUrlWithoutATenantIsAScimErrorAndTheRestIsAProblem() {
        assertScimError(404, given().get("/scim/v2/Users"));
        assertScimError(401, given().header("Authorization", "Bearer x").get("/t/a%00b/scim/v2/Users"));
        given().get("/t/{tenant}/nothing", api.tenant())
                .then()
                .statusCode(404)
                .contentType(startsWith("application/problem+json"));
        RawHttp.Answer star = RawHttp.exchange(RestAssured.port, RawHttp.head("OPTIONS", "*"));
        assertEquals("application/problem+json", star.header("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "/Users,'GET, HEAD, POST, OPTIONS'",
        "/Users/x,'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'",
        "/Users/.search,'POST, OPTIONS'",
        "/.search,'POST, OPTIONS'",
        "/Me,'GET, HEAD, PUT, PATCH, DELETE, OPTIONS'",
        "'','GET, HEAD, OPTIONS'",
        "/,'GET, HEAD, OPTIONS'",
        "/Schemas,'GET, HEAD, OPTIONS'"
    })
    void optionsNamesTheMethods(String path, String allowed) {
        api.scim().options(path).then().statusCode(204).header("Allow", allowed);
    }

    @Test
    void headAnswersAsGetWithoutABody() {
        String id = api.newUser("head@example.com");
        for (String path : new String[] {"", "/", "/Users", "/Users/" + id, "/ServiceProviderConfig", "/Schemas"}) {
            assertEquals(
                    "", api.scim().head(path).then().statusCode(200).extract().asString());
        }
        assertEquals(404, api.scim().head("/Users/nobody").statusCode());
    }

    @Test
    void discoveryIsReadableWithATokenThatHasNotBeenSeenBefore() {
        api.scim().get("/ServiceProviderConfig").then().statusCode(200);
    }

    @Test
    void anUnforeseenFailureTellsNothingOfItsInsides() {
        String body = assertScimError(500, api.scim().get("/Broken")).toString();
        assertFalse(body.contains("secret"), body);
    }

    @Test
    void aFailureInTheMiddleOfAnAnswerClosesTheConnection() {
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, head("GET", "/Broken/half"));
        assertEquals(200, answer.status());
        assertFalse(answer.whole());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "*/*", "!!;;//", "application/xml;q=0.9"})
    void theAnswerIsScimWhateverIsAccepted(String accept) {
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, head("GET", "/Users", "Accept: " + accept));
        assertEquals(200, answer.status());
        assertEquals("application/scim+json;charset=UTF-8", answer.header("Content-Type"));
        assertScimError(404, RawHttp.exchange(RestAssured.port, head("GET", "/Users/x", "Accept: " + accept)));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json; charset=utf-8,201",
        "application/scim+json; charset=utf-8,201",
        "Application/SCIM+JSON,201",
        "'application/scim+json; charset=\"UTF-8\"',201",
        "'',201",
        "text/plain,415",
        "application/xml,415",
        "application/json; charset=utf-16,415",
        "application/scim+json;charset=iso-8859-1,201",
        "application/json;charset=utf-7,415",
        "multipart/form-data,415",
        "application/x-www-form-urlencoded,415"
    })
    void contentTypesOfJsonInUtf8AreTaken(String contentType, int status) {
        byte[] body = ("{\"userName\":\"" + Integer.toHexString(contentType.hashCode()) + "\"}").getBytes(UTF_8);
        String[] headers = contentType.isEmpty()
                ? new String[] {"Content-Length: " + body.length}
                : new String[] {"Content-Length: " + body.length, "Content-Type: " + contentType};
        RawHttp.Answer answer = RawHttp.exchange(RestAssured.port, head("POST", "/Users", headers), body);
        if (status == 201) {
            assertEquals(201, answer.status(), answer.body());
        } else {
            assertScimError(status, answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%61dmin/api/tenants",
                "/admin/%61pi/tenants",
                "//admin/api/tenants",
                "/x/../admin/api/tenants",
                "/admin;a=b/api/tenants",
                "/admin/./api/tenants"
            })
    void theAdminApiIsClosedHoweverItsPathIsWritten(String path) {
        assertEquals(
                401,
                RawHttp.exchange(RestAssured.port, RawHttp.head("GET", path)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/t/%s/%%73cim/v2/Users",
                "//t/%s/scim//v2/Users",
                "/t/%s/scim;a/v2/Users",
                "/x/../t/%s/scim/v2/Users"
            })
    void theScimEndpointIsClosedHoweverItsPathIsWritten(String path) {
        assertScimError(401, RawHttp.exchange(RestAssured.port, RawHttp.head("GET", path.formatted(api.tenant()))));
    }
}
