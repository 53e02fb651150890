package dev.muster.tenant;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads YAML as the JSON that it stands for. */
final class TenantYaml {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TenantYaml() {}

    /**
     * The one document in {@code text}.
     *
     * @throws TenantProblem where it is not YAML, or more than can be said in JSON
     */
    static JsonNode read(String text) {
        try {
            refuseAliases(text);
            JsonNode document = YAML.readTree(text);
            // Numbers become what they are when the settings are read from the database.
            return document.isMissingNode() ? document : JSON.readTree(document.toString());
        } catch (JsonProcessingException e) {
            throw TenantProblem.invalid(
                    "/", "The file is not one YAML document of what JSON can say" + place(e.getLocation()) + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an alias stands for would be lost: it is read as the anchor's name. */
    private static void refuseAliases(String text) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw TenantProblem.invalid(
                            "/",
                            "Aliases (*" + parser.getText() + ") are not taken" + place(parser.currentTokenLocation())
                                    + ". Write out what is meant.");
                }
            }
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
