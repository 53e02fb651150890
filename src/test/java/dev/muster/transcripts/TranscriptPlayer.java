package dev.muster.transcripts;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.Api;
import dev.muster.Exchange;
import dev.muster.Wire;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Plays one transcript to a fresh tenant, step by step; after a step that failed the others are not tried. */
final class TranscriptPlayer {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Transcript transcript;
    private final Wire wire;
    private final Map<String, String> variables;
    private boolean failed;

    TranscriptPlayer(Transcript transcript) {
        this.transcript = transcript;
        this.wire = new Wire(Api.newTenant(transcript.settingsText()));
        this.variables = new HashMap<>(transcript.variables());
        variables.put("token", wire.api().token());
        variables.put("tenantUrl", wire.tenantUrl());
    }

    Stream<DynamicTest> tests() {
        return IntStream.range(0, transcript.steps().size()).mapToObj(index -> {
            Step step = transcript.steps().get(index);
            return DynamicTest.dynamicTest("%02d %s".formatted(index + 1, step.name()), () -> {
                assumeFalse(failed, "an earlier step has failed");
                failed = true;
                play(step);
                failed = false;
            });
        });
    }

    private void play(Step step) throws JsonProcessingException {
        Exchange exchange = send(step).is(step.status());
        step.responseHeaders()
                .forEach((name, pattern) -> assertTrue(
                        Pattern.matches(filled(pattern, Pattern::quote), exchange.header(name)),
                        () -> name + " is " + exchange.header(name)));
        if (step.maxMillis() != null && !isFast(step, exchange)) {
            // A busy machine may have slowed this one down: it is the server's own time only if it is slow each time.
            Exchange second = send(step);
            Exchange third = send(step);
            assertTrue(isFast(step, second) || isFast(step, third), () -> "it took " + exchange.time());
        }
        for (Map.Entry<String, JsonNode> expected : step.expect().entrySet()) {
            Expectation.of(filledJson(expected.getValue())).check(expected.getKey(), exchange.at(expected.getKey()));
        }
        step.capture().forEach((variable, pointer) -> {
            assertFalse(exchange.text(pointer).isEmpty(), () -> pointer + " is empty in " + exchange.body());
            variables.put(variable, exchange.text(pointer));
        });
    }

    private Exchange send(Step step) throws JsonProcessingException {
        String body = step.body() == null ? null : filledJson(step.body()).toString();
        return wire.send(step.method(), address(step), headers(step), body);
    }

    private static boolean isFast(Step step, Exchange exchange) {
        return step.maxMillis() == null || exchange.time().toMillis() < step.maxMillis();
    }

    private String address(Step step) {
        String path = filled(step.path(), Wire::encoded);
        if (step.query() != null) {
            return path + "?" + filled(step.query(), Wire::encoded);
        }
        return step.parameters() == null
                ? path
                : path + "?"
                        + step.parameters().entrySet().stream()
                                .map(parameter -> parameter.getKey() + "="
                                        + Wire.encoded(filled(parameter.getValue(), UnaryOperator.identity())))
                                .collect(Collectors.joining("&"));
    }

    private Map<String, String> headers(Step step) {
        Map<String, String> headers = new HashMap<>(transcript.headers());
        headers.putAll(step.headers());
        headers.replaceAll((name, value) -> filled(value, UnaryOperator.identity()));
        return headers;
    }

    private JsonNode filledJson(JsonNode json) throws JsonProcessingException {
        return MAPPER.readTree(filled(
                json.toString(),
                value -> new String(JsonStringEncoder.getInstance().quoteAsString(value))));
    }

    private String filled(String text, UnaryOperator<String> encoding) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = variables.get(found.group(1));
            assertTrue(value != null, () -> "no variable " + found.group(1));
            return Matcher.quoteReplacement(encoding.apply(value));
        });
    }
}
