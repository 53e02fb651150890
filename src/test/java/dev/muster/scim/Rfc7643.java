package dev.muster.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON examples of RFC 7643 §8, by section; the line breaks that the RFC's page width forced are taken out. */
public final class Rfc7643 {

    private Rfc7643() {}

    public static JsonNode example(String section) {
        try (InputStream json = Rfc7643.class.getResourceAsStream("/rfc7643/" + section + ".json")) {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
