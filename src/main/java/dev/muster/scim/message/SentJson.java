package dev.muster.scim.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.scim.error.ScimException;
import java.io.IOException;

/** Reads JSON as clients send it: within bounds, whatever it is, and exactly: no decimal loses a digit. Immutable. */
public final class SentJson {

    private final JsonLimits limits;
    private final ObjectReader reader;

    public SentJson(JsonLimits limits) {
        this.limits = limits;
        this.reader = JsonMapper.builder(
                        factory(0).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature()))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .build()
                .readerFor(JsonNode.class);
    }

    /**
     * A factory of parsers with the bounds, for bytes in UTF-8 without a byte order mark.
     *
     * @param envelope so many levels of nesting are allowed besides
     */
    public JsonFactory factory(int envelope) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + envelope)
                        .maxStringLength(limits.stringLength())
                        .maxNumberLength(limits.numberLength())
                        .build())
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /**
     * One JSON value.
     *
     * @param what names the text for the person who must mend it, at the beginning of a sentence
     * @throws ScimException invalidSyntax where it is not one well-formed value within the bounds
     */
    public JsonNode parse(String text, String what) {
        try {
            return reader.readValue(text);
        } catch (NumberFormatException e) {
            throw exponent(what);
        } catch (IOException e) {
            throw refused(e, what);
        }
    }

    /** As {@link #parse(String, String)}, of a part of a body in UTF-8. */
    public JsonNode parse(byte[] body, int from, int length, String what) {
        try {
            return reader.readValue(body, from, length);
        } catch (NumberFormatException e) {
            throw exponent(what);
        } catch (IOException e) {
            throw refused(e, what);
        }
    }

    private static ScimException exponent(String what) {
        return ScimException.invalidSyntax(what + " has a number whose exponent is beyond all bounds.");
    }

    /** What the client hears when its JSON could not be read. */
    public ScimException refused(IOException failure, String what) {
        return switch (failure) {
            case StreamConstraintsException beyond ->
                ScimException.invalidSyntax(what + " goes beyond what is taken: at most " + limits.depth()
                        + " levels of nesting, strings of " + limits.stringLength() + " and numbers of "
                        + limits.numberLength()
                        + " characters.");
            case JsonParseException malformed ->
                ScimException.invalidSyntax(what + " is not well-formed JSON" + position(malformed)
                        + ". An object must not have two members of the same name, and the encoding is UTF-8.");
            default -> ScimException.invalidSyntax(what + " is not well-formed JSON in UTF-8.");
        };
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
