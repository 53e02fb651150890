package dev.muster.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads what the server itself says about settings, from its resources. */
final class SettingsResource {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SettingsResource() {}

    static JsonNode read(String name) {
        try (InputStream stream =
                Objects.requireNonNull(SettingsResource.class.getResourceAsStream("/settings/" + name), name)) {
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
