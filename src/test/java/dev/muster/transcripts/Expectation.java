package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a transcript says about one place in a response. Written as a plain value, which the place must equal, or as an object
 * with one member: {@code {"equals":…}}, {@code {"present":true}}, {@code {"absent":true}}, {@code {"matches":"regex"}},
 * {@code {"type":"number"}}, {@code {"size":2}}, {@code {"contains":…}} (one element equals it, or is an object with at least
 * its members).
 */
sealed interface Expectation {

    record Equal(JsonNode value) implements Expectation {}

    record Present() implements Expectation {}

    record Absent() implements Expectation {}

    record Matches(Pattern pattern) implements Expectation {}

    record Typed(JsonNodeType type) implements Expectation {}

    record Sized(int size) implements Expectation {}

    record Contains(JsonNode element) implements Expectation {}

    static Expectation of(JsonNode written) {
        if (!written.isObject()) {
            return new Equal(written);
        }
        assertEquals(1, written.size(), () -> "one expectation, not " + written);
        Map.Entry<String, JsonNode> member = written.properties().iterator().next();
        JsonNode value = member.getValue();
        return switch (member.getKey()) {
            case "equals" -> new Equal(value);
            case "present" -> new Present();
            case "absent" -> new Absent();
            case "matches" -> new Matches(Pattern.compile(value.textValue()));
            case "type" -> new Typed(JsonNodeType.valueOf(value.textValue().toUpperCase(Locale.ROOT)));
            case "size" -> new Sized(value.intValue());
            case "contains" -> new Contains(value);
            default -> throw new IllegalArgumentException("unknown expectation " + written);
        };
    }

    /** Fails unless {@code actual} is as expected; {@code place} is for the message. */
    default void check(String place, JsonNode actual) {
        switch (this) {
            case Equal equal -> assertEquals(equal.value(), actual, place);
            case Present() -> assertTrue(present(actual), () -> place + " is " + actual);
            case Absent() -> assertTrue(actual.isMissingNode(), () -> place + " is " + actual);
            case Matches matches ->
                assertTrue(matches.pattern().matcher(actual.asText()).matches(), () -> place + " is " + actual);
            case Typed typed -> assertEquals(typed.type(), actual.getNodeType(), place);
            case Sized sized -> assertEquals(sized.size(), actual.size(), () -> place + " is " + actual);
            case Contains contains -> {
                assertFalse(actual.isMissingNode(), () -> place + " is missing");
                assertTrue(
                        StreamSupport.stream(actual.spliterator(), false)
                                .anyMatch(element -> covers(contains.element(), element)),
                        () -> place + " is " + actual);
            }
        }
    }

    private static boolean present(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING, NULL -> false;
            case ARRAY, OBJECT -> !node.isEmpty();
            case STRING -> !node.textValue().isEmpty();
            case BOOLEAN, NUMBER, BINARY, POJO -> true;
        };
    }

    private static boolean covers(JsonNode wanted, JsonNode element) {
        return wanted.isObject()
                ? wanted.properties().stream()
                        .allMatch(member -> member.getValue().equals(element.get(member.getKey())))
                : wanted.equals(element);
    }
}
