package dev.muster.endpoint;

import static dev.muster.endpoint.ScimErrors.assertScimError;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.Api;
import dev.muster.PostgresTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that no honest client sends: the right error, and nothing written. */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
class HostileBodiesTest {

    private static final int DEEP = 10_000;

    private Api api;

    @BeforeEach
    void freshTenant() {
        api = Api.newTenant();
    }

    static Stream<Arguments> notOneJsonObject() {
        return Stream.of(
                        Map.entry("empty", ""),
                        Map.entry("blank", "   "),
                        Map.entry("cut off", "{\"userName\":\"a"),
                        Map.entry("unquoted", "{userName:'a'}"),
                        Map.entry("trailing comma", "{\"userName\":\"a\",}"),
                        Map.entry("two objects", "{\"userName\":\"a\"}{}"),
                        Map.entry("trailing text", "{\"userName\":\"a\"} x"),
                        Map.entry("comment", "{\"userName\":\"a\"/*x*/}"),
                        Map.entry("array", "[{\"userName\":\"a\"}]"),
                        Map.entry("string", "\"userName\""),
                        Map.entry("number", "17"),
                        Map.entry("null", "null"),
                        Map.entry("true", "true"),
                        Map.entry("NaN", "{\"userName\":\"a\",\"x\":NaN}"),
                        Map.entry("duplicate key", "{\"userName\":\"a\",\"userName\":\"b\"}"),
                        Map.entry("duplicate key within", "{\"userName\":\"a\",\"name\":{\"x\":1,\"x\":2}}"),
                        Map.entry("raw NUL", "{\"userName\":\"a\0b\"}"),
                        Map.entry("raw NUL between", "{\"userName\":\0\"a\"}"),
                        Map.entry("deep arrays", "{\"userName\":" + "[".repeat(DEEP) + "]".repeat(DEEP) + "}"),
                        Map.entry("deep objects", "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP)),
                        Map.entry("deep and open", "[".repeat(100_000)),
                        Map.entry("number of 1000 digits", "{\"userName\":\"a\",\"x\":" + "9".repeat(1_000) + "}"),
                        Map.entry("exponent of 100 digits", "{\"userName\":\"a\",\"x\":1e" + "1".repeat(100) + "}"),
                        Map.entry("html", "<html></html>"))
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notOneJsonObject")
    void whatIsNotOneJsonObjectIsInvalidSyntax(String name, String body) {
        String id = api.newUser("kept");
        nothingIsWritten(() -> {
            assertInvalidSyntax("POST", "/Users", body);
            assertInvalidSyntax("PUT", "/Users/" + id, body);
            assertInvalidSyntax("PATCH", "/Users/" + id, body);
            assertInvalidSyntax("POST", "/Users/.search", body);
        });
    }

    /** By hand: client libraries choke on such bodies themselves. */
    private void assertInvalidSyntax(String method, String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        byte[] head = RawHttp.head(
                method, api.base() + path, "Authorization: Bearer " + api.token(), "Content-Length: " + bytes.length);
        JsonNode error = assertScimError(400, RawHttp.exchange(RestAssured.port, head, bytes));
        assertEquals("invalidSyntax", error.path("scimType").asText());
    }

    @Test
    void whatIsNotUtf8IsInvalidSyntax() {
        List<byte[]> bodies = List.of(
                "{\"userName\":\"\u00e9\"}".getBytes(ISO_8859_1),
                "{\"userName\":\"\u00c0\u0080\"}".getBytes(ISO_8859_1),
                "{\"userName\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1),
                "{\"userName\":\"\u00f5\u0080\u0080\u0080\"}".getBytes(ISO_8859_1),
                "{\"userName\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE),
                "{\"userName\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
        nothingIsWritten(() -> bodies.forEach(
                body -> assertScimError(400, "invalidSyntax", utf8(body).post("/Users"))));
    }

    static Stream<String> wrongValues() {
        return Stream.of(
                "\"userName\":[\"a\",\"b\"]",
                "\"userName\":{}",
                "\"userName\":\"\"",
                "\"userName\":null",
                "\"userName\":\"a\\u0000b\"",
                "\"userName\":\"a\\ud800b\"",
                "\"userName\":\"a\\udc00\"",
                "\"userName\":\"a\",\"title\":\"nul\\u0000\"",
                "\"userName\":\"a\",\"title\":\"lone\\ud800\"",
                "\"userName\":\"a\",\"title\":{\"a\":1}",
                "\"userName\":\"a\",\"active\":\"maybe\"",
                "\"userName\":\"a\",\"active\":1e400",
                "\"userName\":\"a\",\"name\":\"x\"",
                "\"userName\":\"a\",\"name\":[1,2]",
                "\"userName\":\"a\",\"emails\":true",
                "\"userName\":\"a\",\"emails\":[[[{\"value\":\"x\"}]]]",
                "\"userName\":\"a\",\"emails\":[{\"value\":\"x\",\"primary\":\"often\"}]",
                "\"userName\":\"a\",\"emails\":[{\"value\":\"x\",\"primary\":true},{\"value\":\"y\",\"primary\":true}]",
                "\"userName\":\"a\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":\"x\"",
                "\"userName\":\"a\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":[1]",
                "\"userName\":\"a\",\"schemas\":[1]",
                "\"userName\":\"a\",\"schemas\":[\"urn:unknown\"]");
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void valuesOfTheWrongTypeAreRefused(String members) {
        nothingIsWritten(() -> {
            Response response = api.scim().body("{" + members + "}").post("/Users");
            String scimType = assertScimError(400, response).path("scimType").asText();
            assertEquals(true, List.of("invalidValue", "invalidSyntax").contains(scimType), response.asString());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"}",
                "{\"op\":\"replace\",\"path\":\"userName\",\"value\":{}}",
                "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"a\\u0000\"}",
                "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"\\ud800\"}",
                "{\"op\":\"replace\",\"path\":\"emails[\",\"value\":\"x\"}",
                "{\"op\":\"replace\",\"path\":\"a.b.c.d\",\"value\":\"x\"}",
                "{\"op\":\"replace\",\"path\":\"\\u0000\",\"value\":\"x\"}",
                "{\"op\":\"explode\",\"path\":\"title\",\"value\":\"x\"}",
                "{\"op\":7,\"path\":\"title\",\"value\":\"x\"}",
                "{\"path\":\"title\",\"value\":\"x\"}",
                "{\"op\":\"add\",\"path\":[],\"value\":\"x\"}",
                "{\"op\":\"add\",\"path\":\"id\",\"value\":\"x\"}",
                "{\"op\":\"remove\"}",
                "17",
                "null",
                "[]"
            })
    void operationsThatCannotBeAppliedAreRefusedWhole(String operation) {
        String id = api.newUser("kept");
        String before = api.scim().get("/Users/" + id).asString();
        String first = "{\"op\":\"add\",\"path\":\"nickName\",\"value\":\"must not stay\"}";
        assertScimError(
                400,
                api.scim()
                        .body("{\"Operations\":[" + first + "," + operation + "]}")
                        .patch("/Users/" + id));
        assertEquals(before, api.scim().get("/Users/" + id).asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Operations\":{}}",
                "{\"Operations\":[]}",
                "{\"Operations\":\"x\"}",
                "{\"Operations\":null}"
            })
    void aPatchWithoutOperationsIsRefused(String body) {
        assertScimError(400, api.scim().body(body).patch("/Users/" + api.newUser("kept")));
    }

    @Test
    void hugeNumbersWhereNoneBelongDoNoHarm() {
        for (String number : List.of("1e400", "-1e400", "1e999999999", "100000000000000000000", "1e-999999999")) {
            Response response = api.scim()
                    .body("{\"userName\":\"u" + number + "\",\"unheardOf\":" + number + "}")
                    .post("/Users");
            assertEquals(true, List.of(201, 400).contains(response.statusCode()), number + response.asString());
            assertScimError(
                    400,
                    api.scim()
                            .body("{\"userName\":\"x\",\"active\":" + number + "}")
                            .post("/Users"));
        }
    }

    @Test
    void whatIsBeyondTheLimitIsTooMuch() {
        nothingIsWritten(() -> assertScimError(
                413,
                api.scim()
                        .body("{\"userName\":\"a\",\"title\":\"" + "x".repeat(11_000_000) + "\"}")
                        .post("/Users")));
    }

    @Test
    void aStringOfAMegabyteIsKeptOrRefusedWhole() {
        String title = "x".repeat(1_000_000);
        Response response =
                api.scim().body(Map.of("userName", "long", "title", title)).post("/Users");
        if (response.statusCode() == 201) {
            assertEquals(title, api.scim().get("/Users/" + response.path("id")).path("title"));
        } else {
            assertScimError(400, response);
        }
        assertScimError(400, api.scim().body(Map.of("userName", title)).post("/Users"));
    }

    @Test
    void aHundredThousandElementsAreTakenOrRefusedInTime() {
        String elements = IntStream.range(0, 100_000)
                .mapToObj(i -> "{\"value\":\"a" + i + "\"}")
                .collect(Collectors.joining(","));
        long start = System.nanoTime();
        for (String attribute : List.of("emails", "unheardOf")) {
            Response response = api.scim()
                    .body("{\"userName\":\"many" + attribute + "\",\"" + attribute + "\":[" + elements + "]}")
                    .post("/Users");
            if (response.statusCode() != 201) {
                assertEquals(4, response.statusCode() / 100);
                assertScimError(response.statusCode(), response);
            }
        }
        assertEquals(true, System.nanoTime() - start < 30_000_000_000L, "took longer than 30 s");
    }

    @Test
    void manyUnknownMembersOfAGroupAreNamedShortly() {
        List<Map<String, String>> members = new ArrayList<>();
        IntStream.range(0, 20_000).forEach(i -> members.add(Map.of("value", "nobody-" + i + "x".repeat(80))));
        assertScimError(
                400,
                "invalidValue",
                api.scim().body(Map.of("displayName", "g", "members", members)).post("/Groups"));
        assertEquals(0, total("/Groups"));
    }

    @Test
    void unknownAttributesAreIgnoredAndUnknownSchemasRefused() {
        api.scim()
                .body("{\"userName\":\"u\",\"shoeSize\":44,\"a\":{\"b\":[{}]}}")
                .post("/Users")
                .then()
                .statusCode(201);
        nothingIsWritten(() -> assertScimError(
                400,
                Api.newTenant("{\"conformance\":\"strict\"}")
                        .scim()
                        .body(
                                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"userName\":\"u\",\"shoeSize\":44}")
                        .post("/Users")));
    }

    /** A body of bytes, which goes as it is. */
    private RequestSpecification utf8(byte[] body) {
        return api.scim().contentType("application/scim+json; charset=utf-8").body(body);
    }

    private void nothingIsWritten(Runnable requests) {
        int before = total("/Users");
        requests.run();
        assertEquals(before, total("/Users"));
    }

    private int total(String endpoint) {
        return api.scim()
                .get(endpoint + "?count=0")
                .then()
                .statusCode(200)
                .extract()
                .path("totalResults");
    }
}
