package dev.muster.endpoint;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a client would like (RFC 7240). Preferences that are not known, or not understood, are ignored.
 *
 * @param respondAsync whether it does not wait for the result (§4.1)
 * @param patience so long it waits nevertheless (§4.3); zero where it does not say
 */
record Preferences(boolean respondAsync, Duration patience) {

    private static final String HEADER = "Prefer";
    private static final int MOST_DIGITS = 9;

    /** The preferences of a request. */
    static Preferences of(ContainerRequestContext context) {
        return of(context.getHeaders().getOrDefault(HEADER, List.of()));
    }

    /** Of the values of all its header fields; of a preference that is there twice the first one counts (§2). */
    static Preferences of(List<String> fields) {
        Map<String, String> preferences = new HashMap<>();
        for (String field : fields) {
            for (String preference : split(field, ',')) {
                List<String> pair = split(split(preference, ';').getFirst(), '=');
                preferences.putIfAbsent(
                        pair.getFirst().strip().toLowerCase(Locale.ROOT),
                        pair.size() < 2 ? "" : pair.get(1).replace("\"", "").strip());
            }
        }
        return new Preferences(preferences.containsKey("respond-async"), seconds(preferences.getOrDefault("wait", "")));
    }

    private static Duration seconds(String text) {
        boolean number =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
    }

    /** Not at separators within quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
