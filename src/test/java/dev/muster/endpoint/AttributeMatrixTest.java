package dev.muster.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.PostgresTestResource;
import dev.muster.Wire;
import dev.muster.scim.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The characteristics of RFC 7643 §7 in a resource type of a tenant's own, each with each: attributes of every type, single and
 * multi-valued, and every mutability with every {@code returned}, for attributes and for sub-attributes.
 */
@QuarkusTest
@WithTestResource(PostgresTestResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttributeMatrixTest {

    private static final String URN = "urn:ietf:params:scim:schemas:test:2.0:TestResource";
    private static final List<String> MUTABILITIES = List.of("readWrite", "immutable", "readOnly", "writeOnly");
    private static final List<String> RETURNED = List.of("always", "default", "request", "never");

    /** Two values of each type in their order, and what is none. */
    enum Type {
        STRING("'alpha'", "'beta'", "1", "true", "{}", "['a',1]"),
        BOOLEAN("false", "true", "'true'", "1", "0"),
        DECIMAL("1.5", "2.25", "'1.5'", "true", "1e400"),
        INTEGER("-1", "9007199254740993", "1.5", "'1'", "9223372036854775808", "1e400", "true"),
        DATE_TIME(
                "'2026-01-31T23:00:00Z'",
                "'2026-02-01T00:30:00.5+01:00'",
                "'2026-01-31'",
                "'23:00:00Z'",
                "'2026-02-30T00:00:00Z'",
                "'2026-01-31T25:00:00Z'",
                "'now'",
                "0"),
        BINARY("'AQID'", "'_-8'", "'not base64!'", "'AQIDA'", "'A===B'", "5"),
        REFERENCE("'https://example.com/a'", "'https://example.com/b'", "5", "{'a':1}"),
        COMPLEX("{'value':'alpha'}", "{'value':'beta'}", "'alpha'", "5", "{'nope':1}", "{'value':1}");

        private final JsonNode low;
        private final JsonNode high;
        private final List<JsonNode> wrong;

        Type(String low, String high, String... wrong) {
            this.low = Json.json(low);
            this.high = Json.json(high);
            this.wrong = Arrays.stream(wrong).map(Json::json).toList();
        }

        String keyword() {
            return this == DATE_TIME ? "dateTime" : name().toLowerCase(java.util.Locale.ROOT);
        }

        boolean ordered() {
            return this != BOOLEAN && this != BINARY && this != COMPLEX;
        }
    }

    private Wire wire;
    private int created;

    @BeforeEach
    void declareTheTypeOnce() {
        if (wire == null) {
            wire = new Wire(Api.newTenant(settings().toString()));
        }
    }

    private static ObjectNode settings() {
        ObjectNode settings = Json.object("{'conformance':'strict'}");
        ObjectNode schema =
                settings.putArray("schemas").addObject().put("id", URN).put("name", "TestResource");
        ArrayNode attributes = schema.putArray("attributes");
        for (Type type : Type.values()) {
            declare(attributes, "one" + type.name().replace("_", ""), type).put("multiValued", false);
            declare(attributes, "many" + type.name().replace("_", ""), type).put("multiValued", true);
        }
        characteristics(attributes);
        ObjectNode parts = attributes.addObject().put("name", "parts").put("type", "complex");
        characteristics(parts.putArray("subAttributes"));
        attributes.add(Json.json("{'name':'needed','type':'string','required':true}"));
        attributes.add(Json.json("{'name':'unique','type':'string','uniqueness':'server'}"));
        attributes.add(Json.json("{'name':'uniqueExact','type':'string','uniqueness':'global','caseExact':true}"));
        attributes.add(Json.json("{'name':'uniqueNumber','type':'integer','uniqueness':'server'}"));
        attributes.add(Json.json("{'name':'color','type':'string','canonicalValues':['red','blue'],"
                + "'restrictToCanonicalValues':true}"));
        attributes.add(Json.json("{'name':'shade','type':'string','canonicalValues':['red','blue']}"));
        attributes.add(Json.json("{'name':'links','type':'complex','multiValued':true,'subAttributes':["
                + "{'name':'value','type':'string','required':true,'mutability':'immutable'},"
                + "{'name':'$ref','type':'reference','referenceTypes':['User']},{'name':'type','type':'string'},"
                + "{'name':'primary','type':'boolean'}]}"));
        settings.putArray("resourceTypes")
                .addObject()
                .put("name", "TestResource")
                .put("endpoint", "/TestResources")
                .put("schema", URN);
        return settings;
    }

    private static ObjectNode declare(ArrayNode attributes, String name, Type type) {
        ObjectNode attribute = attributes.addObject().put("name", name).put("type", type.keyword());
        if (type == Type.COMPLEX) {
            attribute.putArray("subAttributes").addObject().put("name", "value").put("type", "string");
        }
        return attribute;
    }

    private static void characteristics(ArrayNode attributes) {
        for (String mutability : MUTABILITIES) {
            for (String returned : RETURNED) {
                attributes
                        .addObject()
                        .put("name", name(mutability, returned))
                        .put("type", "string")
                        .put("mutability", mutability)
                        .put("returned", returned);
            }
        }
    }

    private static String name(String mutability, String returned) {
        return mutability + Character.toUpperCase(returned.charAt(0)) + returned.substring(1);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void aSingleValueIsKeptChangedFoundAndRemoved(Type type) {
        String name = "one" + type.name().replace("_", "");
        String low = create(name, type.low);
        String high = create(name, type.high);
        assertValue(type.low, low, name);
        assertFound(type, name, low, high);
        put(low, name, type.high).is(200);
        assertValue(type.high, low, name);
        operation(low, "add", name, type.low).is(200);
        assertValue(type.low, low, name);
        operation(low, "replace", name, type.high).is(200);
        assertValue(type.high, low, name);
        operation(low, "remove", name, null).is(200);
        assertFalse(read(low, "").has(name));
        assertEquals(
                type.high.toString(),
                read(high, "?attributes=" + name).path(name).toString());
        assertFalse(read(high, "?attributes=needed").has(name));
        assertFalse(read(high, "?excludedAttributes=" + name).has(name));
        assertWrongValuesAreRefused(type, name, high);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void severalValuesAreKeptChangedFoundAndRemoved(Type type) {
        String name = "many" + type.name().replace("_", "");
        String low = create(name, array(type.low));
        String high = create(name, array(type.high));
        assertFound(type, name, low, high);
        operation(low, "add", name, array(type.high)).is(200);
        assertValue(array(type.low, type.high), low, name);
        operation(low, "add", name, array(type.low)).is(200);
        assertValue(array(type.low, type.high), low, name);
        operation(low, "replace", name, array(type.high)).is(200);
        assertValue(array(type.high), low, name);
        put(low, name, array(type.low, type.high)).is(200);
        assertValue(array(type.low, type.high), low, name);
        operation(low, "remove", name, null).is(200);
        assertFalse(read(low, "").has(name));
        put(low, name, JsonNodeFactory.instance.arrayNode()).is(200);
        assertFalse(read(low, "").has(name));
        operation(high, "add", name, type.low).is(200);
        assertValue(array(type.high, type.low), high, name);
        operation(high, "replace", name, type.low).isError(400, "invalidValue");
        assertValue(array(type.high, type.low), high, name);
    }

    private void assertWrongValuesAreRefused(Type type, String name, String id) {
        for (JsonNode wrong : type.wrong) {
            // an unknown sub-attribute is the one wrong value that is no wrong value
            String scimType = wrong.has("nope") ? "invalidSyntax" : "invalidValue";
            if (!wrong.isContainerNode() || !wrong.isEmpty()) {
                wire.post("/TestResources", body(name, wrong).toString()).isError(400, scimType);
                operation(id, "replace", name, wrong).isError(400, scimType);
            }
        }
        assertValue(type.high, id, name);
    }

    /** Both are found by their values, by order where there is one, and are sorted. */
    private void assertFound(Type type, String name, String low, String high) {
        String value = name.startsWith("many") || type == Type.COMPLEX ? name : name;
        String mine = "(id eq \"" + low + "\" or id eq \"" + high + "\") and ";
        assertEquals(List.of(low), found(mine + value + " eq " + literal(type.low)));
        assertEquals(List.of(high), found(mine + value + " eq " + literal(type.high)));
        assertEquals(List.of(high), found(mine + value + " ne " + literal(type.low)));
        assertEquals(2, found(mine + name + " pr").size());
        if (type.ordered()) {
            assertEquals(List.of(high), found(mine + value + " gt " + literal(type.low)));
            assertEquals(List.of(low), found(mine + value + " lt " + literal(type.high)));
            assertEquals(2, found(mine + value + " ge " + literal(type.low)).size());
            assertEquals(2, found(mine + value + " le " + literal(type.high)).size());
        } else if (type != Type.COMPLEX) {
            wire.get("/TestResources" + Wire.filter(value + " gt " + literal(type.low)))
                    .isError(400, "invalidFilter");
        }
        String query = "/TestResources" + Wire.filter(mine + name + " pr") + "&sortBy=" + name;
        if (type != Type.BINARY) {
            assertEquals(
                    List.of(low, high), wire.get(query).is(200).at("/Resources").findValuesAsText("id"));
            assertEquals(
                    List.of(high, low),
                    wire.get(query + "&sortOrder=descending")
                            .is(200)
                            .at("/Resources")
                            .findValuesAsText("id"));
        }
    }

    private List<String> found(String filter) {
        return wire.query("/TestResources", filter).at("/Resources").findValuesAsText("id");
    }

    private static String literal(JsonNode value) {
        return value.isObject() ? value.path("value").toString() : value.toString();
    }

    static Stream<Arguments> mutabilitiesAndReturned() {
        return MUTABILITIES.stream()
                .flatMap(mutability -> RETURNED.stream()
                        .flatMap(returned -> Stream.of("", "parts.").map(p -> Arguments.of(mutability, returned, p))));
    }

    @ParameterizedTest
    @MethodSource("mutabilitiesAndReturned")
    void mutabilityAndReturnedMeanWhatTheySay(String mutability, String returned, String parent) {
        String path = parent + name(mutability, returned);
        boolean kept = (mutability.equals("readWrite") || mutability.equals("immutable")) && !returned.equals("never");
        Exchange posted = wire.post(
                        "/TestResources", body(path, Json.json("'first'")).toString())
                .is(201);
        String id = posted.id();
        // RFC 7643 §7, request: returned by writes that specify it
        assertEquals(kept, has(posted.body(), path), path + " in " + posted.body());
        boolean byDefault = kept && !returned.equals("request");
        assertEquals(byDefault, has(read(id, ""), path), path);
        assertEquals(kept, has(read(id, "?attributes=" + path), path), path);
        // a sub-attribute is returned always where the attribute that it belongs to is
        boolean always = kept && returned.equals("always") && parent.isEmpty();
        assertEquals(always, has(read(id, "?attributes=needed"), path), path);
        assertEquals(kept && returned.equals("always"), has(read(id, "?excludedAttributes=" + path), path), path);

        switch (mutability) {
            case "readOnly" -> {
                operation(id, "add", path, Json.json("'second'")).isError(400, "mutability");
                operation(id, "remove", path, null).isError(400, "mutability");
                put(id, path, Json.json("'second'")).is(200);
                assertFalse(has(read(id, "?attributes=" + path), path));
            }
            case "immutable" -> {
                if (kept) {
                    operation(id, "add", path, Json.json("'second'")).isError(400, "mutability");
                    operation(id, "replace", path, Json.json("'second'")).isError(400, "mutability");
                    operation(id, "remove", path, null).isError(400, "mutability");
                    operation(id, "replace", path, Json.json("'first'")).is(200);
                    put(id, path, Json.json("'second'")).isError(400, "mutability");
                    put(id, path, Json.json("'first'")).is(200);
                    put(id, "shade", Json.json("'x'")).is(200);
                    assertEquals(parent.isEmpty() ? "first" : "", text(read(id, "?attributes=" + path), path));
                    String empty = create("shade", Json.json("'x'"));
                    operation(empty, "add", path, Json.json("'once'")).is(200);
                    assertEquals("once", text(read(empty, "?attributes=" + path), path));
                    String late = create("shade", Json.json("'x'"));
                    put(late, path, Json.json("'once'")).is(200);
                    assertEquals("once", text(read(late, "?attributes=" + path), path));
                }
            }
            case "readWrite", "writeOnly" -> {
                operation(id, "replace", path, Json.json("'second'")).is(200);
                assertEquals(kept ? "second" : "", text(read(id, "?attributes=" + path), path));
                put(id, path, Json.json("'third'")).is(200);
                assertEquals(kept ? "third" : "", text(read(id, "?attributes=" + path), path));
                operation(id, "remove", path, null).is(200);
                assertFalse(has(read(id, "?attributes=" + path), path));
            }
            default -> throw new IllegalArgumentException(mutability);
        }
        boolean hidden = returned.equals("never") || mutability.equals("writeOnly");
        Exchange filtered = wire.get("/TestResources" + Wire.filter(path + " eq \"first\""));
        if (hidden) {
            filtered.isError(400, "invalidFilter");
        } else {
            filtered.is(200);
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void discoveryShowsWhatWasDeclared(Type type) {
        Exchange schema = wire.get("/Schemas/" + URN).is(200);
        JsonNode attribute = schema.at("/attributes")
                .valueStream()
                .filter(a -> a.path("name").asText().equals("many" + type.name().replace("_", "")))
                .findFirst()
                .orElseThrow();
        assertEquals(type.keyword(), attribute.path("type").asText());
        assertEquals(true, attribute.path("multiValued").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("uniqueValues")
    void uniquenessFollowsTypeAndCase(String name, String first, String same, String other) {
        String id = create(name, Json.json(first));
        wire.post("/TestResources", body(name, Json.json(same)).toString()).isError(409, "uniqueness");
        String second = create(name, Json.json(other));
        operation(second, "replace", name, Json.json(same)).isError(409, "uniqueness");
        put(second, name, Json.json(same)).isError(409, "uniqueness");
        wire.delete("/TestResources/" + id).is(204);
        operation(second, "replace", name, Json.json(same)).is(200);
    }

    static Stream<Arguments> uniqueValues() {
        return Stream.of(
                Arguments.of("unique", "'Stra\u00dfe'", "'STRASSE'", "'other'"),
                Arguments.of("uniqueExact", "'abc'", "'abc'", "'ABC'"),
                Arguments.of("uniqueNumber", "7", "7", "8"));
    }

    @ParameterizedTest
    @MethodSource("listed")
    void closedListsAreClosedAndOthersSuggest(String name, String value, boolean taken) {
        Exchange answer =
                wire.post("/TestResources", body(name, Json.json(value)).toString());
        if (taken) {
            answer.is(201);
        } else {
            answer.isError(400, "invalidValue");
        }
    }

    static Stream<Arguments> listed() {
        return Stream.of(
                Arguments.of("color", "'red'", true),
                Arguments.of("color", "'RED'", true),
                Arguments.of("color", "'green'", false),
                Arguments.of("shade", "'green'", true));
    }

    @org.junit.jupiter.api.Test
    void requiredAttributesAndSubAttributesAreThere() {
        wire.post("/TestResources", "{'schemas':['" + URN + "'],'shade':'x'}").isError(400, "invalidValue");
        String id = create("links", Json.json("[{'value':'a','type':'x'}]"));
        wire.put("/TestResources/" + id, "{'schemas':['" + URN + "'],'shade':'x'}")
                .isError(400, "invalidValue");
        operation(id, "remove", "needed", null).isError(400, "mutability");
        wire.post("/TestResources", body("links", Json.json("[{'type':'x'}]")).toString())
                .isError(400, "invalidValue");
        operation(id, "add", "links", Json.json("[{'type':'x'}]")).isError(400, "invalidValue");
        operation(id, "replace", "links[value eq \"a\"].value", Json.json("'b'"))
                .isError(400, "mutability");
        operation(id, "remove", "links[value eq \"a\"].value", null).isError(400, "mutability");
        operation(id, "replace", "links[value eq \"a\"].type", Json.json("'y'")).is(200);
        assertValue(Json.json("[{'type':'y','value':'a'}]"), id, "links");
    }

    @org.junit.jupiter.api.Test
    void onlyOneValueIsPrimary() {
        wire.post(
                        "/TestResources",
                        body("links", Json.json("[{'value':'a','primary':true},{'value':'b','primary':true}]"))
                                .toString())
                .isError(400, "invalidValue");
        String id = create("links", Json.json("[{'value':'a','primary':true},{'value':'b'}]"));
        operation(id, "replace", "links[value eq \"b\"].primary", Json.json("true"))
                .is(200);
        assertValue(Json.json("[{'value':'a','primary':false},{'value':'b','primary':true}]"), id, "links");
    }

    private String create(String path, JsonNode value) {
        return wire.post("/TestResources", body(path, value).toString()).is(201).id();
    }

    private Exchange put(String id, String path, JsonNode value) {
        return wire.put("/TestResources/" + id, body(path, value).toString());
    }

    private Exchange operation(String id, String op, String path, JsonNode value) {
        ObjectNode operation =
                JsonNodeFactory.instance.objectNode().put("op", op).put("path", path);
        if (value != null) {
            operation.set("value", value);
        }
        return wire.operations("/TestResources/" + id, operation.toString());
    }

    private ObjectNode body(String path, JsonNode value) {
        ObjectNode body = Json.object("{'schemas':['" + URN + "'],'needed':'n" + created++ + "'}");
        String[] names = path.split("\\.");
        ObjectNode owner = names.length == 2 ? body.putObject(names[0]) : body;
        owner.set(names[names.length - 1], value);
        return body;
    }

    private JsonNode read(String id, String query) {
        return wire.get("/TestResources/" + id + query).is(200).body();
    }

    private void assertValue(JsonNode expected, String id, String name) {
        assertEquals(expected.toString(), read(id, "").path(name).toString(), name);
    }

    private static boolean has(JsonNode body, String path) {
        return !body.at("/" + path.replace('.', '/')).isMissingNode();
    }

    private static String text(JsonNode body, String path) {
        return body.at("/" + path.replace('.', '/')).asText();
    }

    private static ArrayNode array(JsonNode... values) {
        return JsonNodeFactory.instance.arrayNode().addAll(List.of(values));
    }
}
