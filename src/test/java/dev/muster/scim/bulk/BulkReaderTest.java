package dev.muster.scim.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.scim.Json;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.message.JsonLimits;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkReaderTest {

    private static final String TENANT_URL = "https://scim.example.com/t/acme/scim/v2";
    private static final BulkReader COMPAT = new BulkReader(Conformance.COMPAT, 10, TENANT_URL, JsonLimits.DEFAULT);
    private static final BulkReader STRICT = new BulkReader(Conformance.STRICT, 10, TENANT_URL, JsonLimits.DEFAULT);
    private static final String VALID = """
            {"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":3,"Operations":[
              {"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"Ünïcøde \\ud83d\\ude00 😀","n":[1,{"x":[]}]}},
              {"path":"/Groups/bulkId:g","data":
                 [ {"op":"remove","path":"members[value eq \\"bulkId:b\\"]"} , {"op":"add","value":{"manager":"bulkId:c"}} ]  ,
               "method":"PATCH","version":"W/\\"1\\""},
              {"method":"DELETE","path":"/Users/1"}]}""";

    @Test
    void keepsTheDataAsTheyWereSent() {
        for (String body : List.of(VALID, "\uFEFF" + VALID, VALID.replace("\n", "\r\n \t"))) {
            BulkRequest request = STRICT.read(body.getBytes(UTF_8));
            assertEquals(3, request.failOnErrors());
            assertEquals(3, request.operations().size());
            BulkOperation post = request.operations().getFirst();
            assertEquals(Json.json("{'userName':'Ünïcøde 😀 😀','n':[1,{'x':[]}]}"), parsed(post));
            BulkOperation patch = request.operations().get(1);
            assertEquals("W/\"1\"", patch.version());
            assertEquals(Json.json("""
                            {'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[
                            {'op':'remove','path':'members[value eq \\"id-b\\"]'},
                            {'op':'add','value':{'manager':'id-c'}}]}"""), parsed(patch));
            assertEquals(Set.of("g", "b", "c"), BulkRequest.references(patch));
            assertNull(request.operations().get(2).data());
        }
    }

    @Test
    void takesNamesInAnyCaseOnlyWhereItIsCompatible() {
        byte[] body = """
                {"operations":[{"Method":" post","PATH":"/Users","BulkID":"a","Data":{},"more":[{}]}],"more":1}""".getBytes(UTF_8);
        BulkOperation operation = COMPAT.read(body).operations().getFirst();
        assertNull(operation.fault());
        assertEquals(BulkMethod.POST, operation.method());
        assertThrows(ScimException.class, () -> STRICT.read(body));
    }

    @ParameterizedTest
    @CsvSource({
        "/Users/1,/Users/1",
        "/Users/1/,/Users/1",
        "Users/1,/Users/1",
        "/Users/1?aadOptscim062020,/Users/1",
        "https://scim.example.com/t/acme/scim/v2/Users/1,/Users/1",
        "/t/acme/scim/v2/Users/1,/Users/1",
        "/Users/bulkId:a,/Users/bulkId:a",
    })
    void understandsPathsAsTheyAreSent(String sent, String meant) {
        assertEquals(meant, String.valueOf(delete(COMPAT, sent).path()));
        assertEquals(meant.equals(sent), delete(STRICT, sent).fault() == null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                "/Users//",
                "/Users/1/2",
                "https://other.example.com/t/acme/scim/v2/Users/1",
                "https://scim.example.com/t/other/scim/v2/Users/1",
                "/t/other/scim/v2/Users/1",
                "?"
            })
    void refusesOtherPaths(String path) {
        assertNotNull(delete(COMPAT, path).fault());
        assertNotNull(delete(STRICT, path).fault());
    }

    @Test
    void refusesOneOperationTooManyAndTakesAsManyAsMayBe() {
        String ten = "{},".repeat(10);
        assertEquals(
                10,
                COMPAT.read(operations(ten.substring(0, ten.length() - 1)))
                        .operations()
                        .size());
        ScimException refused = assertThrows(ScimException.class, () -> COMPAT.read(operations(ten + "{}")));
        assertEquals(413, refused.error().status());
        assertTrue(refused.error().detail().contains("maxOperations (10)"));
    }

    @Test
    void aLongBulkIdIsAFaultThatIsNotRepeated() {
        BulkOperation operation = COMPAT.read(operations("{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\""
                        + "x".repeat(1_000_000) + "\",\"data\":{}}"))
                .operations()
                .getFirst();
        assertNull(operation.bulkId());
        assertTrue(operation.fault().detail().length() < 300);
    }

    @Test
    void dataAreNestedNoDeeperThanABodyMayBe() {
        String deep = "[".repeat(60) + "]".repeat(60);
        assertThrows(ScimException.class, () -> COMPAT.read(operations("{\"data\":{\"x\":" + deep + "}}")));
        String bottomless = "{\"a\":".repeat(1_000_000);
        assertThrows(ScimException.class, () -> COMPAT.read(operations("{\"data\":" + bottomless)));
    }

    @Test
    void membersGivenTwiceInDataAreTheOperationsOwnFault() {
        BulkOperation operation = COMPAT.read(operations(
                        "{\"method\":\"POST\",\"path\":\"/Users\",\"bulkId\":\"a\",\"data\":{\"a\":1,\"a\":2}}"))
                .operations()
                .getFirst();
        assertNull(operation.fault());
        assertThrows(ScimException.class, () -> parsed(operation));
    }

    @Test
    void findsReferencesInDataAsTheyAreReplaced() {
        String data = """
                {"manager":{"value":"bulkId:a","$ref":"https://example.com/Users/bulkId:b"},"members":["bulkId:c"],
                 "displayName":"my bulkId:d","path":"x[value eq \\"bulkId:e\\\\\\"f\\" or value eq \\"bulkId:g\\"]"}""";
        BulkOperation operation = COMPAT.read(
                        operations("{\"method\":\"PUT\",\"path\":\"/Users/1\",\"data\":" + data + "}"))
                .operations()
                .getFirst();
        Set<String> asked = new TreeSet<>();
        JsonNode resolved = operation.data().parse(BulkMethod.PUT, bulkId -> {
            asked.add(bulkId);
            return "id";
        });
        assertEquals(Set.of("a", "b", "c", "e\"f", "g"), asked);
        assertEquals(asked, new TreeSet<>(BulkRequest.references(operation)));
        assertEquals(
                "x[value eq \"id\" or value eq \"id\"]", resolved.path("path").asText());
        assertEquals(
                "https://example.com/Users/id", resolved.at("/manager/$ref").asText());
        assertEquals("my bulkId:d", resolved.path("displayName").asText());
    }

    /** Whatever is sent, it is read or refused, and what was read can be parsed or refused. */
    @Test
    void brokenBytesAreRefusedAndNothingElse() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] valid = VALID.getBytes(UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] broken = Arrays.copyOf(valid, random.nextInt(4) == 0 ? random.nextInt(valid.length) : valid.length);
            for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
                broken[random.nextInt(broken.length)] =
                        (byte) (random.nextBoolean() ? "{}[]\",:\\ 0".charAt(random.nextInt(10)) : random.nextInt(256));
            }
            try {
                BulkRequest request = (round % 2 == 0 ? COMPAT : STRICT).read(broken);
                BulkUnits.of(request);
                request.operations().stream()
                        .filter(operation -> operation.fault() == null && operation.data() != null)
                        .forEach(BulkReaderTest::parsed);
            } catch (ScimException refused) {
                assertTrue(refused.error().status() >= 400);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(broken, UTF_8), e);
            }
        }
    }

    private static BulkOperation delete(BulkReader reader, String path) {
        return reader.read(operations("{\"method\":\"DELETE\",\"path\":\"" + path + "\"}"))
                .operations()
                .getFirst();
    }

    private static byte[] operations(String operations) {
        return ("{\"schemas\":[\"" + BulkRequest.SCHEMA + "\"],\"Operations\":[" + operations + "]}").getBytes(UTF_8);
    }

    private static JsonNode parsed(BulkOperation operation) {
        return operation.data().parse(operation.method(), bulkId -> "id-" + bulkId);
    }
}
