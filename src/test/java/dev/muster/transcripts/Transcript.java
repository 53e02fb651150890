package dev.muster.transcripts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a client sends one after the other, and what it must get back: one JSON file in {@code /transcripts}. In every
 * text of it <code>{{name}}</code> stands for a variable: one of {@code variables}, one that a step has captured,
 * {@code token} or {@code tenantUrl}.
 *
 * @param about what the client is and where its behaviour is described
 * @param settings the settings of the tenant that it is played to
 * @param headers sent with every request; one with an empty text is not sent
 */
record Transcript(
        String name,
        String about,
        @Nullable Map<String, Object> settings,
        Map<String, String> headers,
        Map<String, String> variables,
        List<Step> steps) {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    Transcript {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
        variables = variables == null ? Map.of() : Map.copyOf(variables);
        steps = List.copyOf(steps);
    }

    static Transcript read(String file) {
        try (InputStream json = Transcript.class.getResourceAsStream("/transcripts/" + file + ".json")) {
            return MAPPER.readValue(json, Transcript.class);
        } catch (IOException failure) {
            throw new UncheckedIOException(file, failure);
        }
    }

    /** The settings as JSON text. */
    String settingsText() {
        return settings == null ? "{}" : MAPPER.valueToTree(settings).toString();
    }
}
