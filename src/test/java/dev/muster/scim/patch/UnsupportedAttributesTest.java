package dev.muster.scim.patch;

import static dev.muster.scim.Json.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.scim.dialect.Conformance;
import dev.muster.scim.dialect.Unsupported;
import dev.muster.scim.error.ScimException;
import dev.muster.scim.error.ScimType;
import dev.muster.scim.filter.FilterLimits;
import dev.muster.scim.schema.Attribute;
import dev.muster.scim.schema.AttributeRef;
import dev.muster.scim.schema.Mutability;
import dev.muster.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What PATCH makes of attributes that are off, or that nobody knows. {@code -Dtest.seed} repeats a run. */
class UnsupportedAttributesTest {

    private static final int CASES = Integer.getInteger("test.cases", 5_000);
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final ResourceType WHOLE = RandomSelection.WHOLE;

    private final long seed = Long.getLong("test.seed", System.nanoTime());
    private final List<String> ignored = new ArrayList<>();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "displayName | 'x'",
                "name.formatted | 'x'",
                "addresses[type eq \"work\"].country | 'x'",
                "phoneNumbers[type eq \"work\"].value | '1'",
                "phoneNumbers[type eq \"work\"] | {'value':'1'}",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department | 'x'",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User | {'department':'x'}",
                "shoeSize | 4"
            })
    void aPathToWhatIsOffIsIgnoredAndNamedOrRefused(String path, String value) {
        ResourceType type = only("title", "name.givenName", "addresses.locality");
        JsonNode request = request("{'op':'replace','path':'" + path + "','value':" + value + "}"
                + ",{'op':'remove','path':'" + path + "'},{'op':'add','path':'title','value':'Boss'}");
        assertEquals(1, parse(type, Unsupported.IGNORED, request).size());
        assertEquals(List.of(path, path), ignored);
        assertEquals(ScimType.INVALID_PATH, refusal(type, Unsupported.REFUSED, request));
        assertEquals(ScimType.INVALID_PATH, refusal(type, Unsupported.IGNORED_IN_VALUES, request));
    }

    @ParameterizedTest
    @EnumSource
    void valuesThatPathsAreSelectedByAreNotLogged(Unsupported unsupported) {
        JsonNode request = request("{'op':'add','path':'mails[value eq \"ada@example.com\"].x','value':'y'}");
        if (unsupported == Unsupported.IGNORED) {
            assertTrue(parse(WHOLE, unsupported, request).isEmpty());
            assertEquals(List.of("mails[…].x"), ignored);
        } else {
            assertEquals(ScimType.INVALID_PATH, refusal(WHOLE, unsupported, request));
        }
    }

    @Test
    void whatIsOffInAValueIsIgnoredAndNamedOrRefused() {
        ResourceType type = only("title", "name.givenName", "addresses.locality");
        JsonNode request = request("{'op':'add','value':{'title':'Boss','displayName':'x','name.formatted':'x',"
                + "'name':{'givenName':'A','familyName':'B'},'addresses[type eq \"work\"].country':'GB',"
                + "'" + ENTERPRISE + "':{'department':'x'},'" + ENTERPRISE + ":division':'y'}}");
        assertEquals(2, parse(type, Unsupported.IGNORED, request).size());
        assertEquals(
                List.of(
                        "displayName",
                        "name.formatted",
                        "addresses[type eq \"work\"].country",
                        ENTERPRISE + ":department",
                        ENTERPRISE + ":division",
                        "name.familyName"),
                ignored);
        assertEquals(ScimType.INVALID_SYNTAX, refusal(type, Unsupported.REFUSED, request));
    }

    /** A request with parts that are off does what the same request without these parts does. */
    @Test
    void ignoringIsAsIfItHadNotBeenSent() {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            ResourceType type = RandomSelection.next(random);
            ArrayNode whole = JsonNodeFactory.instance.arrayNode();
            ArrayNode supported = JsonNodeFactory.instance.arrayNode();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                operation(random, type, whole, supported);
            }
            String context = "seed " + seed + " case " + i + "\n" + type + "\n" + whole + "\n" + supported;
            assertEquals(parse(type, Unsupported.REFUSED, supported), parse(type, Unsupported.IGNORED, whole), context);
        }
    }

    private static void operation(Random random, ResourceType type, ArrayNode whole, ArrayNode supported) {
        AttributeRef attribute = RandomSelection.ALL.get(random.nextInt(RandomSelection.ALL.size()));
        boolean selected = attribute.attribute().multiValued()
                && attribute.attribute().subAttribute("type").isPresent()
                && random.nextBoolean();
        List<Attribute> parts = attribute.attribute().subAttributes().stream()
                .filter(sub -> sub.mutability() != Mutability.READ_ONLY)
                .toList();
        AttributeRef target = parts.isEmpty() || random.nextBoolean()
                ? attribute
                : attribute.sub(parts.get(random.nextInt(parts.size())));
        JsonNode value = new RandomValues(random).of(target, selected);
        String path = attribute
                + (selected ? "[type eq \"work\"]" : "")
                + (target.subAttribute() == null
                        ? ""
                        : "." + target.subAttribute().name());
        String op = List.of("add", "replace", "remove").get(random.nextInt(3));
        boolean pathless = !op.equals("remove") && random.nextInt(3) == 0;
        whole.add(operation(op, path, value, pathless));
        Optional<AttributeRef> on = type.resolve(
                attribute.extension(),
                attribute.attribute().name(),
                target.subAttribute() == null ? null : target.subAttribute().name());
        JsonNode left = on.map(known -> supported(known.target(), value)).orElse(null);
        boolean says = left != null && (!left.isObject() || !left.isEmpty() || op.equals("remove"));
        if (says) {
            supported.add(operation(op, path, left, pathless));
        }
    }

    private static ObjectNode operation(String op, String path, JsonNode value, boolean pathless) {
        ObjectNode operation = JsonNodeFactory.instance.objectNode().put("op", op);
        if (pathless) {
            operation.putObject("value").set(path, value);
        } else {
            operation.put("path", path).set("value", value);
        }
        return operation;
    }

    private static JsonNode supported(Attribute attribute, JsonNode value) {
        if (value.isArray()) {
            ArrayNode left = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> left.add(supported(attribute, element)));
            return left;
        }
        if (!value.isObject()) {
            return value;
        }
        ObjectNode left = value.deepCopy();
        left.retain(attribute.subAttributes().stream().map(Attribute::name).toList());
        return left;
    }

    private static ResourceType only(String... paths) {
        return RandomSelection.only(Stream.of(paths)
                .map(path -> path.split("\\."))
                .map(names -> WHOLE.resolve(null, names[0], names.length == 1 ? null : names[1])
                        .orElseThrow())
                .toList());
    }

    private List<PatchOperation> parse(ResourceType type, Unsupported unsupported, ArrayNode operations) {
        return operations.isEmpty()
                ? List.of()
                : parse(type, unsupported, (JsonNode)
                        JsonNodeFactory.instance.objectNode().set("Operations", operations));
    }

    private List<PatchOperation> parse(ResourceType type, Unsupported unsupported, JsonNode request) {
        return new PatchParser(
                        type, Conformance.COMPAT, PatchLimits.DEFAULT, FilterLimits.DEFAULT, unsupported, ignored::add)
                .parse(request);
    }

    private @Nullable ScimType refusal(ResourceType type, Unsupported unsupported, JsonNode request) {
        return assertThrows(ScimException.class, () -> parse(type, unsupported, request))
                .error()
                .scimType();
    }

    private static JsonNode request(String operations) {
        return json("{'Operations':["
                + operations
                        .replace("\"work\"", "\\\"work\\\"")
                        .replace("\"ada@example.com\"", "\\\"ada@example.com\\\"")
                + "]}");
    }
}
